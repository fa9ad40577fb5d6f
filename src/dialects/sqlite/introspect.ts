import type { Introspection, LiveSchema, Row } from "../../core/ddl/dialect.ts";
import type { Column, ForeignKeyImage, IndexImage, TableImage } from "../../core/ddl/statement.ts";
import { freeName, isDefaultName, keyName } from "../../core/schema/constraints.ts";
import { indexField } from "../../core/schema/index-fields.ts";
import { type Constraint, type ReferentialAction, referentialActions } from "../../core/schema/model.ts";
import { foreignKeyName } from "../../core/schema/names.ts";
import { autoUpdateName } from "./auto-update.ts";
import { type Clause, clausesText, isAbout, saysSomething } from "./clauses.ts";
import { type DanglingKey, danglingReason, unsupportedKeys } from "./dangling-keys.ts";
import { folded } from "./folded.ts";
import { type GivenNames, givenNames } from "./given-names.ts";
import { elementsOf, isOwnIndex, type LiveIndex, type LiveTable } from "./live-table.ts";
import { objectOf, viewOf } from "./managed.ts";
import { hasDefaultName } from "./options.ts";
import { withPlainNames } from "./own-names.ts";
import { indexPredicate, readTableText } from "./table-text.ts";
import { unsupportedObjects } from "./unsupported.ts";

/** Tables that are neither SQLite's own nor godwit's; virtual tables would need their module to be looked into. */
const tablesBut = (others: string): string => `(
  SELECT name, sql, rowid AS position FROM sqlite_schema
  WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' AND substr(name, 1, 7) <> 'godwit_'
    AND sql NOT LIKE 'CREATE VIRTUAL TABLE%'
    AND name NOT IN (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow')${others}
)`;

export const introspect: Introspection = introspectBut("");

/** The same without further tables: `condition` begins with AND and holds for all others. */
export function introspectBut(condition: string): Introspection {
  const tables = tablesBut(condition);
  return {
    queries: {
      tables: `SELECT m.name, m.sql, l.wr, l.strict FROM ${tables} AS m
JOIN pragma_table_list AS l ON l.schema = 'main' AND l.name = m.name ORDER BY m.position`,
      columns: `SELECT m.name AS "table", x.name, x.type, x."notnull" AS required, x.dflt_value AS "default", x.pk, x.hidden
FROM ${tables} AS m JOIN pragma_table_xinfo(m.name, 'main') AS x ORDER BY m.position, x.cid`,
      indexes: `SELECT m.name AS "table", i.name, i."unique", i.origin, s.sql
FROM ${tables} AS m JOIN pragma_index_list(m.name, 'main') AS i LEFT JOIN sqlite_schema AS s ON s.type = 'index' AND s.name = i.name
ORDER BY m.position, s.rowid`,
      indexColumns: `SELECT i.name AS "index", x.name, x."desc", x.coll
FROM ${tables} AS m JOIN pragma_index_list(m.name, 'main') AS i JOIN pragma_index_xinfo(i.name, 'main') AS x
WHERE x.key = 1 ORDER BY i.name, x.seqno`,
      foreignKeys: `SELECT m.name AS "table", f.id, f."table" AS target, f."from", f."to", f.on_delete, f.on_update
FROM ${tables} AS m JOIN pragma_foreign_key_list(m.name, 'main') AS f ORDER BY m.position, f.id DESC, f.seq`,
      others: `SELECT type, name, tbl_name AS "table", sql FROM sqlite_schema
WHERE type IN ('view', 'trigger') OR sql LIKE 'CREATE VIRTUAL TABLE%' ORDER BY rowid`,
    },
    read,
  };
}

type Rows = Readonly<Record<string, readonly Row[]>>;

function read(rows: Rows): LiveSchema {
  const columnsOf = grouped(rows["columns"], "table");
  const indexesOf = grouped(rows["indexes"], "table");
  const indexColumnsOf = grouped(rows["indexColumns"], "index");
  const keysOf = grouped(rows["foreignKeys"], "table");
  const triggers = new Set((rows["others"] ?? []).filter((r) => r["type"] === "trigger").map((r) => text(r, "name")));
  const live = (rows["tables"] ?? []).map((row): LiveTable => {
    const name = text(row, "name");
    const indexes = (indexesOf.get(name) ?? []).map((index) => {
      const of = text(index, "name");
      return { name: of, row: index, columns: indexColumnsOf.get(of) ?? [] };
    });
    return { name, row, text: readTableText(text(row, "sql")), columns: columnsOf.get(name) ?? [], indexes };
  });
  const primaryKeys = new Map(live.map((t) => [folded(t.name), primaryKey(t)]));
  const names = givenNames(live);
  const foreignKeys = (table: LiveTable) =>
    readForeignKeys(table, keysOf.get(table.name) ?? [], { primaryKeys, names });
  const byName = new Map(live.map((table) => [folded(table.name), table]));
  const dangling: DanglingKey[] = [];
  const soundKeys = (table: LiveTable) =>
    foreignKeys(table).filter((key) => {
      const reason = danglingReason(key, byName);
      if (reason !== undefined) dangling.push({ table: table.name, key, reason });
      return reason === undefined;
    });
  const others = managedOnly(live, rows["others"] ?? []);
  const views = others.filter((row) => row["type"] === "view");
  const objects = others.filter((row) => row["type"] !== "view");
  const read = live.map((table) => withPlainNames(readTable(table, soundKeys(table), { triggers, names })));
  return {
    tables: read,
    ...(views.length > 0 && { views: views.map(viewOf) }),
    ...(objects.length > 0 && { objects: objects.map(objectOf) }),
    unsupported: [...unsupportedObjects(live), ...unsupportedKeys(dangling)],
  };
}

/** Views, triggers and virtual tables, without the triggers that are godwit's own. */
function managedOnly(tables: readonly LiveTable[], others: readonly Row[]): readonly Row[] {
  if (others.length === 0) return others;
  const own = new Set(tables.flatMap((t) => t.columns.map((c) => autoUpdateName(t.name, text(c, "name")))));
  return others.filter((row) => !own.has(text(row, "name")) && !text(row, "name").startsWith("godwit_"));
}

function readTable(
  table: LiveTable,
  foreignKeys: readonly ForeignKeyImage[],
  { triggers, names }: { readonly triggers: ReadonlySet<string>; readonly names: GivenNames },
): TableImage {
  const key = primaryKey(table);
  const constraints = named(table, names);
  const options = readOptions(table, { foreignKeys, constraints, names });
  return {
    name: table.name,
    ...(Object.keys(options).length > 0 && { options }),
    columns: table.columns.filter((c) => c["hidden"] !== 1).map((c) => readColumn(table, c, triggers)),
    ...(key.length > 0 && { primaryKey: key, ...keyName(table.name, table.text.keyName) }),
    indexes: table.indexes.filter(isOwnIndex).map((index) => readIndex(table, index)),
    foreignKeys,
    ...(constraints.length > 0 && { constraints }),
  };
}

function readColumn(table: LiveTable, row: Row, triggers: ReadonlySet<string>): Column {
  const name = text(row, "name");
  const type = text(row, "type");
  const inKey = row["pk"] !== 0;
  return {
    name,
    type,
    // SQLite lets most primary keys be NULL unless told otherwise, an old bug it keeps; nobody means it.
    nullable: row["required"] === 0 && !inKey,
    ...(row["default"] !== null && { default: text(row, "default") }),
    ...(inKey && table.text.autoIncrement && { autoIncrement: true }),
    ...(triggers.size > 0 && triggers.has(autoUpdateName(table.name, name)) && { autoUpdate: true }),
    ...table.text.columns.get(name),
  };
}

const primaryKey = (table: LiveTable): readonly string[] =>
  table.columns
    .filter((c) => c["pk"] !== 0)
    .sort((a, b) => Number(a["pk"]) - Number(b["pk"]))
    .map((c) => text(c, "name"));

/** What is said of the table beyond its columns, and how its keys are written. */
function readOptions(
  table: LiveTable,
  {
    foreignKeys,
    constraints,
    names: given,
  }: Required<Pick<TableImage, "foreignKeys" | "constraints">> & { readonly names: GivenNames },
): Readonly<Record<string, string>> {
  const names = table.columns.map((c) => text(c, "name"));
  const named = new Set(table.text.constraints.map(({ name }) => name));
  const isNamed =
    foreignKeys.some((key, i) => table.text.foreignKeys[i]?.name !== undefined && hasDefaultName(table.name, key)) ||
    constraints.some((c) => named.has(c.name) && isDefaultName(table.name, c, names));
  const notNull = notNullKey(table);
  const clauses = furtherClauses(table, given);
  return {
    ...(table.row["strict"] === 1 && { strict: "true" }),
    ...(table.row["wr"] === 1 && { without_rowid: "true" }),
    ...(notNull !== undefined && { not_null_key: notNull }),
    ...(isNamed && { named_keys: "true" }),
    ...(clauses.length > 0 && { clauses: clausesText(clauses) }),
  };
}

/** The clauses that say something, and those of the same columns, among which they are found by their place. */
function furtherClauses({ name, row, text: { clauses }, indexes }: LiveTable, names: GivenNames): readonly Clause[] {
  // The number of the row is sorted as it is, whatever is said of it.
  const isRowid = row["wr"] !== 1 && !indexes.some((index) => index.row["origin"] === "pk");
  const given = clauses.map((clause) => ({
    ...clause,
    elements: clause.elements.map((e) => ({
      name: names.column(name, e.name),
      sorted: isRowid && clause.kind === "PRIMARY KEY" ? "" : e.sorted,
    })),
  }));
  const isTwin = (a: Clause, b: Clause): boolean =>
    a.kind === b.kind &&
    a.kind === "UNIQUE" &&
    isAbout(
      a,
      b.elements.map((e) => e.name),
    );
  return given.filter((clause) => given.some((c) => saysSomething(c) && (c === clause || isTwin(c, clause))));
}

/** Where the columns of the key are not as they are by default: required, but where SQLite requires them anyway. */
function notNullKey({ columns, indexes, row, text: { required } }: LiveTable): string | undefined {
  const key = columns.filter((c) => c["pk"] !== 0).map((c) => text(c, "name"));
  const named = key.filter((name) => required.includes(name));
  const isRowid = !indexes.some((index) => index.row["origin"] === "pk");
  const implied = isRowid || row["wr"] === 1 || row["strict"] === 1;
  if (key.length === 0 || named.length === (implied ? 0 : key.length)) return undefined;
  return named.length === key.length ? "true" : named.join(", ") || "false";
}

/** A constraint without a name has the one that a schema gives it; CREATE TABLE leaves that out. */
function named({ name: table, columns, text: found }: LiveTable, names: GivenNames): readonly Constraint[] {
  const fields = columns.map((c) => text(c, "name"));
  const taken = new Set(found.constraints.flatMap(({ name }) => name ?? []));
  const used = new Set<string>();
  return found.constraints.map((written) => {
    const isUnique = "unique" in written;
    const constraint = isUnique ? { ...written, unique: written.unique.map((n) => names.column(table, n)) } : written;
    const own = constraint.name !== undefined && !used.has(constraint.name) ? constraint.name : undefined;
    const name = own ?? freeName(table, constraint, { fields, taken });
    used.add(name);
    taken.add(name);
    return { ...constraint, name };
  });
}

function readIndex(table: LiveTable, index: LiveIndex): IndexImage {
  const where = indexPredicate(text(index.row, "sql"));
  return {
    name: index.name,
    fields: elementsOf(table, index).map(indexField),
    ...(index.row["unique"] === 1 && { unique: true }),
    ...(where !== undefined && { where }),
  };
}

/** The rows of one table, in the order of declaration; SQLite numbers its foreign keys from the last one backwards. */
function readForeignKeys(
  table: LiveTable,
  rows: readonly Row[],
  { primaryKeys, names }: { readonly primaryKeys: ReadonlyMap<string, readonly string[]>; readonly names: GivenNames },
): readonly ForeignKeyImage[] {
  const byId = [...grouped(rows, "id").values()];
  const taken = new Set(table.text.foreignKeys.flatMap(({ name }) => name ?? []));
  const used = new Set<string>();
  return byId.map((columns, i) => {
    const first = columns[0] ?? {};
    const target = names.table(text(first, "target"));
    const { name: given, deferrable, matchFull } = table.text.foreignKeys[i] ?? {};
    const from = columns.map((c) => names.column(table.name, text(c, "from")));
    const own = given !== undefined && !used.has(given) ? given : undefined;
    const name = own ?? freeKeyName(foreignKeyName(table.name, from), taken);
    used.add(name);
    taken.add(name);
    return {
      name,
      columns: from,
      table: target,
      referencedColumns:
        first["to"] === null
          ? (primaryKeys.get(folded(target)) ?? [])
          : columns.map((c) => names.column(target, text(c, "to"))),
      onDelete: action(first["on_delete"]),
      onUpdate: action(first["on_update"]),
      ...(deferrable && { deferrable }),
      ...(matchFull && { matchFull }),
    };
  });
}

/** Two keys of the same columns cannot have the same name. */
function freeKeyName(name: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const numbered = n === 1 ? name : `${name}${n}`;
    if (!taken.has(numbered)) return numbered;
  }
}

const action = (value: unknown): ReferentialAction => referentialActions.find((a) => a === value) ?? "NO ACTION";

function grouped(rows: readonly Row[] = [], key: string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(String(row[key]));
    if (group) group.push(row);
    else groups.set(String(row[key]), [row]);
  }
  return groups;
}

const text = (row: Row, column: string): string => String(row[column] ?? "");
