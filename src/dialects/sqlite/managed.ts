import type { Renderers, Row } from "../../core/ddl/dialect.ts";
import { dropObjectSql, objectRenderers } from "../../core/ddl/objects.ts";
import type { ManagedObject, View } from "../../core/schema/model.ts";
import { quote } from "./quote.ts";
import { isKeyword, tokenize } from "./tokens.ts";
import { replaceVirtualTable, virtualTableStatements } from "./virtual-tables.ts";

/** Triggers and virtual tables. */
export const objects: Pick<Renderers, "createObject" | "replaceObject" | "dropObject"> = objectRenderers({
  title: "SQLite",
  dropped: (object) => {
    if (object.kind === "virtual_table") return dropObjectSql(quote, object, "TABLE");
    return object.kind === "trigger" ? `DROP TRIGGER ${quote(object.name)}` : undefined;
  },
  inPlace: ({ before, after }) => (after.kind === "virtual_table" ? replaceVirtualTable(before, after) : undefined),
  statements: (definition) =>
    /^\s*CREATE\s+VIRTUAL\b/i.test(definition) ? virtualTableStatements(definition) : [definition],
  foreign: ({ kind, definition }) =>
    kind === "trigger" && !/\bbegin\b/i.test(definition)
      ? "a trigger there has its statements between BEGIN and END"
      : undefined,
});

/** A row of `sqlite_schema` as the view it is. */
export function viewOf(row: Row): View {
  const sql = String(row["sql"]);
  const tokens = tokenize(sql);
  const as = tokens.findIndex((token) => token.depth === 0 && isKeyword(token, "AS"));
  const columns = tokens
    .slice(0, as)
    .filter((token) => token.depth === 1 && token.kind !== "symbol")
    .map(({ value }) => value);
  return {
    name: String(row["name"]),
    query: sql.slice((tokens[as]?.start ?? 0) + 2).trim(),
    ...(columns.length > 0 && { columns }),
  };
}

/** A row of `sqlite_schema` as the trigger or virtual table that it is. */
export const objectOf = (row: Row): ManagedObject =>
  row["type"] === "trigger"
    ? { kind: "trigger", name: String(row["name"]), table: String(row["table"]), definition: String(row["sql"]) }
    : { kind: "virtual_table", name: String(row["name"]), definition: String(row["sql"]) };
