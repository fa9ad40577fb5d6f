import type { Introspection, LiveSchema, Row, UnsupportedObject } from "../../core/ddl/dialect.ts";
import { ownComment } from "../../core/ddl/own-columns.ts";
import type { Column, IndexImage, TableImage } from "../../core/ddl/statement.ts";
import { nativeTypePattern } from "../../core/schema/types.ts";
import { enums } from "./enums.ts";
import { indexKinds } from "./keys.ts";
import { storageIn } from "./options.ts";
import { columnsIn, firstList, nameOf, partsOf, topLevelClauses } from "./text.ts";

/** A whole database in one query, and so in one state; what a table has several of is JSON. */
const tables = `SELECT t.name AS name, t.engine AS engine, t.engine_full AS definition, t.comment AS comment, t.create_table_query AS text, c.columns AS columns, i.indexes AS indexes
FROM system.tables AS t
LEFT JOIN (
  SELECT table, toJSONString(arraySort(x -> x.1, groupArray((position, name, type, default_kind, default_expression, compression_codec, comment)))) AS columns
  FROM system.columns WHERE database = currentDatabase() GROUP BY table
) AS c ON c.table = t.name
LEFT JOIN (
  SELECT table, toJSONString(groupArray((name, type_full, expr, toInt32(granularity)))) AS indexes
  FROM system.data_skipping_indices WHERE database = currentDatabase() AND NOT startsWith(name, 'auto_minmax_index_') GROUP BY table
) AS i ON i.table = t.name
WHERE t.database = currentDatabase() AND NOT t.is_temporary AND NOT startsWith(t.name, 'godwit_') AND t.comment != '${ownComment}'
  AND NOT startsWith(t.name, '.inner')
ORDER BY t.name`;

/** Reads the current database from `system`. */
export const introspect: Introspection = { queries: { tables }, read };

type ColumnRow = readonly [number, string, string, string, string, string, string];
type IndexRow = readonly [string, string, string, number];

interface LiveTable {
  readonly row: Row;
  readonly name: string;
  readonly columns: readonly ColumnRow[];
  readonly indexes: readonly IndexRow[];
}

function read(rows: Readonly<Record<string, readonly Row[]>>): LiveSchema {
  const all = (rows["tables"] ?? []).map(
    (row): LiveTable => ({
      row,
      name: text(row, "name"),
      columns: list<ColumnRow>(row, "columns"),
      indexes: list<IndexRow>(row, "indexes"),
    }),
  );
  const isTable = ({ row }: LiveTable): boolean => /MergeTree$/.test(text(row, "engine"));
  return {
    tables: all.filter(isTable).map(imageOf),
    unsupported: all.flatMap((table) => (isTable(table) ? faultsOf(table) : [otherThanTable(table)])),
  };
}

function imageOf({ row, name, columns, indexes }: LiveTable): TableImage {
  const lifetimes = lifetimesIn(text(row, "text"));
  return {
    name,
    columns: columns.filter((column) => isPlain(column)).map((column) => columnOf(column, lifetimes)),
    ...storageIn(text(row, "definition")),
    ...commentOf(text(row, "comment")),
    indexes: indexes.flatMap((index) => indexOf(index) ?? []),
    foreignKeys: [],
  };
}

const isPlain = ([, , , kind]: ColumnRow): boolean => kind === "" || kind === "DEFAULT";

function columnOf(
  [, name, native, kind, sql, codec, comment]: ColumnRow,
  lifetimes: ReadonlyMap<string, string>,
): Column {
  const plain =
    /^Nullable\((.*)\)$/s.exec(native)?.[1] ??
    native.replace(/^LowCardinality\(Nullable\((.*)\)\)$/s, "LowCardinality($1)");
  const ttl = lifetimes.get(name);
  const options = {
    ...(codec !== "" && { codec: codec.replace(/^CODEC\((.*)\)$/s, "$1") }),
    ...(ttl !== undefined && { ttl }),
  };
  return {
    name,
    type: plain,
    nullable: plain !== native,
    ...(kind === "DEFAULT" && { default: sql }),
    ...commentOf(comment),
    ...(Object.keys(options).length > 0 && { options }),
  };
}

/** Column → its TTL, which only the text of a table tells. */
function lifetimesIn(create: string): ReadonlyMap<string, string> {
  if (!/\bTTL\b/.test(create)) return new Map();
  const clauses = [
    "DEFAULT",
    "MATERIALIZED",
    "ALIAS",
    "EPHEMERAL",
    "COMMENT",
    "CODEC",
    "STATISTICS",
    "TTL",
    "SETTINGS",
  ];
  return new Map(
    partsOf(firstList(create)).flatMap((part) => {
      const [quoted = ""] = /^`(?:[^`\\]|\\[\s\S])+`|^\w+/.exec(part) ?? [];
      const ttl = topLevelClauses(part.slice(quoted.length), clauses).get("TTL");
      return ttl === undefined ? [] : [[nameOf(quoted) ?? quoted, ttl] as const];
    }),
  );
}

const commentOf = (comment: string) => (comment === "" ? {} : { comment });

/** `undefined` for an index that is more than the model holds. */
function indexOf([name, kind, expression, granularity]: IndexRow): IndexImage | undefined {
  const fields = columnsIn(expression);
  const method = Object.keys(indexKinds).find((key) => indexKinds[key] === kind);
  if (fields === undefined || method === undefined || granularity !== 1) return undefined;
  return { name, fields, ...(method !== "minmax" && { method }) };
}

function faultsOf({ row, name, columns, indexes }: LiveTable): readonly UnsupportedObject[] {
  const found = (kind: string, object: string, reason: string): UnsupportedObject => ({
    kind,
    object,
    table: name,
    reason,
  });
  return [
    ...columns.flatMap((column) => columnFaults(column).map(([kind, why]) => found(kind, column[1], why))),
    ...othersIn(text(row, "text")).map(([kind, object]) =>
      found(kind, object, `a ${kind} is not part of a schema there`),
    ),
    ...indexes
      .filter((index) => indexOf(index) === undefined)
      .map(([index, kind, expression]) => found("index", index, `it is of type ${kind} over ${expression}`)),
  ];
}

/** The checks and projections in the text of a table, which older servers tell in no other place. */
function othersIn(create: string): readonly (readonly [kind: string, name: string])[] {
  if (!/\b(?:CONSTRAINT|PROJECTION)\b/.test(create)) return [];
  return partsOf(firstList(create)).flatMap((part) => {
    const [, word, name = ""] = /^(CONSTRAINT|PROJECTION) (`(?:[^`\\]|\\[\s\S])+`|\w+)/.exec(part) ?? [];
    if (word === undefined) return [];
    return [[word === "CONSTRAINT" ? "check" : "projection", nameOf(name) ?? name] as const];
  });
}

function columnFaults([, , type, kind, sql]: ColumnRow): readonly (readonly [string, string])[] {
  return [
    ...(kind === "" || kind === "DEFAULT" ? [] : [[`${kind.toLowerCase()} column`, `its values are ${sql}`] as const]),
    ...(nativeTypePattern.test(type) || enums.valuesOf(type.replace(/^Nullable\((.*)\)$/s, "$1"))
      ? []
      : [["column type", `its type is ${type}`] as const]),
  ];
}

const otherThanTable = ({ row, name }: LiveTable): UnsupportedObject => {
  const engine = text(row, "engine");
  const kind = /View$/.test(engine)
    ? engine.replace(/([a-z])View$/, "$1 view").toLowerCase()
    : `table of engine ${engine}`;
  return { kind, object: name, reason: `a ${kind} is not part of a schema` };
};

const text = (row: Row, column: string): string => String(row[column] ?? "");

const list = <T>(row: Row, column: string): readonly T[] => JSON.parse(text(row, column) || "[]") as readonly T[];
