import type { Value } from "../../core/ddl/dialect.ts";
import { inUtc } from "../../core/ddl/utc.ts";
import { ToolError } from "../../core/errors.ts";

/** Names of tables and columns may have 1024 characters, those of indexes 64: https://docs.starrocks.io/docs/sql-reference/System_limit/ */
export const maxIdentifierBytes = 64;

/** Letters, digits and underscores: https://docs.starrocks.io/docs/sql-reference/System_limit/ */
export function quote(name: string): string {
  if (/^[A-Za-z_]\w*$/.test(name) && name.length <= 1024) return `\`${name}\``;
  const why =
    name.length > 1024
      ? `has ${name.length} characters; StarRocks allows 1024`
      : "is none that StarRocks allows: it begins with a letter or an underscore, and letters, digits and underscores follow";
  throw new ToolError("params", `the name ${JSON.stringify(name)} ${why}; choose another one`, { name });
}

/** Of a time without a word about its zone, UTC is meant. */
export function literal(value: Value, type = ""): string {
  if (value === null) return "NULL";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return numberLiteral(value);
  if (typeof value === "string") return stringLiteral(/^datetime/i.test(type) ? inUtc(value) : value);
  return `x'${Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("")}'`;
}

/** A backslash escapes: https://docs.starrocks.io/docs/sql-reference/data-types/string-type/STRING/ */
export const stringLiteral = (text: string): string =>
  `'${text.replace(/[\\'\0]/g, (c) => (c === "'" ? "''" : c === "\0" ? "\\0" : "\\\\"))}'`;

/** The text of a string literal in either kind of quotes; `undefined` when it is none, or more than one. */
export function stringOf(sql: string): string | undefined {
  const [, single, double] = /^(?:'((?:[^'\\]|''|\\[\s\S])*)'|"((?:[^"\\]|""|\\[\s\S])*)")$/.exec(sql.trim()) ?? [];
  return (single ?? double)?.replace(/''|""|\\u([\da-f]{4})|\\([\s\S])/gi, (pair, code?: string, escaped?: string) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return escaped === undefined ? pair.charAt(0) : (escapes[escaped] ?? escaped);
  });
}

const escapes: Readonly<Record<string, string>> = { "0": "\0", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", Z: "\x1a" };

function numberLiteral(value: number): string {
  if (Number.isFinite(value)) return String(value);
  throw new ToolError("params", `${value} is not a number that StarRocks can store; leave it out, or use NULL`, {
    value: String(value),
  });
}
