import type { Change } from "../diff/change.ts";
import { extraTable, missingTable, tableChanges } from "../diff/drift.ts";
import type { Field, ForeignKey, Index, Schema } from "../schema/model.ts";
import { foreignKeyName } from "../schema/names.ts";
import { findTable } from "../schema/resolve.ts";
import type { Dialect, LiveSchema } from "./dialect.ts";
import { tableImage } from "./image.ts";
import type { Column, ForeignKeyImage, TableImage } from "./statement.ts";

/** What a database has, declared as fields: the schema that an import writes. */
export const schemaOfImages = (tables: readonly TableImage[], dialect: Dialect): Schema =>
  schemaOf(
    tables,
    (column) => dialect.fieldOf(column),
    (index) => index,
    dialect.name,
  );

/**
 * A schema as the dialect's database has it, in the form in which two are compared: native types, defaults and predicates in
 * their canonical spelling. Such a schema is for comparing only.
 */
export const normalize = (schema: Schema, dialect: Dialect): Schema =>
  comparable(
    schema.tables.map((table) => tableImage(schema, table.name, dialect)),
    dialect,
  );

/** What introspection found, in the form that `normalize` gives. */
const comparable = (tables: readonly TableImage[], dialect: Dialect): Schema =>
  schemaOf(
    tables.map((table) => dialect.canonicalTable?.(table) ?? table),
    (column) => canonicalField(column, dialect),
    (index) => canonicalIndex(index, dialect),
    dialect.name,
  );

/** Where a live database is not what the schema says: tables in the schema's order, then what only the database has. */
export function diffLive(expected: Schema, live: LiveSchema, dialect: Dialect): readonly Change[] {
  const want = normalize(expected, dialect);
  const have = comparable(live.tables, dialect);
  const extra = have.tables.filter((table) => !findTable(want, table.name));
  return [
    ...want.tables.flatMap((table) => {
      const found = findTable(have, table.name);
      return found ? tableChanges({ want, have, table, found }) : [missingTable(table)];
    }),
    ...extra.map(extraTable),
  ];
}

function schemaOf(
  tables: readonly TableImage[],
  fieldOf: (column: Column) => Field,
  indexOf: (index: Index) => Index,
  name: string,
): Schema {
  return {
    tables: tables.map((table) => ({
      name: table.name,
      fields: table.columns.map(fieldOf),
      ...(table.primaryKey?.length && { primaryKey: table.primaryKey }),
      indexes: table.indexes.map(indexOf),
      foreignKeys: table.foreignKeys.map((key) => foreignKeyOf(table, key, tables)),
      ...(Object.keys(table.options ?? {}).length > 0 && { options: { [name]: table.options ?? {} } }),
    })),
    defaults: {},
    typeMappings: {},
  };
}

function foreignKeyOf(table: TableImage, key: ForeignKeyImage, tables: readonly TableImage[]): ForeignKey {
  const primary = tables.find((t) => t.name === key.table)?.primaryKey ?? [];
  const isPrimary = key.referencedColumns.join("\0") === primary.join("\0");
  return {
    name: key.name ?? foreignKeyName(table.name, key.columns),
    fields: key.columns,
    references: { table: key.table, ...(!isPrimary && { fields: key.referencedColumns }) },
    onDelete: key.onDelete,
    onUpdate: key.onUpdate,
  };
}

function canonicalField(column: Column, dialect: Dialect): Field {
  const type = dialect.canonicalType(column.type);
  const written = column.default === undefined ? undefined : dialect.canonicalDefault(column.default, column.type);
  const sql = written?.toUpperCase() === "NULL" ? undefined : written;
  return {
    name: column.name,
    type: column.autoIncrement ? `${type} numbered by the database` : type,
    nullable: column.nullable,
    ...(sql !== undefined && { default: { sql } }),
    ...(column.autoUpdate && { autoUpdate: true }),
  };
}

function canonicalIndex({ method: declared, ...index }: Index, dialect: Dialect): Index {
  const method = declared === undefined ? undefined : dialect.capabilities.comparedIndexMethod(declared);
  return {
    ...index,
    ...(method !== undefined && { method }),
    ...(index.where !== undefined && { where: dialect.canonicalPredicate(index.where) }),
  };
}
