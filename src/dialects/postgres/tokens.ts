export interface Token {
  readonly kind: "string" | "number" | "name" | "quoted" | "operator";
  /** Names in lower case; strings and quoted names without their quotes. */
  readonly text: string;
}

/**
 * The tokens of an SQL expression, or `undefined` when it holds something this reader does not know (dollar quotes, escape strings,
 * comments, parameters).
 */
export function tokensOf(sql: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let rest = sql.trim();
  while (rest !== "") {
    const found = nextToken(rest);
    if (!found) return undefined;
    tokens.push(found.token);
    rest = rest.slice(found.length).trimStart();
  }
  return tokens;
}

const patterns: readonly (readonly [Token["kind"] | "refused", RegExp])[] = [
  ["refused", /^(?:--|\/\*|[eExXbBnN]'|[uU]&['"]|\$)/],
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
    const token = tokenOf(kind, match[1] ?? "");
    return { token, length: kind === "operator" ? token.text.length : match[0].length };
  }
  return undefined;
}

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
