import {
  argumentsOf,
  type Builder,
  type ColumnRecord,
  columnOf,
  customTypeFor,
  type Flavour,
  type State,
} from "./column.ts";
import { check, foreignKey, index, type Marked, primaryKey, unique, uniqueIndex } from "./constraints.ts";
import { textLiteral } from "./sql.ts";
import { type Columns, type Database, tableMaker } from "./table.ts";
import { viewMaker } from "./view.ts";

/** What `"drizzle-orm/mysql-core"` exports, as far as tables need it. */
export { check, foreignKey, index, primaryKey, unique, uniqueIndex };

const flavour: Flavour = { quote: "`", literal, stored: false, methods };

const make = (record: ColumnRecord): Builder => columnOf(flavour, record);

interface Config {
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  readonly fsp: number;
  readonly unsigned: boolean;
}

/** A column whose type is followed by what its configuration says. */
const typed =
  (
    type: string,
    parameters: (config: Partial<Config>) => readonly unknown[] = () => [],
    more: Partial<ColumnRecord> = {},
  ) =>
  (a?: unknown, b?: unknown): Builder => {
    const { name, config } = argumentsOf<Config>(a, b);
    const given = parameters(config).filter((part) => part !== undefined);
    const full = `${type}${given.length > 0 ? `(${given.join(",")})` : ""}${config.unsigned ? " unsigned" : ""}`;
    return make({ ...(name !== undefined && { name }), type: full, ...more });
  };

const long = ({ length }: Partial<Config>) => [length];
const digits = ({ precision, scale }: Partial<Config>) => [precision, scale];
const fraction = ({ fsp }: Partial<Config>) => [fsp];

export const bigint = typed("bigint");
export const binary = typed("binary", long);
export const boolean = typed("boolean");
export const char = typed("char", long);
export const date = typed("date");
export const datetime = typed("datetime", fraction);
export const decimal = typed("decimal", digits);
export const double = typed("double", digits);
export const float = typed("float", digits);
export const int = typed("int");
export const json = typed("json");
export const longtext = typed("longtext");
export const mediumint = typed("mediumint");
export const mediumtext = typed("mediumtext");
export const real = typed("double", digits);
export const serial = typed("bigint unsigned", undefined, { numbered: true, notNull: true });
export const smallint = typed("smallint");
export const text = typed("text");
export const time = typed("time", fraction);
export const timestamp = typed("timestamp", fraction);
export const tinyint = typed("tinyint");
export const tinytext = typed("tinytext");
export const varbinary = typed("varbinary", long);
export const varchar = typed("varchar", long);
export const year = typed("year");

/** `mysqlEnum("name", ["a", "b"])`, `mysqlEnum(["a", "b"])` */
export function mysqlEnum(a: unknown, b?: unknown): Builder {
  const [name, given] = typeof a === "string" ? [a, b] : [undefined, a];
  const values = Object.values((given ?? []) as object).map((value) => textLiteral(String(value)));
  return make({ ...(name && { name }), type: `enum(${values.join(",")})` });
}

export const customType = customTypeFor(make);

const database: Database = {
  dialect: "mysql",
  flavour,
  builders: {
    ...{
      bigint,
      binary,
      boolean,
      char,
      customType,
      date,
      datetime,
      decimal,
      double,
      float,
      int,
      json,
      longtext,
      mediumint,
    },
    ...{
      mediumtext,
      mysqlEnum,
      real,
      serial,
      smallint,
      text,
      time,
      timestamp,
      tinyint,
      tinytext,
      varbinary,
      varchar,
      year,
    },
  },
};

export const mysqlTable = tableMaker(database);
export const mysqlTableCreator =
  (nameOf: (name: string) => string) =>
  (name: string, columns: Columns, extra?: (columns: unknown) => unknown): Marked =>
    mysqlTable(nameOf(name), columns, extra);
export const mysqlView = viewMaker(database, { materialized: false });
export const alias = (table: unknown): unknown => table;

function methods({ record, ...state }: State, next: (state: State) => Builder): Readonly<Record<string, unknown>> {
  const having = (more: Partial<ColumnRecord>) => next({ ...state, record: { ...record, ...more } });
  const leaving = (what: string) => having({ left: [...(record.left ?? []), what] });
  const precision = /\(\d\)$/.exec(record.type)?.[0] ?? "";
  return {
    autoincrement: () => having({ numbered: true }),
    // It is written as (now()), which the server reads as this.
    defaultNow: () => having({ default: `CURRENT_TIMESTAMP${precision}` }),
    onUpdateNow: () => having({ onUpdateNow: true }),
    charSet: (name: unknown) => leaving(`character set ${name}`),
    collate: (name: unknown) => leaving(`collation ${name}`),
  };
}

/** As drizzle-kit writes it. */
function literal(value: unknown): string {
  if (typeof value === "string") return textLiteral(value);
  return typeof value === "object" && value !== null ? `(${textLiteral(JSON.stringify(value))})` : String(value);
}
