import type { LostColumn, Refill } from "../../core/ddl/lost-column.ts";
import { stringLiteral } from "../../core/ddl/sql.ts";
import { canonicalType, isNumericType, isTextType } from "./types.ts";

/**
 * The column with a default for a moment, so that no trigger fires for its rows: the emptiest value of its type, or another one for each row. Whole numbers
 * of a key are counted.
 */
export function refill({ column, values, apart, allowed }: LostColumn): Refill | undefined {
  const type = canonicalType(column.domain ?? column.type);
  const isCounted = apart && column.domain === undefined && ["smallint", "integer", "bigint"].includes(type);
  if (isCounted) return { first: { ...column, autoIncrement: true } };
  const same = allowed ?? (values?.[0] === undefined ? empty(type) : stringLiteral(values[0]));
  const value = (apart ? another(type) : undefined) ?? same;
  return value === undefined ? undefined : { first: { ...column, default: value } };
}

/** Version 12 has no gen_random_uuid() of its own. */
const randomText = "md5(random()::TEXT || random()::TEXT)";

function another(type: string): string | undefined {
  if (type === "uuid") return `${randomText}::UUID`;
  if (!isTextType(type)) return undefined;
  const length = /\((\d+)\)/.exec(type)?.[1];
  return length === undefined ? randomText : `left(${randomText}, ${length})`;
}

function empty(type: string): string | undefined {
  if (type.endsWith("[]") || type.endsWith("multirange")) return "'{}'";
  if (type.endsWith("range")) return "'empty'";
  if (isTextType(type)) return "''";
  if (isNumericType(type)) return "0";
  if (type === "bit" || type.startsWith("bit(")) return `0::${type}`;
  return emptyValues[type.replace(/\(.*\)/, "")];
}

/** Without parameters. */
const emptyValues: Readonly<Record<string, string>> = {
  boolean: "FALSE",
  date: "'1970-01-01'",
  timestamp: "'1970-01-01'",
  timestamptz: "'1970-01-01 00:00:00+00'",
  time: "'00:00:00'",
  timetz: "'00:00:00+00'",
  interval: "'0'",
  uuid: "'00000000-0000-0000-0000-000000000000'",
  json: "'{}'",
  jsonb: "'{}'",
  bytea: "''",
  money: "0",
  oid: "0",
  inet: "'0.0.0.0'",
  cidr: "'0.0.0.0/32'",
  macaddr: "'00:00:00:00:00:00'",
  varbit: "''",
  point: "'(0,0)'",
  tsvector: "''",
  xml: "''",
  citext: "''",
  hstore: "''",
  ltree: "''",
};
