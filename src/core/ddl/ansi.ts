import { elementOf } from "../schema/index-fields.ts";
import type { Constraint, Deferrable, Identity, IndexField, SequenceOptions, View } from "../schema/model.ts";
import { withoutEnd } from "../schema/sql-text.ts";
import { codeCommand } from "./code.ts";
import { execute, type Renderers, unsupported } from "./dialect.ts";
import { block, chunks, lines, nameList, type Quote, stacked, words } from "./sql.ts";
import type { Column, ForeignKeyImage, IndexImage, SqlRow, StatementOf, TableImage, UpsertRows } from "./statement.ts";

/** What the standard renderers need to know of a dialect. */
export interface AnsiParts {
  readonly quote: Quote;
  /** A column inside CREATE TABLE and ADD COLUMN. Absent: `columnDefinition`. */
  readonly column?: (column: Column, table: string) => string;
}

/**
 * SQL as the standard (or, where it is silent, as most databases) has it. A dialect spreads these and overrides what it
 * writes in another way, with `unsupported("why")` in the place of what it lacks.
 */
export function ansiRenderers(parts: AnsiParts): Renderers {
  const q = parts.quote;
  const column = parts.column ?? ((c: Column) => columnDefinition(q, c));
  const alter = (table: string, change: string) => [execute(`ALTER TABLE ${q(table)} ${change}`)];
  return {
    createTable: (s) => [execute(createTable({ ...parts, column }, s.table))],
    dropTable: (s) => [execute(`DROP TABLE ${q(s.table.name)}`)],
    ...lacking,
    renameTable: (s) => alter(s.from, `RENAME TO ${q(s.to)}`),
    addColumn: (s) => alter(s.table, `ADD COLUMN ${column(s.column, s.table)}`),
    dropColumn: (s) => alter(s.table, `DROP COLUMN ${q(s.column.name)}`),
    alterColumn: (s) => [execute(alterColumn(q, s))],
    renameColumn: (s) => alter(s.table, `RENAME COLUMN ${q(s.from)} TO ${q(s.to)}`),
    fillColumn: (s) => [
      execute(
        words(`UPDATE ${q(s.table)} SET ${q(s.column)} = ${s.value}`, s.onlyNull && `WHERE ${q(s.column)} IS NULL`),
      ),
    ],
    createIndex: (s) => [execute(createIndex(q, s.table, s.index))],
    dropIndex: (s) => [execute(`DROP INDEX ${q(s.index.name)}`)],
    renameIndex: (s) => [execute(`ALTER INDEX ${q(s.from.name)} RENAME TO ${q(s.to)}`)],
    addConstraint: (s) => alter(s.table, `ADD ${constraintDefinition(q, s.constraint)}`),
    dropConstraint: (s) => alter(s.table, `DROP CONSTRAINT ${q(s.constraint.name)}`),
    renameConstraint: (s) => alter(s.table, `RENAME CONSTRAINT ${q(s.from)} TO ${q(s.to)}`),
    validateConstraint: (s) => alter(s.table, `VALIDATE CONSTRAINT ${q(s.name)}`),
    setComment: unsupported("the database keeps no comments"),
    addForeignKey: (s) => alter(s.table, `ADD ${foreignKeyConstraint(q, s.foreignKey)}`),
    dropForeignKey: (s) => alter(s.table, `DROP CONSTRAINT ${q(s.foreignKey.name ?? "")}`),
    addPrimaryKey: (s) => alter(s.table, `ADD ${primaryKeyDefinition(q, s)}`),
    dropPrimaryKey: (s) => alter(s.table, "DROP PRIMARY KEY"),
    createAutoUpdate: unsupported("the database has no column that sets itself when its row is updated"),
    dropAutoUpdate: unsupported("the database has no column that sets itself when its row is updated"),
    alterOptions: unsupported("its tables have no options"),
    rebuildTable: unsupported("tables are altered in place"),
    upsertRows: (s) => s.rows.flatMap((row) => upsertRow(q, s, row)).map(execute),
    deleteRows: (s) => chunks(s.rows, 500).map((rows) => execute(deleteRows(q, { ...s, rows }))),
    setRowSecurity: unsupported("the database does not decide by the row who may see it"),
    ...managedRenderers(q),
    sql: (s) => (s.text.trim() === "" ? [] : [execute(s.text)]),
    runCode: (s) => [codeCommand(s)],
  };
}

const noPlaces = unsupported(
  "all names of a database are in one place there; leave it out, and name things without it",
);
const noNamespaces = { createNamespace: noPlaces, dropNamespace: noPlaces, commentNamespace: noPlaces };
const noTree = unsupported("godwit keeps partitions and inheritance on PostgreSQL only");
const noTrees = {
  createTreeTable: noTree,
  attachPartition: noTree,
  detachPartition: noTree,
  namePartIndexes: noTree,
  moveRows: unsupported("godwit moves rows to partitions only, which it keeps on PostgreSQL"),
  alterInherits: noTree,
};

const noDomains = unsupported("the database has no domains; give the fields the type itself, and checks");
const noSequences = unsupported("the database has no sequences; use type serial");
const noExtensions = unsupported("the database has no extensions");
const noLists = {
  createDomain: noDomains,
  alterDomain: noDomains,
  dropDomain: noDomains,
  remakeDomain: noDomains,
  createSequence: noSequences,
  alterSequence: noSequences,
  dropSequence: noSequences,
  detachSequence: noSequences,
  attachSequence: noSequences,
  createExtension: noExtensions,
  alterExtension: noExtensions,
  dropExtension: noExtensions,
};
const noTypes = unsupported("the database has no types of its own with a list of values");
const noEnumTypes = {
  createEnum: noTypes,
  dropEnum: noTypes,
  commentType: noTypes,
  renameEnumValue: noTypes,
  addEnumValue: noTypes,
  remakeEnum: noTypes,
};
const noThings = {
  renameThing: unsupported(
    "the database has neither namespaces nor types, domains and sequences with names of their own",
  ),
};
const lacking = { ...noThings, ...noTrees, ...noEnumTypes, ...noNamespaces, ...noLists };

const managedRenderers = (q: Quote): ManagedRenderers => ({
  createView: (s) => [execute(createView(q, s.view))],
  replaceView: (s) => [execute(`DROP VIEW ${q(s.before.name)}`), execute(createView(q, s.after))],
  dropView: (s) => [execute(`DROP VIEW ${q(s.view.name)}`)],
  commentView: unsupported("the database keeps no comments"),
  createObject: unsupported(noObjects),
  replaceObject: unsupported(noObjects),
  dropObject: unsupported(noObjects),
  commentObject: unsupported("the database keeps no comments"),
});

type ManagedRenderers = Pick<
  Renderers,
  | "createView"
  | "replaceView"
  | "dropView"
  | "commentView"
  | "createObject"
  | "replaceObject"
  | "dropObject"
  | "commentObject"
>;

const noObjects = "godwit keeps no functions, triggers and the like there; make them with runSQL";

/** CREATE VIEW, `how` before the word VIEW, `options` behind the columns. */
export function createView(quote: Quote, { name, columns, query }: View, how = "", options = ""): string {
  const list = columns && nameList(quote, columns);
  return lines(words("CREATE", how, "VIEW", quote(name), list, options, "AS"), withoutEnd(query));
}

/** `"name" TYPE NOT NULL DEFAULT …`; a column that numbers itself is a standard identity column. */
export function columnDefinition(quote: Quote, column: Column): string {
  return words(
    quote(column.name),
    column.type,
    column.collation !== undefined && `COLLATE ${quote(column.collation)}`,
    !column.nullable && "NOT NULL",
    columnValue(quote, column),
  );
}

/** Where the values of a column come from that a row does not give. */
function columnValue(quote: Quote, { autoIncrement, identity, generated, default: value }: Column): string | false {
  if (generated) return `GENERATED ALWAYS AS (${generated.as})${generated.stored ? " STORED" : " VIRTUAL"}`;
  if (identity) return identityClause(quote, identity);
  if (autoIncrement) return "GENERATED BY DEFAULT AS IDENTITY";
  return value !== undefined && `DEFAULT ${value}`;
}

/** `GENERATED ALWAYS AS IDENTITY (START WITH 100)`. */
export const identityClause = (quote: Quote, { always, name, ...options }: Identity): string => {
  const told = words(name !== undefined && `SEQUENCE NAME ${quote(name)}`, sequenceOptions(options));
  return words(`GENERATED ${always ? "ALWAYS" : "BY DEFAULT"} AS IDENTITY`, told !== "" && `(${told})`);
};

/** `START WITH 100 INCREMENT BY 2`: what a sequence is told beyond its defaults. */
export const sequenceOptions = (options: SequenceOptions): string =>
  words(
    options.start !== undefined && `START WITH ${options.start}`,
    options.increment !== undefined && `INCREMENT BY ${options.increment}`,
    options.min !== undefined && `MINVALUE ${options.min}`,
    options.max !== undefined && `MAXVALUE ${options.max}`,
    options.cache !== undefined && `CACHE ${options.cache}`,
    options.cycle && "CYCLE",
  );

/** CREATE TABLE with columns, primary key and foreign keys, one per line. */
export function createTable(parts: Required<AnsiParts>, table: TableImage): string {
  const { quote } = parts;
  return block(`CREATE TABLE ${quote(table.name)}`, [
    ...table.columns.map((c) => parts.column(c, table.name)),
    ...(table.primaryKey ? [primaryKeyDefinition(quote, keyOf(table))] : []),
    ...(table.constraints ?? []).map((constraint) => constraintDefinition(quote, constraint)),
    ...table.foreignKeys.map((key) => foreignKeyConstraint(quote, key)),
  ]);
}

/** `CONSTRAINT "name" PRIMARY KEY (…)`. */
export const primaryKeyDefinition = (quote: Quote, key: Key): string =>
  words(
    key.name !== undefined && `CONSTRAINT ${quote(key.name)}`,
    `PRIMARY KEY ${nameList(quote, key.columns)}`,
    key.include && `INCLUDE ${nameList(quote, key.include)}`,
    deferral(key.deferrable),
  );

type Key = Pick<StatementOf<"addPrimaryKey">, "columns" | "name" | "include" | "deferrable">;

/** The primary key that comes with a table. */
export const keyOf = ({
  primaryKey = [],
  primaryKeyName: name,
  primaryKeyDeferrable: deferrable,
  primaryKeyInclude: include,
}: TableImage): Key => ({
  columns: primaryKey,
  ...(name !== undefined && { name }),
  ...(include && { include }),
  ...(deferrable && { deferrable }),
});

/** `CONSTRAINT "name" FOREIGN KEY (…) REFERENCES … (…) ON DELETE …`; NO ACTION is the standard's default and left out. */
export function foreignKeyConstraint(quote: Quote, key: ForeignKeyImage): string {
  return words(
    key.name !== undefined && `CONSTRAINT ${quote(key.name)}`,
    `FOREIGN KEY ${nameList(quote, key.columns)}`,
    `REFERENCES ${quote(key.table)} ${nameList(quote, key.referencedColumns)}`,
    key.matchFull && "MATCH FULL",
    key.onDelete !== "NO ACTION" && `ON DELETE ${key.onDelete}`,
    key.onDeleteColumns && nameList(quote, key.onDeleteColumns),
    key.onUpdate !== "NO ACTION" && `ON UPDATE ${key.onUpdate}`,
    deferral(key.deferrable),
    key.notValid && "NOT VALID",
  );
}

/** `CONSTRAINT "name" CHECK (…)` and the like. */
export function constraintDefinition(quote: Quote, constraint: Constraint): string {
  const head = `CONSTRAINT ${quote(constraint.name)}`;
  if ("check" in constraint) {
    const { check, noInherit, notValid } = constraint;
    return words(head, `CHECK (${check})`, noInherit && "NO INHERIT", notValid && "NOT VALID");
  }
  const include = "include" in constraint && constraint.include && `INCLUDE ${nameList(quote, constraint.include)}`;
  if ("unique" in constraint) {
    const { unique, nullsNotDistinct, deferrable } = constraint;
    const nulls = nullsNotDistinct && "NULLS NOT DISTINCT";
    return words(head, "UNIQUE", nulls, nameList(quote, unique), include, deferral(deferrable));
  }
  const { exclude, method, where, deferrable } = constraint;
  const elements = exclude.map((element) => `${indexElement(quote, element)} WITH ${element.with}`).join(", ");
  const using = method !== undefined && `USING ${method}`;
  return words(head, "EXCLUDE", using, `(${elements})`, where && `WHERE (${where})`, deferral(deferrable));
}

const deferral = (deferrable: Deferrable | undefined): string | undefined =>
  deferrable && (deferrable === "deferred" ? "DEFERRABLE INITIALLY DEFERRED" : "DEFERRABLE");

/** A field or an expression with how it is sorted and compared, in the order that PostgreSQL and SQLite share. */
export function indexElement(quote: Quote, field: IndexField): string {
  const { field: name, expression, collation, operatorClass, order, nulls } = elementOf(field);
  return words(
    name === undefined ? `(${expression})` : quote(name),
    collation !== undefined && `COLLATE ${quote(collation)}`,
    operatorClass,
    order === "desc" && "DESC",
    nulls && `NULLS ${nulls.toUpperCase()}`,
  );
}

/** CREATE INDEX with method and predicate, `how` before the name, in PostgreSQL's form, which SQLite shares but for the method. */
export function createIndex(quote: Quote, table: string, index: IndexImage, how = ""): string {
  return words(
    `CREATE ${index.unique ? "UNIQUE " : ""}INDEX`,
    how,
    `${quote(index.name)} ON ${quote(table)}`,
    index.method && `USING ${index.method}`,
    `(${index.fields.map((field) => indexElement(quote, field)).join(", ")})`,
    index.include && `INCLUDE ${nameList(quote, index.include)}`,
    index.nullsNotDistinct && "NULLS NOT DISTINCT",
    index.with &&
      `WITH (${Object.entries(index.with)
        .map(([key, value]) => `${key} = ${value}`)
        .join(", ")})`,
    index.where && `WHERE ${index.where}`,
  );
}

/** One ALTER TABLE with a clause per property that changes. */
export function alterColumn(quote: Quote, { table, before, after }: StatementOf<"alterColumn">): string {
  const at = `ALTER COLUMN ${quote(after.name)}`;
  const clauses = [
    before.default !== undefined && before.default !== after.default && `${at} DROP DEFAULT`,
    before.type !== after.type && `${at} SET DATA TYPE ${after.type}`,
    after.default !== undefined && before.default !== after.default && `${at} SET DEFAULT ${after.default}`,
    before.nullable !== after.nullable && `${at} ${after.nullable ? "DROP" : "SET"} NOT NULL`,
  ].filter((clause) => clause !== false);
  return `ALTER TABLE ${quote(table)}\n${stacked(clauses)}`;
}

/** UPDATE, then INSERT where there is no such row: needs no unique constraint on the keys, and nothing beyond the standard. */
export function upsertRow(quote: Quote, statement: UpsertRows, row: SqlRow): readonly string[] {
  const table = quote(statement.table);
  const given = statement.columns.filter((c) => row[c] !== undefined);
  const others = given.filter((c) => !statement.keys.includes(c));
  const match = matchRow(quote, statement.keys, row);
  const update = lines(`UPDATE ${table} SET`, stacked(others.map((c) => `${quote(c)} = ${row[c]}`)), `WHERE ${match}`);
  const insert = lines(
    `INSERT INTO ${table} ${nameList(quote, given)}`,
    `SELECT ${given.map((c) => row[c]).join(", ")}`,
    `WHERE NOT EXISTS (SELECT 1 FROM ${table} WHERE ${match})`,
  );
  return others.length > 0 ? [update, insert] : [insert];
}

/**
 * INSERT with `ON CONFLICT`, as PostgreSQL and SQLite write it; the keys must have a unique constraint. Rows that give
 * different columns go into statements of their own, so that what a row does not give keeps its value or takes its default. `overriding` stands
 * before VALUES.
 */
export const insertOnConflict = (quote: Quote, statement: UpsertRows, overriding = ""): readonly string[] =>
  inParts(statement).map((part) => insertRows(quote, part, overriding));

/** The rows in statements each of whose rows give the same columns, some hundred in one. */
export const inParts = (statement: UpsertRows): readonly UpsertRows[] =>
  sameShape(statement).flatMap(({ columns, rows }) =>
    chunks(rows, 500).map((part) => ({ ...statement, columns, rows: part })),
  );

/** The rows in groups that give the same columns; groups come in the order of their first row. */
function sameShape({ columns, rows }: UpsertRows): readonly Pick<UpsertRows, "columns" | "rows">[] {
  const shapes = new Map<string, { readonly columns: readonly string[]; readonly rows: SqlRow[] }>();
  for (const row of rows) {
    const given = columns.filter((c) => row[c] !== undefined);
    const shape = shapes.get(JSON.stringify(given)) ?? { columns: given, rows: [] };
    shape.rows.push(row);
    shapes.set(JSON.stringify(given), shape);
  }
  return [...shapes.values()];
}

function insertRows(quote: Quote, { table, columns, keys, rows }: UpsertRows, overriding: string): string {
  const others = columns.filter((c) => !keys.includes(c));
  const update = others.map((c) => `${quote(c)} = EXCLUDED.${quote(c)}`).join(", ");
  return lines(
    `INSERT INTO ${quote(table)} ${nameList(quote, columns)} ${overriding}VALUES`,
    stacked(rows.map((row) => `(${columns.map((c) => row[c]).join(", ")})`)),
    `ON CONFLICT ${nameList(quote, keys)} ${update === "" ? "DO NOTHING" : `DO UPDATE SET ${update}`}`,
  );
}

function deleteRows(quote: Quote, { table, keys, rows }: StatementOf<"deleteRows">): string {
  const from = `DELETE FROM ${quote(table)} WHERE`;
  const [key] = keys;
  if (keys.length === 1 && key !== undefined)
    return `${from} ${quote(key)} IN (${rows.map((row) => row[key] ?? "NULL").join(", ")})`;
  return lines(from, rows.map((row) => `  (${matchRow(quote, keys, row)})`).join(" OR\n"));
}

/** A key that is NULL matches nothing, as in a unique constraint. */
export function matchRow(quote: Quote, keys: readonly string[], row: SqlRow): string {
  return keys.map((key) => `${quote(key)} = ${row[key] ?? "NULL"}`).join(" AND ");
}
