import type { Value } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";

/** Characters of a name, as UTF-16 counts them: https://learn.microsoft.com/sql/relational-databases/databases/database-identifiers */
export const maxIdentifierLength = 128;

/** `[name]`, with every closing bracket twice. */
export function quote(name: string): string {
  const wrong = fault(name);
  if (wrong !== undefined)
    throw new ToolError("params", `the name ${JSON.stringify(name)} ${wrong}; choose another one`, { name });
  return `[${name.replaceAll("]", "]]")}]`;
}

function fault(name: string): string | undefined {
  if (name === "") return "is empty";
  if (name.includes("\0")) return "contains the NUL character, which SQL Server cannot store in names";
  return name.length > maxIdentifierLength
    ? `has ${name.length} characters; SQL Server allows ${maxIdentifierLength}`
    : undefined;
}

/** A text is `N'…'` whatever it is for: without the N, characters that the code page of the database lacks become question marks. */
export function literal(value: Value): string {
  if (value === null) return "NULL";
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return numberLiteral(value);
  if (typeof value === "string") return stringLiteral(value);
  return `0x${Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * `N'it''s'`. Between quotes, a backslash at the end of a line takes itself and the line's end away, so that such a text is put together of two
 * (https://learn.microsoft.com/sql/t-sql/language-elements/sql-server-utilities-statements-backslash); the sum of short texts would end at 4000 characters.
 */
export function stringLiteral(text: string): string {
  if (text.includes("\0"))
    throw new ToolError(
      "params",
      `the text ${JSON.stringify(text)} contains the NUL character, which cannot stand in SQL of SQL Server; use a bytes field`,
      { value: text },
    );
  const parts = text.split(/(?<=\\)(?=\r?\n)/).map((part) => `N'${part.replaceAll("'", "''")}'`);
  if (parts.length === 1) return parts.join("");
  return `(${[...(text.length > 4000 ? ["CAST(N'' AS NVARCHAR(MAX))"] : []), ...parts].join(" + ")})`;
}

/** The text of a string literal; `undefined` when it is none, or more than one. */
export const stringOf = (sql: string): string | undefined =>
  /^N?'((?:[^']|'')*)'$/i.exec(sql.trim())?.[1]?.replaceAll("''", "'");

function numberLiteral(value: number): string {
  if (Number.isFinite(value)) return String(value);
  throw new ToolError("params", `${value} is not a number that SQL Server can store; leave it out, or use NULL`, {
    value: String(value),
  });
}
