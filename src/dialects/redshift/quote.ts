import type { Value } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import { utf8Length } from "../../core/schema/names.ts";

export const maxIdentifierBytes = 127;

/**
 * Names in quotes are folded to lower case like all others, unless the session says otherwise, which other sessions would not:
 * https://docs.aws.amazon.com/redshift/latest/dg/r_names.html. Throws ToolError `params` for a name that would not be kept.
 */
export function quote(name: string): string {
  const bytes = utf8Length(name);
  const no = (why: string) => new ToolError("params", `the name ${JSON.stringify(name)} ${why}`, { name });
  if (name === "") throw new ToolError("params", "a name in Redshift must not be empty");
  if (name.includes("\0")) throw no("contains the NUL character, which Redshift cannot store");
  if (name.startsWith("#")) throw no("begins with #, which means a temporary table in Redshift; choose another one");
  if (/[A-Z]/.test(name))
    throw no("has capital letters, which Redshift folds to small ones even in quotes; use small ones");
  if (bytes > maxIdentifierBytes)
    throw no(`has ${bytes} bytes; Redshift keeps only ${maxIdentifierBytes}: use a shorter one`);
  return `"${name.replaceAll('"', '""')}"`;
}

/** A backslash keeps its meaning only when it is doubled: the server is older than standard strings. */
export const stringLiteral = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;

/** JSON is parsed into a SUPER, bytes are read from hexadecimal digits. */
export function literal(value: Value, type = ""): string {
  if (value === null) return "NULL";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value === "bigint") return String(value);
  // Of a number, the sign of -0 would be lost.
  if (Object.is(value, -0)) return "'-0'";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : `'${value}'`;
  if (typeof value !== "string")
    return `FROM_HEX('${Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("")}')`;
  if (value.includes("\0"))
    throw new ToolError(
      "params",
      `the text ${JSON.stringify(value)} contains the NUL character, which Redshift cannot store; use a bytes field`,
      { value },
    );
  return /^super$/i.test(type) ? `JSON_PARSE(${stringLiteral(value)})` : stringLiteral(value);
}
