/** What a stretch of TypeScript is; strings and templates include their quotes, a template's holes are code. */
export type TextKind = "code" | "comment" | "string" | "template" | "regex";

export interface Stretch {
  readonly kind: TextKind;
  readonly start: number;
  readonly end: number;
}

/** One import, export-from, dynamic import or `new URL(…, import.meta.url)` with a literal path. */
export interface ImportedModule {
  readonly specifier: string;
  readonly line: number;
  readonly typeOnly: boolean;
  /** `import("…")` and URLs: loaded later, or only named. */
  readonly dynamic: boolean;
}

/**
 * Cuts TypeScript into stretches, well enough to tell code from text: it knows nested templates and guesses regular
 * expressions from the character before the slash. No parser is at hand: TypeScript 7 has no JavaScript API.
 */
export const stretches = (text: string): readonly Stretch[] => {
  const found: Stretch[] = [];
  /** Depth of braces in each template hole that is open, innermost last. */
  const holes: number[] = [];
  let codeFrom = 0;
  let at = 0;
  const take = (kind: TextKind, end: number): void => {
    if (at > codeFrom) found.push({ kind: "code", start: codeFrom, end: at });
    found.push({ kind, start: at, end });
    at = codeFrom = end;
  };
  while (at < text.length) {
    const char = text[at] ?? "";
    const two = text.slice(at, at + 2);
    const depth = holes.at(-1);
    if (two === "//") take("comment", endOr(text, text.indexOf("\n", at)));
    else if (two === "/*") take("comment", endOr(text, text.indexOf("*/", at + 2), 2));
    else if (char === '"' || char === "'") take("string", quoteEnd(text, at + 1, char));
    else if (char === "`" || (char === "}" && depth === 0)) {
      if (char === "}") holes.pop();
      const end = templateEnd(text, at + 1);
      if (text[end - 1] === "{") holes.push(0);
      take("template", end);
    } else if (char === "/" && regexMayStart(text, at)) take("regex", regexEnd(text, at + 1));
    else {
      if (depth !== undefined && char === "{") holes[holes.length - 1] = depth + 1;
      if (depth !== undefined && char === "}") holes[holes.length - 1] = depth - 1;
      at += 1;
    }
  }
  if (at > codeFrom) found.push({ kind: "code", start: codeFrom, end: at });
  return found;
};

/** The text with everything but the wanted kinds blanked out; offsets and lines stay, and so do the quotes of strings. */
export const only = (text: string, ...kinds: readonly TextKind[]): string =>
  stretches(text)
    .map(({ kind, start, end }) => {
      const part = text.slice(start, end);
      if (kinds.includes(kind)) return part;
      const blank = part.replace(/[^\n]/g, " ");
      return kind === "string" ? `${part[0]}${blank.slice(1, -1)}${part.at(-1)}` : blank;
    })
    .join("");

export const importedModules = (text: string): readonly ImportedModule[] => {
  const code = only(text, "code");
  return [...code.matchAll(importPattern)].map((match) => {
    const quote = match.index + match[0].length - 1;
    const specifier = text.slice(quote + 1, quoteEnd(text, quote + 1, text[quote] ?? "") - 1);
    const { statement, type } = match.groups ?? {};
    return { specifier, line: lineAt(text, quote), typeOnly: type !== undefined, dynamic: statement === undefined };
  });
};

/** Lines of `import(…)` whose path is computed, which a compiled executable cannot resolve. */
export const computedImports = (text: string): readonly number[] =>
  [...only(text, "code").matchAll(/\bimport\s*\(\s*(?!["'\s])/g)].map((match) => lineAt(text, match.index));

/** Line of an offset, counting from 1. */
export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;

const importPattern =
  /\b(?<statement>import|export)\s+(?<type>type\b)?[^"';()]*?\bfrom\s*["']|\b(?<statement>import)\s*["']|\bimport\s*\(\s*["']|\bnew\s+URL\s*\(\s*["']/g;

const endOr = (text: string, index: number, length = 0): number => (index < 0 ? text.length : index + length);

const quoteEnd = (text: string, from: number, quote: string): number => {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === quote || text[at] === "\n") return at + 1;
  }
  return text.length;
};

/** Just behind the closing backtick, or behind the `${` that opens a hole. */
const templateEnd = (text: string, from: number): number => {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === "`") return at + 1;
    else if (text[at] === "$" && text[at + 1] === "{") return at + 2;
  }
  return text.length;
};

const regexMayStart = (text: string, at: number): boolean => {
  const before = text.slice(Math.max(0, at - 40), at).trimEnd();
  return before === "" || /[(,=:[!&|?{};+\-*%<>~^]$|\b(?:return|typeof|case|in|of|await|yield)$/.test(before);
};

const regexEnd = (text: string, from: number): number => {
  let inClass = false;
  for (let at = from; at < text.length && text[at] !== "\n"; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === "[") inClass = true;
    else if (text[at] === "]") inClass = false;
    else if (text[at] === "/" && !inClass) return at + 1;
  }
  return from;
};
