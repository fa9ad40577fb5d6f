import { tokenAt } from "./tokens.ts";

/**
 * True when a script can only build data: it imports from `"godwit"`, calls what it imported, and everything else in it
 * is a literal. Such a script can neither change its surroundings nor see a change, so many of them can share one
 * context, which is what makes a thousand generated migrations cheap. A wrong `true` would let migrations influence each
 * other, so anything unusual is `false`, which only costs a millisecond.
 */
export function isInert(code: string): boolean {
  if (code.length > MAX_LENGTH) return false;
  const head = HEAD.exec(code);
  if (head === null) return false;
  const [matched, imported = "", variable = ""] = head;
  const tail = `;export{${variable} as default};\n`;
  const end = code.lastIndexOf(tail);
  if (end < matched.length || !/^(?:\s|\/\/[^\n]*\n?)*$/.test(code.slice(end + tail.length))) return false;
  return isData(code.slice(matched.length, end), new Set(imported.split(",")));
}

/** What Bun prints around a migration that does nothing but export a call. */
const HEAD = /^(?:\/\/[^\n]*\n)*import\{([\w$]+(?:,[\w$]+)*)\}from"godwit";var ([\w$]+)=/;

/**
 * The few tokens of nested calls and literals. A value may only begin where one is due: that rules out member access by
 * brackets, calls of results and tagged templates, and with them every way to reach a function that is not imported. And
 * one must follow where it is due, so that there are no holes in arrays.
 */
export function isData(text: string, imported: ReadonlySet<string>): boolean {
  let due = true;
  let closable = false;
  let depth = 0;
  let at = 0;
  while (at < text.length) {
    const { kind, end } = tokenAt(text, at);
    if (kind === "other") return false;
    const start = at;
    at = end;
    if (kind === "blank") continue;
    // What closes or separates needs a value before it, everything else begins one; a list may be empty or end in a comma.
    if ((kind !== "close" && kind !== "comma") !== due && !(kind === "close" && closable)) return false;
    if (kind === "key" && /\\|__proto__/.test(text.slice(start, end))) return false;
    if (kind === "call" && !imported.has(text.slice(start, end - 1))) return false;
    if (kind === "open" || kind === "call") depth++;
    else if (kind === "close") depth--;
    if (depth > MAX_DEPTH) return false;
    due = kind !== "close" && kind !== "literal";
    closable = kind === "open" || kind === "comma";
  }
  return !due && depth === 0;
}

/** Beyond these the careful way through the serializer applies its own limits. */
export const MAX_DEPTH = 32;
const MAX_LENGTH = 128 * 1024;
