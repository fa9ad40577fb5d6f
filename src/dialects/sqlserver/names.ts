import { localName, quoteQualified } from "../../core/ddl/qualified.ts";
import { ToolError } from "../../core/errors.ts";
import { maxIdentifierLength, quote as plainQuote, stringLiteral } from "./quote.ts";

/** A quote that takes names in namespaces, too. */
export const quote = quoteQualified(plainQuote);

/** The number by which the catalog knows a thing of a schema. */
export const objectId = (name: string): string => `OBJECT_ID(${stringLiteral(quote(name))})`;

/** Of the constraint that holds the default of a column, which has a name in any case. */
export const defaultName = (table: string, column: string): string => shortened(`df_${localName(table)}_${column}`);

/** Of the primary key, unless somebody says another one. */
export const keyName = (table: string): string => shortened(`pk_${localName(table)}`);

/** Names of constraints are those of a schema and not of a table, so a long one keeps something that tells it from others. */
function shortened(name: string): string {
  if (name.length <= maxIdentifierLength) return name;
  let hash = 2166136261;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 16777619) >>> 0;
  return `${name.slice(0, maxIdentifierLength - 9)}_${hash.toString(16).padStart(8, "0")}`;
}

/** `EXEC sys.sp_rename`: it takes the present name as SQL writes it, in brackets, and the new one as it is. */
export const renaming = (path: readonly string[], to: string, kind: "OBJECT" | "COLUMN" | "INDEX"): string =>
  `EXEC sys.sp_rename ${argument(path.map(quote).join("."))}, ${argument(checked(to))}, N'${kind}'`;

/** A text in the place of an argument of a procedure, where no expression may stand. */
export function argument(text: string): string {
  const sql = stringLiteral(text);
  if (!sql.startsWith("(")) return sql;
  throw new ToolError(
    "params",
    `the name ${JSON.stringify(text)} has a backslash at the end of a line, which SQL Server would take away; choose another one`,
    { name: text },
  );
}

function checked(name: string): string {
  quote(name);
  return name;
}
