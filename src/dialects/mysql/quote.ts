import type { Value } from "../../core/ddl/dialect.ts";
import { inUtc } from "../../core/ddl/utc.ts";
import { ToolError } from "../../core/errors.ts";

/** The limit is 64 characters; a name of so many bytes fits however it is counted. */
export const maxIdentifierBytes = 64;

/** https://dev.mysql.com/doc/refman/8.4/en/identifiers.html: names are kept in a character set that ends at U+FFFF. */
export function quote(name: string): string {
  const wrong = fault(name);
  if (wrong !== undefined)
    throw new ToolError("params", `the name ${JSON.stringify(name)} ${wrong}; choose another one`, { name });
  return `\`${name.replaceAll("`", "``")}\``;
}

function fault(name: string): string | undefined {
  if (name === "") return "is empty";
  if (name.includes("\0")) return "contains the NUL character, which MySQL and MariaDB cannot store in names";
  if (/[\u{10000}-\u{10ffff}]/u.test(name))
    return "contains a character beyond U+FFFF, such as an emoji, which MySQL and MariaDB cannot store in names";
  if (name.endsWith(" ")) return "ends with a space, which MySQL and MariaDB do not allow";
  const length = Array.from(name).length;
  return length > 64 ? `has ${length} characters; MySQL and MariaDB allow 64` : undefined;
}

/** Under the `sql_mode` that the driver sets, in which a backslash escapes. */
export function literal(value: Value, type = ""): string {
  if (value === null) return "NULL";
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return numberLiteral(value);
  if (typeof value === "string") return stringLiteral(/^(?:timestamp|datetime)/i.test(type) ? inUtc(value) : value);
  return `X'${Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("")}'`;
}

export const stringLiteral = (text: string): string =>
  `'${text.replace(/[\\'\0]/g, (c) => (c === "'" ? "''" : c === "\0" ? "\\0" : "\\\\"))}'`;

/** The text of a string literal, its character set in front or not; `undefined` when it is none, or more than one. */
export function stringOf(sql: string): string | undefined {
  const inner = /^(?:_\w+\s*)?'((?:[^'\\]|''|\\[\s\S])*)'$/.exec(sql.trim())?.[1];
  return inner?.replace(/''|\\([\s\S])/g, (_, escaped: string | undefined) =>
    escaped === undefined ? "'" : (escapes[escaped] ?? escaped),
  );
}

const escapes: Readonly<Record<string, string>> = { "0": "\0", b: "\b", n: "\n", r: "\r", t: "\t", Z: "\x1a" };

function numberLiteral(value: number): string {
  // Of "-0", the server makes an integer, which has no sign.
  if (Object.is(value, -0)) return "-0e0";
  if (Number.isFinite(value)) return String(value);
  throw new ToolError(
    "params",
    `${value} is not a number that MySQL and MariaDB can store; leave it out, or use NULL`,
    {
      value: String(value),
    },
  );
}
