import {
  argumentsOf,
  type Builder,
  type ColumnRecord,
  columnOf,
  customTypeFor,
  type Flavour,
  type State,
} from "./column.ts";
import { check, foreignKey, index, type Marked, policy, primaryKey, unique, uniqueIndex } from "./constraints.ts";
import { ENUM, ROLE, SEQUENCE } from "./marks.ts";
import { textLiteral } from "./sql.ts";
import { type Columns, type Database, tableMaker } from "./table.ts";
import { viewMaker } from "./view.ts";

/** What `"drizzle-orm/pg-core"` exports, as far as tables need it. */
export { check, foreignKey, index, primaryKey, unique, uniqueIndex };

const flavour: Flavour = { quote: '"', literal, stored: true, methods };

const make = (record: ColumnRecord): Builder => columnOf(flavour, record);

const plain =
  (type: string, more: Partial<ColumnRecord> = {}) =>
  (a?: unknown, b?: unknown): Builder => {
    const { name } = argumentsOf(a, b);
    return make({ ...(name !== undefined && { name }), type, ...more });
  };

/** A column whose type depends on its configuration. */
const typed =
  <C extends object>(typeOf: (config: Partial<C>) => string) =>
  (a?: unknown, b?: unknown): Builder => {
    const { name, config } = argumentsOf<C>(a, b);
    return make({ ...(name !== undefined && { name }), type: typeOf(config) });
  };

type Length = { length: number };
type Time = { precision: number; withTimezone: boolean };
type Digits = { precision: number; scale: number };
type Dimensions = { dimensions: number };

const withLength = (type: string) =>
  typed<Length>(({ length }) => (length === undefined ? type : `${type}(${length})`));
const withDimensions = (type: string) => typed<Dimensions>(({ dimensions }) => `${type}(${dimensions})`);
const timed = (type: string) =>
  typed<Time>(
    ({ precision, withTimezone }) =>
      `${type}${precision === undefined ? "" : `(${precision})`}${withTimezone ? " with time zone" : ""}`,
  );

export const bigint = plain("bigint");
export const bigserial = plain("bigint", { numbered: true, notNull: true });
export const bit = withDimensions("bit");
export const boolean = plain("boolean");
export const bytea = plain("bytea");
export const char = withLength("char");
export const cidr = plain("cidr");
export const date = plain("date");
export const doublePrecision = plain("double precision");
export const geometry = plain("geometry(point)");
export const halfvec = withDimensions("halfvec");
export const inet = plain("inet");
export const integer = plain("integer");
export const interval = typed<{ fields: string; precision: number }>(
  ({ fields, precision }) => `interval${fields ? ` ${fields}` : ""}${precision ? `(${precision})` : ""}`,
);
export const json = plain("json");
export const jsonb = plain("jsonb");
export const line = plain("line");
export const macaddr = plain("macaddr");
export const macaddr8 = plain("macaddr8");
export const numeric = typed<Digits>(({ precision, scale }) =>
  precision === undefined ? "numeric" : `numeric(${precision}${scale === undefined ? "" : `,${scale}`})`,
);
export const decimal = numeric;
export const point = plain("point");
export const real = plain("real");
export const serial = plain("integer", { numbered: true, notNull: true });
export const smallint = plain("smallint");
export const smallserial = plain("smallint", { numbered: true, notNull: true });
export const sparsevec = withDimensions("sparsevec");
export const text = plain("text");
export const time = timed("time");
export const timestamp = timed("timestamp");
export const uuid = plain("uuid");
export const varchar = withLength("varchar");
export const vector = withDimensions("vector");

export const customType = customTypeFor(make);

export const pgEnum = (name: string, values: readonly string[] | Readonly<Record<string, string>>) =>
  enumOf(name, values);

function enumOf(name: string, given: readonly string[] | Readonly<Record<string, string>>, schema?: string): unknown {
  const values = Array.isArray(given) ? given : Object.values(given);
  const column = (key?: string) =>
    make({ ...(key && { name: key }), type: [schema ?? [], name].flat().map(typeName).join(".") });
  return Object.assign(column, {
    [ENUM]: { dialect: "postgresql", name, values, ...(schema !== undefined && { schema }) },
    enumName: name,
    enumValues: values,
  });
}

const database: Database = {
  dialect: "postgresql",
  flavour,
  builders: {
    ...{
      bigint,
      bigserial,
      bit,
      boolean,
      bytea,
      char,
      cidr,
      customType,
      date,
      doublePrecision,
      geometry,
      halfvec,
      inet,
      integer,
    },
    ...{
      interval,
      json,
      jsonb,
      line,
      macaddr,
      macaddr8,
      numeric,
      decimal,
      point,
      real,
      serial,
      smallint,
      smallserial,
      sparsevec,
    },
    ...{ text, time, timestamp, uuid, varchar, vector },
  },
};

const inPublic = tableMaker(database);
export const pgTable = Object.assign(inPublic, {
  withRLS: (name: string, columns: Columns, extra?: (columns: unknown) => unknown) =>
    (inPublic(name, columns, extra)["enableRLS"] as () => Marked)(),
});
export const pgTableCreator =
  (nameOf: (name: string) => string) =>
  (name: string, columns: Columns, extra?: (columns: unknown) => unknown): Marked =>
    inPublic(nameOf(name), columns, extra);
export const pgView = viewMaker(database, { materialized: false });
export const pgMaterializedView = viewMaker(database, { materialized: true });
export const pgPolicy = policy;
export const pgRole = (name: string, config: object = {}): Marked => ({
  [ROLE]: { name, existing: false, config },
  name,
  existing: () => ({ [ROLE]: { name, existing: true }, name }),
});
export const pgSequence = (name: string, options: object = {}): Marked => sequenceOf(name, options);

const sequenceOf = (name: string, options: object, schema?: string): Marked => ({
  [SEQUENCE]: { name, options: toldOf(options), ...(schema !== undefined && { schema }) },
  seqName: name,
});

/** What a sequence is told; numbers may come as any type that has digits. */
function toldOf(options: object): Readonly<Record<string, string | boolean>> {
  const told = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(told.map(([key, value]) => [key, typeof value === "boolean" ? value : String(value)]));
}

/** A schema of the database, and what can be made in it. */
export const pgSchema = (schema: string): Marked => ({
  schemaName: schema,
  table: tableMaker(database, schema),
  view: viewMaker(database, { materialized: false, schema }),
  materializedView: viewMaker(database, { materialized: true, schema }),
  enum: (name: string, values: readonly string[]) => enumOf(name, values, schema),
  sequence: (name: string, options: object = {}) => sequenceOf(name, options, schema),
  existing: () => pgSchema(schema),
});

export const alias = (table: unknown): unknown => table;

function methods(state: State, next: (state: State) => Builder): Readonly<Record<string, unknown>> {
  const having = (more: Partial<ColumnRecord>) => next({ ...state, record: { ...state.record, ...more } });
  const { record } = state;
  const identity =
    (always: boolean) =>
    (config: Readonly<Record<string, unknown>> = {}) => {
      const { name, ...options } = config;
      const told = toldOf(options);
      return having({ notNull: true, identity: { always, ...(typeof name === "string" && { name }), options: told } });
    };
  return {
    array: () => having({ type: `${record.type}[]` }),
    defaultNow: () => having({ default: "now()" }),
    defaultRandom: () => having({ default: "gen_random_uuid()" }),
    generatedAlwaysAsIdentity: identity(true),
    generatedByDefaultAsIdentity: identity(false),
  };
}

/** As drizzle-kit writes it. */
function literal(value: unknown, type: string): string {
  if (typeof value === "string") return textLiteral(value);
  if (/^jsonb?$/.test(type)) return textLiteral(JSON.stringify(value));
  if (Array.isArray(value)) return textLiteral(arrayText(value));
  return typeof value === "object" && value !== null ? textLiteral(JSON.stringify(value)) : String(value);
}

const arrayText = (values: readonly unknown[]): string => `{${values.map((value) => elementText(value)).join(",")}}`;

function elementText(value: unknown): string {
  if (Array.isArray(value)) return arrayText(value);
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/** As the database writes the name of a type. */
const typeName = (part: string): string => (/^[a-z_][a-z0-9_]*$/.test(part) ? part : `"${part}"`);
