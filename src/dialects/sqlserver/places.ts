import { type Command, execute, type Renderers } from "../../core/ddl/dialect.ts";
import { beside, localName, namespaceOf } from "../../core/ddl/qualified.ts";
import { lines } from "../../core/ddl/sql.ts";
import type { StatementOf } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { describe } from "./comments.ts";
import { defaultName, keyName, objectId, quote, renaming } from "./names.ts";
import { maxIdentifierLength, stringLiteral } from "./quote.ts";

/** Schemas, and other names and places for what is in them. */
export const placeRenderers: Pick<
  Renderers,
  | "createNamespace"
  | "dropNamespace"
  | "commentNamespace"
  | "renameTable"
  | "renameColumn"
  | "renameConstraint"
  | "renameThing"
> = {
  createNamespace: ({ name, comment }) => [
    execute(`CREATE SCHEMA ${quote(name)}`),
    ...(comment === undefined ? [] : describe({ namespace: name }, comment)),
  ],
  dropNamespace: ({ name }) => [execute(`DROP SCHEMA ${quote(name)}`)],
  commentNamespace: ({ name, comment }) => describe({ namespace: name }, comment),
  renameTable: ({ from, to }) => [...moved(from, to), namesAfterTable(from, to)],
  renameColumn: ({ table, from, to }) => [
    execute(renaming([table, from], to, "COLUMN")),
    renamedIfThere(table, [defaultName(table, from), defaultName(table, to)], "D"),
  ],
  renameConstraint: ({ table, from, to }) => [execute(renaming([beside(table, from)], to, "OBJECT"))],
  renameThing: (s) => renameThing(s),
};

function renameThing({ what, from, to }: StatementOf<"renameThing">): readonly Command[] {
  if (what === "sequence") return moved(from, to);
  throw new ToolError(
    "unsupported",
    what === "namespace"
      ? `a schema of SQL Server keeps its name, and "${from}" is to be called "${to}"; create the new one, and move each table there (renameTable)`
      : `SQL Server has no ${what}s with names of their own, and "${from}" is to be called "${to}"`,
    { from, to },
  );
}

/**
 * Gives a thing another name, another schema or both. Either of the names in between may be taken, so that it goes by a name of its own then. The schema in
 * which a connection begins has a name that only the connection knows.
 */
function moved(from: string, to: string): readonly Command[] {
  if (namespaceOf(from) === namespaceOf(to)) return [execute(renaming([from], localName(to), "OBJECT"))];
  if (localName(from) === localName(to)) return [transfer(from, to)];
  const onTheWay = "godwit_moving";
  return [
    execute(renaming([from], onTheWay, "OBJECT")),
    transfer(beside(from, onTheWay), to),
    execute(renaming([beside(to, onTheWay)], localName(to), "OBJECT")),
  ];
}

function transfer(thing: string, to: string): Command {
  const namespace = namespaceOf(to);
  if (namespace !== undefined) return execute(`ALTER SCHEMA ${quote(namespace)} TRANSFER ${quote(thing)}`);
  return execute(
    lines(
      `DECLARE @move NVARCHAR(MAX) = N'ALTER SCHEMA ' + QUOTENAME(SCHEMA_NAME()) + ${stringLiteral(` TRANSFER ${quote(thing)}`)};`,
      "EXEC (@move)",
    ),
  );
}

/** The primary key and the defaults are called after their table, so that another one may have its old name. */
function namesAfterTable(from: string, to: string): Command {
  const [old, next] = [localName(from), localName(to)];
  const id = objectId(to);
  return execute(
    lines(
      "DECLARE @rename NVARCHAR(MAX) = (",
      "  SELECT STRING_AGG(CONCAT(CAST(N'EXEC sys.sp_rename ' AS NVARCHAR(MAX)), k.former, N', ', k.name, N', N''OBJECT'''), N'; ') FROM (",
      `    SELECT ${literalOf("QUOTENAME(OBJECT_SCHEMA_NAME(object_id)), N'.', QUOTENAME(name)")} AS former, ${literalOf(stringLiteral(keyName(to)))} AS name`,
      `    FROM sys.key_constraints WHERE type = 'PK' AND parent_object_id = ${id} AND name = ${stringLiteral(keyName(from))}`,
      "    UNION ALL",
      `    SELECT ${literalOf("QUOTENAME(OBJECT_SCHEMA_NAME(d.object_id)), N'.', QUOTENAME(d.name)")}, ${literalOf(`${stringLiteral(`df_${next}_`)}, c.name`)}`,
      "    FROM sys.default_constraints AS d JOIN sys.columns AS c ON c.object_id = d.parent_object_id AND c.column_id = d.parent_column_id",
      `    WHERE d.parent_object_id = ${id} AND d.name = CONCAT(${stringLiteral(`df_${old}_`)}, c.name) AND LEN(c.name) <= ${maxIdentifierLength - next.length - 4}`,
      "  ) AS k",
      ");",
      "EXEC (@rename)",
    ),
  );
}

/** What gives the literal of the text that these are together, in SQL that is made while it runs. */
const literalOf = (parts: string): string => `CONCAT(N'N''', REPLACE(CONCAT(${parts}, N''), N'''', N''''''), N'''')`;

/** What is called after something else follows it, if it has the usual name. */
function renamedIfThere(table: string, [from, to]: readonly [string, string], kind: string): Command {
  return execute(
    lines(
      `IF OBJECT_ID(${stringLiteral(quote(beside(table, from)))}, '${kind}') IS NOT NULL`,
      `  ${renaming([beside(table, from)], to, "OBJECT")}`,
    ),
  );
}
