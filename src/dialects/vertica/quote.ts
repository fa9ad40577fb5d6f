import type { Value } from "../../core/ddl/dialect.ts";
import { stringLiteral } from "../../core/ddl/sql.ts";
import { inUtc } from "../../core/ddl/utc.ts";
import { ToolError } from "../../core/errors.ts";
import { utf8Length } from "../../core/schema/names.ts";

/** https://docs.vertica.com/24.1.x/en/sql-reference/system-limits/ */
export const maxIdentifierBytes = 128;

/** Throws ToolError `params` for a name that cannot be. Case is kept, and tells no two names apart: https://docs.vertica.com/24.1.x/en/sql-reference/language-elements/identifiers/ */
export function quote(name: string): string {
  const bytes = utf8Length(name);
  const no = (why: string) => new ToolError("params", `the name ${JSON.stringify(name)} ${why}`, { name });
  if (name === "") throw new ToolError("params", "a name in Vertica must not be empty");
  if (name.includes("\0")) throw no("contains the NUL character, which Vertica cannot store");
  if (bytes > maxIdentifierBytes)
    throw no(`has ${bytes} bytes; Vertica allows ${maxIdentifierBytes}: use a shorter one`);
  return `"${name.replaceAll('"', '""')}"`;
}

/** A backslash is itself in a string of the standard: https://docs.vertica.com/24.1.x/en/sql-reference/language-elements/literals/string-literals/ */
export function literal(value: Value, type = ""): string {
  if (value === null) return "NULL";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : `'${value}'::FLOAT`;
  if (typeof value !== "string")
    return `X'${Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("")}'`;
  if (value.includes("\0"))
    throw new ToolError(
      "params",
      `the text ${JSON.stringify(value)} contains the NUL character, which ends a text in Vertica; use a bytes field`,
      { value },
    );
  return stringLiteral(/^timestamp(?!.*tz)/i.test(type) ? inUtc(value) : value);
}
