export interface Token {
  readonly kind: "string" | "number" | "name" | "quoted" | "operator";
  /** Names in lower case; strings and quoted names without their quotes. */
  readonly text: string;
}

/**
 * The tokens of an SQL expression, or `undefined` when it holds something this reader does not know (dollar quotes, parameters).
 */
export function tokensOf(sql: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let rest = withoutBlanks(sql);
  while (rest !== "") {
    const found = nextToken(rest);
    if (!found) return undefined;
    tokens.push(found.token);
    rest = withoutBlanks(rest.slice(found.length));
  }
  return tokens;
}

/** What is before the next token: white space and comments, which may stand in one another. */
function withoutBlanks(sql: string): string {
  let rest = sql.trimStart();
  for (;;) {
    const line = /^--[^\n]*/.exec(rest)?.[0] ?? /^\/\*(?:(?!\/\*|\*\/)[\s\S])*\*\//.exec(rest)?.[0];
    if (line === undefined) return rest;
    rest = rest.slice(line.length).trimStart();
  }
}

const patterns: readonly (readonly [Token["kind"] | "refused" | "escaped", RegExp])[] = [
  ["refused", /^(?:[xXbBnN]'|[uU]&['"]|\$|\/\*)/],
  ["escaped", /^[eE]'((?:[^'\\]|''|\\[\s\S])*)'/],
  ["refused", /^[eE]'/],
  ["string", /^'((?:[^']|'')*)'/],
  ["quoted", /^"((?:[^"]|"")+)"/],
  ["number", /^(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)(?![\w])/],
  ["name", /^([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)/],
  ["operator", /^(::|[-+*/<>=~!@#%^&|`?]+|[()[\],.])/],
];

function nextToken(text: string): { readonly token: Token; readonly length: number } | undefined {
  for (const [kind, pattern] of patterns) {
    const match = pattern.exec(text);
    if (!match) continue;
    if (kind === "refused") return undefined;
    const token = kind === "escaped" ? unescaped(match[1] ?? "") : tokenOf(kind, match[1] ?? "");
    if (!token) return undefined;
    return { token, length: kind === "operator" ? token.text.length : match[0].length };
  }
  return undefined;
}

/** `E'it\\'s'`; `undefined` for escapes by numbers. */
function unescaped(raw: string): Token | undefined {
  const body = raw.replaceAll("''", "'");
  if (/\\[0-7xuU]/.test(body.replaceAll("\\\\", ""))) return undefined;
  return { kind: "string", text: body.replace(/\\([\s\S])/g, (_, letter: string) => escapes[letter] ?? letter) };
}

const escapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

function tokenOf(kind: Token["kind"], raw: string): Token {
  if (kind === "string") return { kind, text: raw.replaceAll("''", "'") };
  if (kind === "name") return { kind, text: raw.toLowerCase() };
  if (kind === "operator") return { kind, text: operatorOf(raw) };
  if (kind !== "quoted") return { kind, text: raw };
  const name = raw.replaceAll('""', '"');
  return { kind, text: name };
}

/** PostgreSQL's rule: an operator of several characters ends in `+` or `-` only if it holds one of `~!@#%^&|?` or a backtick. */
function operatorOf(raw: string): string {
  return raw.length > 1 && /[+-]$/.test(raw) && !/[~!@#%^&|`?]/.test(raw) ? operatorOf(raw.slice(0, -1)) : raw;
}
