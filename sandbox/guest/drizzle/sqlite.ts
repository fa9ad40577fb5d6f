import { argumentsOf, type Builder, type ColumnRecord, columnOf, customTypeFor, type Flavour } from "./column.ts";
import { check, foreignKey, index, type Marked, primaryKey, unique, uniqueIndex } from "./constraints.ts";
import { textLiteral } from "./sql.ts";
import { type Columns, type Database, tableMaker } from "./table.ts";
import { viewMaker } from "./view.ts";

/** What `"drizzle-orm/sqlite-core"` exports, as far as tables need it. */
export { check, foreignKey, index, primaryKey, unique, uniqueIndex };

const flavour: Flavour = {
  quote: '"',
  literal,
  stored: false,
  methods: (state, next) => ({
    defaultNow: () =>
      next({
        ...state,
        record: { ...state.record, default: "(cast((julianday('now') - 2440587.5)*86400000 as integer))" },
      }),
  }),
};

const plain =
  (type: string) =>
  (a?: unknown, b?: unknown): Builder => {
    const { name } = argumentsOf(a, b);
    return make({ ...(name !== undefined && { name }), type });
  };

const make = (record: ColumnRecord): Builder => columnOf(flavour, record);

export const integer = plain("integer");
export const int = integer;
export const real = plain("real");
export const numeric = plain("numeric");
export const blob = plain("blob");
export const text = (a?: unknown, b?: unknown): Builder => {
  const { name, config } = argumentsOf<{ length: number; mode: string }>(a, b);
  const long = config.length && config.mode !== "json" ? `(${config.length})` : "";
  return make({ ...(name !== undefined && { name }), type: `text${long}` });
};

export const customType = customTypeFor(make);

const database: Database = {
  dialect: "sqlite",
  flavour,
  builders: { integer, int, real, numeric, blob, text, customType },
};

export const sqliteTable = tableMaker(database);
export const sqliteTableCreator =
  (nameOf: (name: string) => string) =>
  (name: string, columns: Columns, extra?: (columns: unknown) => unknown): Marked =>
    sqliteTable(nameOf(name), columns, extra);
export const sqliteView = viewMaker(database, { materialized: false });
export const view = sqliteView;
export const alias = (table: unknown): unknown => table;

/** As drizzle-kit writes it, but for true and false, which SQLite keeps as numbers. */
function literal(value: unknown): string {
  if (typeof value === "string") return textLiteral(value);
  if (typeof value === "boolean") return value ? "1" : "0";
  return typeof value === "object" && value !== null ? textLiteral(JSON.stringify(value)) : String(value);
}
