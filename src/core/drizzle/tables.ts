import type { Column, ForeignKeyImage, IndexImage, TableImage } from "../ddl/statement.ts";
import { storedNumber } from "../ddl/stored-number.ts";
import { indexField } from "../schema/index-fields.ts";
import type { Constraint, Identity, IndexElement, ReferentialAction, SequenceOptions } from "../schema/model.ts";
import { headOf } from "../schema/names.ts";
import type { RecordedColumn, RecordedTable } from "./recorded.ts";

interface Surroundings {
  /** All that are imported; a foreign key to another table cannot be declared. */
  readonly tables: readonly RecordedTable[];
  /** There are policies for it. */
  readonly secured: boolean;
}

/** A table as drizzle-kit makes it: its names for what has none, and what it takes for granted. */
export function tableOf(table: RecordedTable, { tables, secured }: Surroundings): TableImage {
  const key = keyOf(table);
  const uniques = uniquesOf(table);
  const constraints: readonly Constraint[] = [
    ...table.checks.map(({ name, check }) => ({ name: cut(name), check })),
    ...(table.dialect === "postgresql" ? uniques : []),
  ];
  const indexes = table.indexes.map((index) => indexOf(table, index));
  return {
    name: nameIn(table.schema, table.name),
    columns: table.columns.map((column) => columnOf(column, { table, key: key?.primaryKey ?? [] })),
    ...key,
    indexes: table.dialect === "postgresql" ? indexes : [...uniques.map(asIndex), ...indexes],
    foreignKeys: table.foreignKeys
      .filter((fk) => tables.some(({ name, schema }) => name === fk.table && schema === fk.schema))
      .map((fk) => foreignKeyOf(table, fk)),
    ...(constraints.length > 0 && { constraints }),
    ...((table.rowSecurity || secured) && { rowSecurity: "enabled" as const }),
  };
}

/** The name of something that is in a schema of the database. */
export const nameIn = (schema: string | undefined, name: string): string =>
  schema === undefined ? name : `${schema}.${name}`;

/** PostgreSQL cuts longer names off; MySQL refuses them. */
const cut = (name: string): string => headOf(name, 63);

function keyOf({
  name,
  columns,
  keys,
  dialect,
}: RecordedTable): Pick<TableImage, "primaryKey" | "primaryKeyName"> | undefined {
  const [key] = keys;
  if (key) {
    const primaryKeyName = cut(key.name ?? `${name}_${key.columns.join("_")}_pk`);
    return { primaryKey: key.columns, ...(dialect === "postgresql" && { primaryKeyName }) };
  }
  const own = columns.filter(({ primaryKey }) => primaryKey).map((column) => column.name);
  return own.length > 0 ? { primaryKey: own } : undefined;
}

type Unique = Extract<Constraint, { readonly unique: unknown }>;

const uniquesOf = (table: RecordedTable): readonly Unique[] => [
  ...table.columns.flatMap(({ name, unique }) => (unique ? uniqueOf(table, { ...unique, columns: [name] }) : [])),
  ...table.uniques.map((unique) => uniqueOf(table, unique)),
];

const uniqueOf = (
  table: RecordedTable,
  { name, columns, nullsNotDistinct }: RecordedTable["uniques"][number],
): Unique => ({
  name: cut(name ?? `${table.name}_${columns.join("_")}_unique`),
  unique: columns,
  ...(nullsNotDistinct && { nullsNotDistinct }),
});

const asIndex = ({ name, unique }: Unique): IndexImage => ({ name, fields: unique, unique: true });

function columnOf(
  column: RecordedColumn,
  { table, key }: { readonly table: RecordedTable; readonly key: readonly string[] },
): Column {
  const { name, type, notNull, numbered, generated, identity } = column;
  const value = column.default === undefined ? undefined : defaultOf(column.default, type, table.dialect);
  return {
    name,
    type,
    nullable: !notNull && !key.includes(name),
    ...(value !== undefined && { default: value }),
    ...(numbered && { autoIncrement: true }),
    ...(column.onUpdateNow && { autoUpdate: true }),
    ...(generated && {
      generated: { as: withoutParentheses(generated.as), ...(generated.stored && { stored: true }) },
    }),
    ...(identity && { identity: identityOf(identity, `${table.name}_${name}_seq`) }),
  };
}

/** As the database gives it back. */
function defaultOf(sql: string, type: string, dialect: string): string {
  if (dialect !== "postgresql") return withoutParentheses(sql);
  const number = /^'?(-?\d+(?:\.\d+)?)'?$/.exec(sql)?.[1];
  return number !== undefined && numeric.test(type) ? storedNumber(number, type) : sql;
}

const numeric = /^(?:smallint|integer|bigint|real|double precision|numeric(?:\(.*\))?)$/;

/** `(a)` is kept as `a`; `(a) || (b)` is not in parentheses. */
function withoutParentheses(sql: string): string {
  const text = sql.trim();
  if (!text.startsWith("(") || !text.endsWith(")")) return text;
  let depth = 0;
  for (const [i, character] of [...text].entries()) {
    if (character === "(") depth++;
    if (character === ")") depth--;
    if (depth === 0 && i < text.length - 1) return text;
  }
  return withoutParentheses(text.slice(1, -1));
}

const sequenceKeys = {
  startWith: "start",
  increment: "increment",
  minValue: "min",
  maxValue: "max",
  cache: "cache",
} as const;

function identityOf({ always, name, options }: NonNullable<RecordedColumn["identity"]>, usual: string): Identity {
  return {
    ...(always && { always: true }),
    ...(name !== undefined && name !== usual && { name }),
    ...sequenceOptionsOf(options),
  };
}

/** What a sequence is told, by the names that a schema has for it. */
export function sequenceOptionsOf(options: NonNullable<RecordedColumn["identity"]>["options"]): SequenceOptions {
  const told = Object.entries(sequenceKeys).flatMap(([key, ours]) => {
    const value = options[key];
    if (typeof value !== "string") return [];
    return [[ours, Number.isSafeInteger(Number(value)) ? Number(value) : value] as const];
  });
  return { ...Object.fromEntries(told), ...(options["cycle"] === true && { cycle: true }) };
}

function indexOf(table: RecordedTable, index: RecordedTable["indexes"][number]): IndexImage {
  const elements = index.columns.map(elementOf);
  const method = index.method?.toLowerCase();
  return {
    name: cut(index.name ?? `${table.name}_${elements.map(({ field }) => field ?? "").join("_")}_index`),
    fields: elements.map(indexField),
    ...(index.unique && { unique: true }),
    ...(method !== undefined && method !== "btree" && { method }),
    ...(index.where !== undefined && { where: index.where }),
    ...(index.with && Object.keys(index.with).length > 0 && { with: index.with }),
  };
}

/** Drizzle asks for NULLS LAST in either direction, which goes without saying only where it is ascending. */
function elementOf({
  column,
  expression = "",
  order,
  nulls,
  operatorClass,
}: RecordedTable["indexes"][number]["columns"][number]): IndexElement {
  if (column === undefined) return expressionOf(expression);
  const last = (nulls ?? "last") === "last";
  return {
    field: column,
    ...(order === "desc" && { order: "desc" }),
    ...(order === "desc" && last && { nulls: "last" }),
    ...(order !== "desc" && !last && { nulls: "first" }),
    ...(operatorClass !== undefined && { operatorClass }),
  };
}

/** SQL of an index may be a column, and say how it is sorted: `lower(name)`, `"created" DESC`. */
function expressionOf(sql: string): IndexElement {
  const [, text = sql, order] = /^(.*?)(?:\s+(asc|desc))?$/is.exec(sql.trim()) ?? [];
  const [, plain, inQuotes] = /^(?:([A-Za-z_]\w*)|"((?:[^"]|"")+)")$/.exec(text) ?? [];
  const field = plain ?? inQuotes?.replaceAll('""', '"');
  return {
    ...(field === undefined ? { expression: withoutParentheses(text) } : { field }),
    ...(order?.toLowerCase() === "desc" && { order: "desc" }),
  };
}

function foreignKeyOf(table: RecordedTable, key: RecordedTable["foreignKeys"][number]): ForeignKeyImage {
  const parts = [table.name, ...key.columns, key.table, ...key.foreignColumns];
  return {
    // On SQLite, drizzle-kit leaves the name out.
    ...(table.dialect !== "sqlite" && { name: cut(key.name ?? `${parts.join("_")}_fk`) }),
    columns: key.columns,
    table: nameIn(key.schema, key.table),
    referencedColumns: key.foreignColumns,
    onDelete: actionOf(key.onDelete),
    onUpdate: actionOf(key.onUpdate),
  };
}

const actionOf = (action: string | undefined): ReferentialAction =>
  (action?.toUpperCase() as ReferentialAction | undefined) ?? "NO ACTION";
