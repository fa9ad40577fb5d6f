import { constraintsOf, withConstraints } from "../schema/constraints.ts";
import type { FieldPath } from "../schema/dependents.ts";
import { withTable } from "../schema/edit.ts";
import { elementOf, fieldsOfIndex, indexUses } from "../schema/index-fields.ts";
import type { ForeignKey, Index, Schema, Table } from "../schema/model.ts";
import { findTable } from "../schema/resolve.ts";
import type { Capabilities, Dialect } from "./dialect.ts";
import { createIndex, foreignKeyImage, tableImage } from "./image.ts";
import type { ForeignKeyImage, Statement, TableImage } from "./statement.ts";

interface KeyIndexes {
  /** Before an index goes: those that foreign keys would be without. */
  readonly first: readonly Statement[];
  /** After one has come: what foreign keys do without from now on. */
  readonly last: readonly Statement[];
}

/**
 * Where a foreign key has to have an index, it is made with one of its name when no other begins with its columns, and lets that go when another
 * one comes. The index that the database would make by itself goes in silence when somebody's own SQL makes another, which can then not be dropped.
 */
export function keyIndexes(before: Schema, after: Schema, name: string, dialect: Dialect): KeyIndexes {
  const [old, now] = [findTable(before, name), findTable(after, name)];
  if (!dialect.capabilities.servesForeignKeys || !old || !now) return { first: [], last: [] };
  const stays = old.foreignKeys.filter((key) => now.foreignKeys.some((other) => other.name === key.name));
  const [was, is] = [before, after].map((schema) => stays.filter((key) => isCovered(schema, name, key, dialect)));
  return {
    first: stays
      .filter((key) => was?.includes(key) && !is?.includes(key))
      .map((key) => ({ ...createIndex(before, name, ownIndex(key), dialect), unlessThere: true })),
    last: stays
      .filter((key) => is?.includes(key) && !was?.includes(key))
      .map((key) => ({ kind: "dropIndex", table: name, index: ownIndex(key), ifThere: true })),
  };
}

/** The same around a change of columns, under which no other index of theirs will do. */
export function keyIndexesAround(
  { before, after, dialect }: { readonly before: Schema; readonly after: Schema; readonly dialect: Dialect },
  columns: readonly FieldPath[],
): KeyIndexes {
  if (!dialect.capabilities.servesForeignKeys) return { first: [], last: [] };
  const names = [...new Set(columns.map(({ table }) => table))];
  const all = names.map((name) => {
    const fields = columns.filter(({ table }) => table === name).map(({ field }) => field);
    const between = (schema: Schema) => withTable(schema, name, (table) => withoutIndexesOf(table, fields));
    return {
      first: keyIndexes(before, between(before), name, dialect).first,
      last: keyIndexes(between(after), after, name, dialect).last,
    };
  });
  return { first: all.flatMap(({ first }) => first), last: all.flatMap(({ last }) => last) };
}

/** Foreign keys of these columns are made anew anyway. */
function withoutIndexesOf({ primaryKey, ...table }: Table, fields: readonly string[]): Table {
  const isOf = (names: readonly string[]): boolean => names.some((name) => fields.includes(name));
  const constraints = constraintsOf(table).filter((c) => !("unique" in c && isOf(c.unique)));
  return {
    ...withConstraints(table, constraints),
    ...(primaryKey && !isOf(primaryKey) && { primaryKey }),
    indexes: table.indexes.filter((index) => !fields.some((field) => indexUses(index, field))),
    foreignKeys: table.foreignKeys.filter((key) => !isOf(key.fields)),
  };
}

const ownIndex = ({ name, fields }: ForeignKey): Index => ({ name, fields });

const isCovered = (schema: Schema, of: string, key: ForeignKey, dialect: Dialect): boolean =>
  isServed(tableImage(schema, of, dialect), { name: key.name, columns: key.fields }, dialect.capabilities);

/** Whether the primary key or an index other than its own begins with the columns of a foreign key, and will do for it. */
export function isServed(
  { columns: all, primaryKey = [], constraints = [], indexes }: TableImage,
  { name, columns }: Pick<ForeignKeyImage, "name" | "columns">,
  { servesForeignKeys }: Pick<Capabilities, "servesForeignKeys">,
): boolean {
  const covered = [
    primaryKey,
    ...constraints.flatMap((c) => ("unique" in c ? [c.unique] : [])),
    ...indexes.filter((index) => index.name !== name && isUsable(index)).map(fieldsOfIndex),
  ];
  const serves = (names: readonly string[]): boolean =>
    servesForeignKeys?.(all.filter((column) => names.includes(column.name))) ?? false;
  return covered.some((names) => columns.every((column, i) => names[i] === column) && serves(names));
}

/** Adds a foreign key of a table. */
export const addForeignKey = (schema: Schema, table: string, key: ForeignKey, dialect: Dialect): Statement => ({
  kind: "addForeignKey",
  table,
  foreignKey: foreignKeyImage(schema, key, dialect),
  ...(dialect.capabilities.servesForeignKeys && isCovered(schema, table, key, dialect) && { served: true }),
});

/** Neither a fulltext or spatial one, nor one that is not used, nor one that does not hold values as a whole. */
const isUsable = ({ method, with: parameters, fields }: Index): boolean =>
  !/^(?:fulltext|spatial)$/i.test(method ?? "") &&
  parameters?.["hidden"] === undefined &&
  fields.map(elementOf).every(({ field, prefix }) => field !== undefined && prefix === undefined);
