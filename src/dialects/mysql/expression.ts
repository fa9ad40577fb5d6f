/**
 * The form in which two expressions are compared. The servers print them anew: MySQL with parentheses around everything and character sets
 * before texts, MariaDB with as few parentheses as possible, both with names in backquotes. So neither of these counts.
 */
export function canonicalPredicate(sql: string): string {
  const tokens = sql.match(pattern) ?? [];
  return tokens
    .filter((token) => !/^(?:\s+|[()]|_utf8mb[34]|_latin1)$/i.test(token))
    .map((token) => (/^['"]/.test(token) ? literal(token) : plain(token)))
    .join(" ");
}

const pattern =
  /'(?:[^'\\]|''|\\.)*'|"(?:[^"\\]|""|\\.)*"|`(?:[^`]|``)*`|[\w$.\u0080-\uffff]+|<=>|[<>!:]=|<>|\|\||&&|\s+|[\s\S]/g;

/** The same text, however its quotes are escaped. */
const literal = (token: string): string =>
  JSON.stringify(token.slice(1, -1).replace(/\\([\s\S])|(['"])\2/g, (_, escaped, quote) => String(escaped ?? quote)));

function plain(token: string): string {
  const name = token.startsWith("`") ? token.slice(1, -1).replaceAll("``", "`") : token;
  return name === "!=" ? "<>" : name.toLowerCase();
}
