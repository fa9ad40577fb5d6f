import { type Command, execute, type Renderers } from "../../core/ddl/dialect.ts";
import { objectRenderers } from "../../core/ddl/objects.ts";
import { beside } from "../../core/ddl/qualified.ts";
import { lines, nameList, words } from "../../core/ddl/sql.ts";
import { ToolError } from "../../core/errors.ts";
import { plainObjectName } from "../../core/schema/managed.ts";
import type { ManagedObject, View } from "../../core/schema/model.ts";
import { withoutEnd } from "../../core/schema/sql-text.ts";
import { splitScript } from "../../core/sql-files/split.ts";
import { type Described, describe, inSchema } from "./comments.ts";
import { quote } from "./names.ts";
import { scriptSyntax } from "./script-syntax.ts";

/** Views; each is a batch of its own, in which nothing stands before it. */
export const viewRenderers: Pick<Renderers, "createView" | "replaceView" | "dropView" | "commentView"> = {
  createView: ({ view }) => [execute(viewText(view, "CREATE")), ...viewComments(undefined, view)],
  replaceView: ({ before, after }) => [execute(viewText(after, "CREATE OR ALTER")), ...viewComments(before, after)],
  dropView: ({ view }) => [execute(`DROP VIEW ${quote(view.name)}`)],
  commentView: ({ before, view }) => viewComments(before, view),
};

function viewText(view: View, how: string): string {
  if (view.materialized)
    throw new ToolError(
      "unsupported",
      `SQL Server has no materialized views, and "${view.name}" is one; give it the option schemabinding, and a unique clustered index with runSQL`,
      { view: view.name },
    );
  const { schemabinding, view_metadata: metadata, check_option: check, ...others } = view.options ?? {};
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new ToolError(
      "unsupported",
      `view "${view.name}" has the option "${unknown}", which views of SQL Server do not have; they have schemabinding, view_metadata and check_option`,
      { view: view.name, option: unknown },
    );
  const attributes = [isOn(schemabinding) && "SCHEMABINDING", isOn(metadata) && "VIEW_METADATA"].filter(
    (word) => word !== false,
  );
  return lines(
    words(
      how,
      `VIEW ${quote(view.name)}`,
      view.columns && nameList(quote, view.columns),
      attributes.length > 0 && `WITH ${attributes.join(", ")}`,
      "AS",
    ),
    withoutEnd(view.query),
    check !== undefined && "WITH CHECK OPTION",
  );
}

const isOn = (value: string | undefined): boolean => /^(?:true|on|1)$/i.test(value ?? "");

/** What describes a view and its columns, where it is not what it was. */
function viewComments(before: View | undefined, view: View): readonly Command[] {
  const of = inSchema("VIEW", view.name);
  const [old, now] = [before?.columnComments ?? {}, view.columnComments ?? {}];
  const columns = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((name) => old[name] !== now[name]);
  return [
    ...(before?.comment === view.comment ? [] : describe(of, view.comment)),
    ...columns.flatMap((name) => describe({ ...of, part: ["COLUMN", name] }, now[name])),
  ];
}

/** Functions, procedures, triggers, synonyms and table types: https://learn.microsoft.com/sql/t-sql/statements/create-procedure-transact-sql and its neighbours. */
export const objectStatements = objectRenderers({
  title: "SQL Server",
  dropped: (object) => {
    const word = dropWords[object.kind];
    if (word === undefined || (object.kind === "trigger" && object.table === undefined)) return undefined;
    const name = plainObjectName(object);
    return `DROP ${word} ${quote(object.table === undefined ? name : beside(object.table, name))}`;
  },
  foreign: ({ kind, definition }) => foreignTo(kind, definition),
  replacing: (definition) => definition.replace(/^\s*CREATE\s+(?:OR\s+ALTER\s+)?/i, "CREATE OR ALTER "),
  statements: (definition) => splitScript(definition, scriptSyntax).map(({ text }) => text),
  described: (object) => describedSql(object),
});

export const dropWords: Readonly<Record<string, string>> = {
  function: "FUNCTION",
  procedure: "PROCEDURE",
  trigger: "TRIGGER",
  synonym: "SYNONYM",
  table_type: "TYPE",
};

function describedSql(object: ManagedObject): string {
  const [command] = describe(placeOf(object), object.comment);
  return command?.kind === "execute" ? command.sql : "";
}

const placeOf = (object: ManagedObject): Described =>
  object.table === undefined
    ? inSchema(dropWords[object.kind] ?? "", beside(object.name, plainObjectName(object)))
    : { ...inSchema("TABLE", object.table), part: ["TRIGGER", plainObjectName(object)] };

/** Why a text is for another database. */
function foreignTo(kind: string, definition: string): string | undefined {
  const isRoutine = kind === "function" || kind === "procedure";
  if (/\$\w*\$/.test(definition)) return "a body there is not a text between dollars";
  if (isRoutine && /\blanguage\s+\w/i.test(definition))
    return "functions and procedures there are written in Transact-SQL";
  if (kind === "trigger" && /\bfor\s+each\s+row\b|\bexecute\s+function\b/i.test(definition))
    return "a trigger there fires once for each statement, and reads its rows from inserted and deleted";
  if (kind === "trigger" && !/\b(?:after|for|instead\s+of)\b/i.test(definition))
    return "a trigger there is AFTER, FOR or INSTEAD OF something";
  // https://learn.microsoft.com/sql/t-sql/statements/create-trigger-transact-sql
  if (kind === "trigger" && !/\bas\b/i.test(definition)) return "the body of a trigger there stands behind AS";
  return undefined;
}
