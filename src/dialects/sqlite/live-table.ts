import type { Row } from "../../core/ddl/dialect.ts";
import { folded } from "./folded.ts";
import { grouped, type Rows, text } from "./rows-by.ts";
import { type TableText, tableTextReader } from "./table-text.ts";

/** One table with all that was read of it. */
export interface LiveTable {
  readonly name: string;
  /** Its CREATE TABLE. */
  readonly sql: string;
  readonly strict: boolean;
  readonly withoutRowid: boolean;
  readonly text: TableText;
  readonly columns: readonly Row[];
  /** The columns of the primary key, in its order. */
  readonly key: readonly string[];
  readonly indexes: readonly LiveIndex[];
}

export interface LiveIndex {
  readonly name: string;
  /** Its CREATE INDEX; absent for the index of a constraint. */
  readonly sql?: string;
  readonly unique: boolean;
  /** Whether it is that of the primary key. The key of a table without numbers of rows has none. */
  readonly ofKey: boolean;
  readonly columns: readonly Row[];
}

/** What the rows of the catalog say of each table, put together. */
export function liveTables(rows: Rows): readonly LiveTable[] {
  const columnsOf = grouped(rows["columns"], "table");
  const indexRowsOf = grouped(rows["indexes"], "table");
  const keyIndexes = new Set((rows["keyIndexes"] ?? []).map((row) => text(row, "name")));
  const kinds = new Map((rows["kinds"] ?? []).map((row) => [text(row, "name"), row]));
  const readText = tableTextReader();
  return (rows["tables"] ?? []).map((row): LiveTable => {
    const name = text(row, "name");
    const sql = text(row, "sql");
    const columns = columnsOf.get(name) ?? [];
    return {
      name,
      sql,
      strict: kinds.get(name)?.["strict"] === 1,
      withoutRowid: kinds.get(name)?.["wr"] === 1,
      // Whether a key says NOT NULL is only of interest where SQLite has it so.
      text: readText(
        sql,
        columns.some((c) => c["pk"] !== 0 && c["required"] !== 0),
      ),
      columns,
      key: keyOf(columns),
      indexes: liveIndexes(indexRowsOf.get(name), keyIndexes),
    };
  });
}

function keyOf(columns: readonly Row[]): readonly string[] {
  const key = columns.filter((c) => c["pk"] !== 0);
  if (key.length > 1) key.sort((a, b) => Number(a["pk"]) - Number(b["pk"]));
  return key.map((c) => text(c, "name"));
}

function liveIndexes(rows: readonly Row[] | undefined, keyIndexes: ReadonlySet<string>): readonly LiveIndex[] {
  if (!rows) return [];
  const indexes = rows.length === 1 ? [rows] : [...grouped(rows, "index").values()];
  return indexes.map((columns): LiveIndex => {
    const { index, sql } = columns[0] ?? {};
    const name = String(index);
    const own = typeof sql === "string";
    // SQLite writes the beginning of the text itself. Without one, it is that of a key or of a constraint.
    const unique = !own || sql.startsWith("CREATE UNIQUE");
    return { name, ...(own && { sql }), unique, ofKey: keyIndexes.has(name), columns };
  });
}

/** The table that is called so, of those by their folded names. Most names are written as they are folded. */
export const named = (tables: ReadonlyMap<string, LiveTable>, name: string): LiveTable | undefined =>
  tables.get(name) ?? tables.get(folded(name));

/** Tables by their folded names. */
export const byFoldedName = (tables: readonly LiveTable[]): ReadonlyMap<string, LiveTable> =>
  new Map(tables.map((table) => [folded(table.name), table]));
