/** One token of the text of an inert script: nested calls and literals, see inert.ts. */
export interface Token {
  readonly kind: "blank" | "close" | "comma" | "key" | "literal" | "open" | "call" | "other";
  /** Where the next one begins. The `(` belongs to a call, the `:` to a key. */
  readonly end: number;
}

/**
 * The token that begins at `at`. By hand, because a regular expression of all tokens took half of the time that a thousand
 * migrations need.
 */
export function tokenAt(text: string, at: number): Token {
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
      return tokenOf("blank", commentEnd(text, at));
    case "`":
      return tokenOf("literal", templateEnd(text, at));
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

/** Behind a template without holes; -1 for any other. By hand, because a regular expression takes 50 bytes for each character of it. */
function templateEnd(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end++) {
    const character = text.charCodeAt(end);
    if (character === BACKTICK) return end + 1;
    if (character === BACKSLASH) end++;
    else if (character === DOLLAR && text[end + 1] === "{") return -1;
  }
  return -1;
}

/** Behind a comment between slashes and asterisks; -1 for anything else. */
function commentEnd(text: string, at: number): number {
  const end = text[at + 1] === "*" ? text.indexOf("*/", at + 2) : -1;
  return end < 0 ? -1 : end + 2;
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
const BACKTICK = 96;
const DOLLAR = 36;
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

const NUMBER = /-?\d{1,15}(?:\.\d{1,15})?(?![\w.])/y;
