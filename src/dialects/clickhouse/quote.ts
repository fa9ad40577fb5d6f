import type { Value } from "../../core/ddl/dialect.ts";
import { inUtc } from "../../core/ddl/utc.ts";
import { ToolError } from "../../core/errors.ts";

/** A table is a file of that name, with all that is not a letter or a digit as three characters; a file system ends at 255. */
export const maxIdentifierBytes = 206;

/** https://clickhouse.com/docs/sql-reference/syntax#identifiers */
export function quote(name: string): string {
  const wrong = fault(name);
  if (wrong !== undefined)
    throw new ToolError("params", `the name ${JSON.stringify(name)} ${wrong}; choose another one`, { name });
  return `\`${name.replace(/[\\`]/g, "\\$&").replaceAll("\n", "\\n")}\``;
}

function fault(name: string): string | undefined {
  if (name === "") return "is empty";
  if (name.includes("\0")) return "contains the NUL character, which ClickHouse cannot store in names";
  const bytes = new TextEncoder().encode(name).length;
  return bytes > maxIdentifierBytes ? `has ${bytes} bytes; ClickHouse allows ${maxIdentifierBytes}` : undefined;
}

/** A number for a Decimal is a text: as it stands it would be a Float64, and lose its last digit on the way. */
export function literal(value: Value, type = ""): string {
  if (value === null) return "NULL";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return numberLiteral(value, type);
  if (typeof value === "string") return stringLiteral(textFor(value, type));
  return `unhex('${Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("")}')`;
}

export const stringLiteral = (text: string): string =>
  `'${text.replace(/[\\'\0]/g, (c) => (c === "'" ? "''" : c === "\0" ? "\\0" : "\\\\"))}'`;

/** The text of a string literal; `undefined` when it is none, or more than one. */
export function stringOf(sql: string): string | undefined {
  const inner = /^'((?:[^'\\]|''|\\[\s\S])*)'$/.exec(sql.trim())?.[1];
  return inner === undefined ? undefined : unescaped(inner);
}

/** What is meant by the characters between two quotes, whichever they are. */
export const unescaped = (text: string): string =>
  text.replace(/''|``|\\([\s\S])/g, (pair, escaped: string | undefined) =>
    escaped === undefined ? pair.charAt(0) : (escapes[escaped] ?? escaped),
  );

const escapes: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** Whether a native type begins with that word, inside of `Nullable` and `LowCardinality`, too. */
const isType = (type: string, words: string): boolean =>
  new RegExp(`^(?:(?:Nullable|LowCardinality)\\()*(?:${words})\\b`, "i").test(type);

function numberLiteral(value: number, type: string): string {
  if (!Number.isFinite(value))
    throw new ToolError(
      "params",
      `${value} is not a number that a migration can give to ClickHouse; leave it out, or use NULL`,
      {
        value: String(value),
      },
    );
  return isType(type, "Decimal\\d*") ? stringLiteral(String(value)) : String(value);
}

/** Times without a zone are UTC. `10:30` would be ten minutes and a half; `{a,b}` is a list in other databases. */
export function textFor(text: string, type: string): string {
  if (isType(type, "DateTime(?:64)?")) return withMidnight(inUtc(text));
  if (isType(type, "Time(?:64)?")) return /^-?\d+:\d\d$/.test(text.trim()) ? `${text.trim()}:00` : text;
  if (isType(type, "Array")) return arrayText(text);
  return text;
}

const withMidnight = (text: string): string =>
  /^\d{4}-\d\d-\d\d$/.test(text.trim()) ? `${text.trim()} 00:00:00` : text;

/** PostgreSQL's `{a,"b c"}` as `['a','b c']`. */
function arrayText(text: string): string {
  const inner = /^\{([\s\S]*)\}$/.exec(text.trim())?.[1];
  if (inner === undefined) return text;
  const items = inner.match(/"(?:[^"\\]|\\[\s\S])*"|[^,]+/g) ?? [];
  const values = items.map((item) => (item.startsWith('"') ? item.slice(1, -1).replace(/\\([\s\S])/g, "$1") : item));
  return `[${values.map(stringLiteral).join(",")}]`;
}
