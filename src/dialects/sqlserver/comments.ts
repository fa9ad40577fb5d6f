import { type Command, execute } from "../../core/ddl/dialect.ts";
import { localName, namespaceOf } from "../../core/ddl/qualified.ts";
import { lines } from "../../core/ddl/sql.ts";
import type { StatementOf } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { argument } from "./names.ts";
import { stringLiteral } from "./quote.ts";

/** What a description is of: what is in a schema, and a part of that; without either, of the schema. */
export interface Described {
  /** Absent: the one in which a connection begins. */
  readonly namespace?: string | undefined;
  readonly thing?: readonly [kind: string, name: string];
  readonly part?: readonly [kind: string, name: string];
}

/** The name under which Microsoft's own programs keep descriptions: https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-addextendedproperty-transact-sql */
const property = "N'MS_Description'";

/** A value of an extended property has 7500 bytes. */
const maxLength = 3750;

/** Describes a table or a part of it. */
export function setComment({
  table,
  column,
  index,
  constraint,
  comment,
}: Omit<StatementOf<"setComment">, "kind">): readonly Command[] {
  const parts = { COLUMN: column, INDEX: index, CONSTRAINT: constraint };
  const [part] = Object.entries(parts).flatMap(([kind, name]) => (name === undefined ? [] : [[kind, name] as const]));
  return describe({ ...inSchema("TABLE", table), ...(part && { part }) }, comment);
}

/** A thing by its name, which may be in a namespace. */
export const inSchema = (kind: string, name: string): Described => ({
  namespace: namespaceOf(name),
  thing: [kind, localName(name)],
});

/** Sets a description, or takes it away. */
export function describe(of: Described, comment: string | undefined): readonly Command[] {
  const { namespace, thing, part } = of;
  const levels = [
    `N'SCHEMA', ${namespace === undefined ? "@schema" : argument(namespace)}`,
    ...[thing, part].flatMap((level) => (level ? [`N'${level[0]}', ${argument(level[1])}`] : [])),
  ];
  const all = [...levels, ...Array.from({ length: 3 - levels.length }, () => "NULL, NULL")].join(", ");
  const exists = `IF EXISTS (SELECT 1 FROM sys.fn_listextendedproperty(${property}, ${all}))`;
  const at = levels.join(", ");
  return [
    execute(
      lines(
        namespace === undefined && "DECLARE @schema SYSNAME = SCHEMA_NAME();",
        comment !== undefined && `DECLARE @comment NVARCHAR(${maxLength}) = ${textOf(comment)};`,
        exists,
        comment === undefined
          ? `  EXEC sys.sp_dropextendedproperty ${property}, ${at}`
          : lines(
              `  EXEC sys.sp_updateextendedproperty ${property}, @comment, ${at}`,
              "ELSE",
              `  EXEC sys.sp_addextendedproperty ${property}, @comment, ${at}`,
            ),
      ),
    ),
  ];
}

function textOf(comment: string): string {
  if (comment.length <= maxLength) return stringLiteral(comment);
  throw new ToolError(
    "unsupported",
    `a description of ${comment.length} characters is longer than SQL Server keeps, which is ${maxLength}: "${comment.slice(0, 40)}…"`,
    { length: comment.length },
  );
}
