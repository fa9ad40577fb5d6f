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
  const tail = `;\nexport {\n  ${variable} as default\n};\n`;
  const end = code.lastIndexOf(tail);
  if (end < matched.length || !/^(?:\s|\/\/[^\n]*\n?)*$/.test(code.slice(end + tail.length))) return false;
  return isData(code.slice(matched.length, end), new Set(imported.split(/,\s*/).map((name) => name.trim())));
}

/** What Bun prints around a migration that does nothing but export a call. */
const HEAD = /^(?:\/\/[^\n]*\n)*import \{ ([\w$, ]+) \} from "godwit";\nvar ([\w$]+) = /;

/**
 * The few tokens of nested calls and literals. A value may only begin where one is due: that rules out member access by
 * brackets, calls of results and tagged templates, and with them every way to reach a function that is not imported. And
 * one must follow where it is due, so that there are no holes in arrays.
 */
function isData(text: string, imported: ReadonlySet<string>): boolean {
  let due = true;
  let empty = false;
  let depth = 0;
  let at = 0;
  while (at < text.length) {
    const { kind, end } = tokenAt(text, at);
    if (kind === "other") return false;
    const start = at;
    at = end;
    if (kind === "blank") continue;
    // What closes or separates needs a value before it, everything else begins one.
    if ((kind !== "close" && kind !== "comma") !== due && !(kind === "close" && empty)) return false;
    if (kind === "key" && /\\|__proto__/.test(text.slice(start, end))) return false;
    if (kind === "call" && !imported.has(text.slice(start, end - 1))) return false;
    if (kind === "open" || kind === "call") depth++;
    else if (kind === "close") depth--;
    if (depth > MAX_DEPTH) return false;
    due = kind !== "close" && kind !== "literal";
    empty = kind === "open";
  }
  return !due && depth === 0;
}

/** Beyond these the careful way through the serializer applies its own limits. */
const MAX_DEPTH = 32;
const MAX_LENGTH = 128 * 1024;

interface Token {
  readonly kind: "blank" | "close" | "comma" | "key" | "literal" | "open" | "call" | "other";
  readonly end: number;
}

/** By hand, because a regular expression of all tokens took half of the time that a thousand migrations need. */
function tokenAt(text: string, at: number): Token {
  const character = text.charCodeAt(at);
  if (isBlank(character)) return { kind: "blank", end: blanksEnd(text, at) };
  if (isWord(character))
    return character >= ZERO && character <= NINE ? tokenOf("literal", matchAt(NUMBER, text, at)) : wordAt(text, at);
  switch (text[at]) {
    case '"':
    case "'":
      return keyOr("literal", text, textEnd(text, at));
    case ",":
      return { kind: "comma", end: at + 1 };
    case "{":
    case "[":
      return { kind: "open", end: at + 1 };
    case "}":
    case "]":
    case ")":
      return { kind: "close", end: at + 1 };
    case "/":
      return tokenOf("blank", matchAt(COMMENT, text, at));
    case "`":
      return tokenOf("literal", matchAt(TEMPLATE, text, at));
    default:
      return tokenOf("literal", matchAt(NUMBER, text, at));
  }
}

function blanksEnd(text: string, at: number): number {
  let end = at + 1;
  while (isBlank(text.charCodeAt(end))) end++;
  return end;
}

/** Behind the quote that closes the text; -1 when there is none. */
function textEnd(text: string, at: number): number {
  const quote = text.charCodeAt(at);
  for (let end = at + 1; end < text.length; end++) {
    const character = text.charCodeAt(end);
    if (character === quote) return end + 1;
    if (character === LINE_FEED) return -1;
    if (character === BACKSLASH) end++;
  }
  return -1;
}

function wordAt(text: string, at: number): Token {
  let end = at + 1;
  while (isWord(text.charCodeAt(end))) end++;
  if (text[end] === "(") return { kind: "call", end: end + 1 };
  const word = text.slice(at, end);
  return keyOr(word === "true" || word === "false" || word === "null" ? "literal" : "other", text, end);
}

const LINE_FEED = 10;
const BACKSLASH = 92;
const ZERO = 48;
const NINE = 57;

const isBlank = (code: number): boolean => code === 32 || code === LINE_FEED || code === 9;

/** `A-Z a-z 0-9 _ $` */
const isWord = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= ZERO && code <= NINE) ||
  code === 95 ||
  code === 36;

const keyOr = (kind: Token["kind"], text: string, end: number): Token =>
  text[end] === ":" && end > 0 ? { kind: "key", end: end + 1 } : tokenOf(kind, end);

const tokenOf = (kind: Token["kind"], end: number): Token => (end < 0 ? { kind: "other", end } : { kind, end });

/** Where the match that begins at `at` ends; -1 when there is none. */
function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

const TEMPLATE = /`(?:[^`\\$]|\\[\s\S]|\$(?!\{))*`/y;
const NUMBER = /-?\d{1,15}(?:\.\d{1,15})?(?![\w.])/y;
const COMMENT = /\/\*(?:[^*]|\*(?!\/))*\*\//y;
