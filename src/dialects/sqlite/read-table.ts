import type { Row } from "../../core/ddl/dialect.ts";
import type { Column, ForeignKeyImage, IndexImage, TableImage } from "../../core/ddl/statement.ts";
import { freeName, isDefaultName, keyName } from "../../core/schema/constraints.ts";
import { indexField } from "../../core/schema/index-fields.ts";
import type { Constraint, IndexElement } from "../../core/schema/model.ts";
import { autoUpdateName } from "./auto-update.ts";
import { type Clause, clausesText, isAbout, saysSomething } from "./clauses.ts";
import type { GivenNames } from "./given-names.ts";
import { type IndexText, readIndexText } from "./index-text.ts";
import type { LiveIndex, LiveTable } from "./live-table.ts";
import { hasDefaultName } from "./options.ts";
import type { LiveKeys } from "./read-keys.ts";
import { text } from "./rows-by.ts";
import { isKeyword, tokenize } from "./tokens.ts";

/** What a table needs of the others: their names and the keys between them, and the names of all triggers. */
export type Beside = Pick<LiveKeys, "names" | "of"> & { readonly triggers: ReadonlySet<string> };

/** A table as a statement would make it. */
export function readTable(table: LiveTable, { names, of, triggers }: Beside): TableImage {
  const foreignKeys = of.get(table.name) ?? [];
  const constraints = named(table, names);
  const options = readOptions(table, { foreignKeys, constraints, names });
  return {
    name: table.name,
    ...(options && { options }),
    columns: table.columns.filter((c) => c["hidden"] !== 1).map((c) => readColumn(table, c, triggers)),
    ...(table.key.length > 0 && { primaryKey: table.key, ...keyName(table.name, table.text.keyName) }),
    indexes: table.indexes.flatMap((index) => readIndex(table, index) ?? []),
    foreignKeys,
    ...(constraints.length > 0 && { constraints }),
  };
}

function readColumn(table: LiveTable, row: Row, triggers: ReadonlySet<string>): Column {
  const name = text(row, "name");
  const type = text(row, "type");
  const inKey = row["pk"] !== 0;
  const facts = table.text.columns.get(name);
  const isUpdated = triggers.size > 0 && triggers.has(autoUpdateName(table.name, name));
  // SQLite lets most primary keys be NULL unless told otherwise, an old bug it keeps; nobody means it.
  const nullable = row["required"] === 0 && !inKey;
  const column: Column =
    row["default"] === null ? { name, type, nullable } : { name, type, nullable, default: text(row, "default") };
  const isNumbered = inKey && table.text.autoIncrement;
  if (!isNumbered && !isUpdated && !facts) return column;
  return {
    ...column,
    ...(isNumbered && { autoIncrement: true }),
    ...(isUpdated && { autoUpdate: true }),
    ...facts,
  };
}

/** What is said of the table beyond its columns, and how its keys are written; `undefined` where that is nothing. */
function readOptions(
  table: LiveTable,
  {
    foreignKeys,
    constraints,
    names: given,
  }: Required<Pick<TableImage, "foreignKeys" | "constraints">> & { readonly names: GivenNames },
): Readonly<Record<string, string>> | undefined {
  const notNull = notNullKey(table);
  const clauses = furtherClauses(table, given);
  const isNamed = hasGivenDefaultName(table, { foreignKeys, constraints });
  const isPlain = !table.strict && !table.withoutRowid && notNull === undefined && !isNamed && clauses.length === 0;
  if (isPlain) return undefined;
  return {
    ...(table.strict && { strict: "true" }),
    ...(table.withoutRowid && { without_rowid: "true" }),
    ...(notNull !== undefined && { not_null_key: notNull }),
    ...(isNamed && { named_keys: "true" }),
    ...(clauses.length > 0 && { clauses: clausesText(clauses) }),
  };
}

/** Whether a constraint was given the name that it would have without one. */
function hasGivenDefaultName(
  { name: table, text: found, columns }: LiveTable,
  { foreignKeys, constraints }: Required<Pick<TableImage, "foreignKeys" | "constraints">>,
): boolean {
  const isGiven = (key: ForeignKeyImage): boolean => found.foreignKeys.some(({ name }) => name === key.name);
  if (foreignKeys.some((key) => isGiven(key) && hasDefaultName(table, key))) return true;
  if (constraints.length === 0) return false;
  const given = new Set(found.constraints.map(({ name }) => name));
  const names = columns.map((c) => text(c, "name"));
  return constraints.some((c) => given.has(c.name) && isDefaultName(table, c, names));
}

/** The clauses that say something, and those of the same columns, among which they are found by their place. */
function furtherClauses(table: LiveTable, names: GivenNames): readonly Clause[] {
  const { clauses } = table.text;
  if (clauses.length === 0) return clauses;
  // The number of the row is sorted as it is, whatever is said of it.
  const isRowid = !table.withoutRowid && !table.indexes.some((index) => index.ofKey);
  const given = clauses.map((clause) => ({
    ...clause,
    elements: clause.elements.map((e) => ({
      name: names.column(table.name, e.name),
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
function notNullKey(table: LiveTable): string | undefined {
  const { key: sorted, indexes } = table;
  const { required } = table.text;
  const key = sorted.length < 2 ? sorted : table.columns.filter((c) => c["pk"] !== 0).map((c) => text(c, "name"));
  const named = key.filter((name) => required.includes(name));
  const isRowid = !indexes.some((index) => index.ofKey);
  const implied = isRowid || table.withoutRowid || table.strict;
  if (key.length === 0 || named.length === (implied ? 0 : key.length)) return undefined;
  return named.length === key.length ? "true" : named.join(", ") || "false";
}

/** A constraint without a name has the one that a schema gives it; CREATE TABLE leaves that out. */
function named({ name: table, columns, text: found }: LiveTable, names: GivenNames): readonly Constraint[] {
  if (found.constraints.length === 0) return [];
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

function readIndex(table: LiveTable, index: LiveIndex): IndexImage | undefined {
  if (index.sql === undefined) return undefined;
  const { elements, where } = isTold(index, index.sql) ? notRead : readIndexText(index.sql);
  return {
    name: index.name,
    fields: elementsOf(table, index, elements).map(indexField),
    ...(index.unique && { unique: true }),
    ...(where !== undefined && { where }),
  };
}

/** Whether the pragma says all of an index: it covers columns only, of all rows, and names no collation. */
const isTold = ({ columns }: LiveIndex, sql: string): boolean =>
  columns.every((column) => typeof column["name"] === "string") && !/WHERE|COLLATE/i.test(sql);

const notRead: IndexText = { elements: [] };

/** Whether it names a collation, be it the one that its column has anyway. */
const says = (element: string): boolean =>
  /collate/i.test(element) && tokenize(element).some((token) => isKeyword(token, "COLLATE"));

/** What an index covers; an expression as it is written. */
function elementsOf(table: LiveTable, index: LiveIndex, texts: readonly string[]): readonly IndexElement[] {
  return index.columns.map((column, i) => {
    const name = column["name"];
    const own = typeof name === "string" ? (table.text.columns.get(name)?.collation ?? "BINARY") : undefined;
    const collation = String(column["coll"]);
    const written = texts[i] ?? "";
    if (own === collation && column["desc"] === 0 && !says(written)) return { field: String(name) };
    return {
      ...(typeof name === "string" ? { field: name } : { expression: written }),
      ...(column["desc"] === 1 && { order: "desc" as const }),
      ...(own !== undefined && (own.toUpperCase() !== collation.toUpperCase() || says(written)) && { collation }),
    };
  });
}
