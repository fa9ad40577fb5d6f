import type { Introspection, LiveSchema, Row, UnsupportedObject } from "../../core/ddl/dialect.ts";
import type { Column, IndexImage, TableImage } from "../../core/ddl/statement.ts";
import { isOwn } from "./own-tables.ts";
import { writeTtl } from "./ttl.ts";

/**
 * What `DescribeTable` answers, in the JSON form of Protocol Buffers, as far as it is read here:
 * https://github.com/ydb-platform/ydb/blob/main/ydb/public/api/protos/ydb_table.proto
 */
export interface Description {
  readonly columns?: readonly ColumnMeta[];
  readonly primaryKey?: readonly string[];
  readonly indexes?: readonly IndexMeta[];
  readonly partitioningSettings?: Readonly<Record<string, string>>;
  readonly ttlSettings?: { readonly dateTypeColumn?: TtlMeta; readonly valueSinceUnixEpoch?: TtlMeta };
  readonly readReplicasSettings?: {
    readonly perAzReadReplicasCount?: string;
    readonly anyAzReadReplicasCount?: string;
  };
  readonly keyBloomFilter?: string;
  readonly changefeeds?: readonly { readonly name: string }[];
  readonly storeType?: string;
}

interface ColumnMeta {
  readonly name: string;
  readonly type?: TypeMeta;
  readonly notNull?: boolean;
  readonly fromSequence?: object;
}

interface TypeMeta {
  readonly typeId?: string;
  readonly decimalType?: { readonly precision: number; readonly scale?: number };
  readonly optionalType?: { readonly item?: TypeMeta };
  readonly pgType?: { readonly typeName?: string };
}

interface IndexMeta {
  readonly name: string;
  readonly indexColumns?: readonly string[];
  readonly dataColumns?: readonly string[];
  readonly globalIndex?: object;
  readonly globalAsyncIndex?: object;
  readonly globalUniqueIndex?: object;
}

interface TtlMeta {
  readonly columnName: string;
  readonly expireAfterSeconds?: number;
  readonly columnUnit?: string;
}

/**
 * No query tells what tables look like, so this one is not of YQL: the driver lists the directories of the database and describes each table
 * (https://ydb.tech/docs/en/concepts/datamodel/cluster-namespace). A row is an object: its `kind`, its `name`, which is its path below the database, and of a table its `description` as
 * JSON and the `defaults` of its columns as literals.
 */
export const introspect: Introspection = { queries: { scheme: "DESCRIBE SCHEME" }, read };

function read(rows: Readonly<Record<string, readonly Row[]>>): LiveSchema {
  const found = (rows["scheme"] ?? []).map(readObject);
  return {
    tables: found.flatMap(({ table }) => table ?? []),
    unsupported: found.flatMap(({ unsupported }) => unsupported),
  };
}

interface Found {
  readonly table?: TableImage;
  readonly unsupported: readonly UnsupportedObject[];
}

function readObject(row: Row): Found {
  const [kind, name] = [String(row["kind"]), String(row["name"])];
  if (kind !== "table") return { unsupported: [other(kind, name)] };
  const description = JSON.parse(String(row["description"])) as Description;
  const columns = (description.columns ?? []).map((column) => column.name);
  if (isOwn(name, columns)) return { unsupported: [] };
  if (description.storeType === "STORE_TYPE_COLUMN") return { unsupported: [other("column-oriented table", name)] };
  const defaults = JSON.parse(String(row["defaults"] ?? "{}")) as Readonly<Record<string, string>>;
  return { table: tableOf(name, description, defaults), unsupported: beyond(name, description) };
}

const other = (kind: string, object: string): UnsupportedObject => ({
  kind,
  object,
  reason: `a ${kind} is not part of a schema`,
});

function tableOf(name: string, described: Description, defaults: Readonly<Record<string, string>>): TableImage {
  const options = optionsOf(described);
  return {
    name,
    columns: (described.columns ?? []).map((column) => columnOf(column, defaults[column.name])),
    primaryKey: described.primaryKey ?? [],
    indexes: (described.indexes ?? []).flatMap((index) => indexOf(index) ?? []),
    foreignKeys: [],
    ...(Object.keys(options).length > 0 && { options }),
  };
}

function columnOf({ name, type, notNull, fromSequence }: ColumnMeta, value: string | undefined): Column {
  return {
    name,
    type: nativeType(type),
    nullable: fromSequence === undefined && !(notNull ?? type?.optionalType === undefined),
    ...(value !== undefined && { default: value }),
    ...(fromSequence !== undefined && { autoIncrement: true }),
  };
}

/** `UTF8` as Utf8, `JSON_DOCUMENT` as JsonDocument: what YQL calls them. */
function nativeType(type: TypeMeta = {}): string {
  if (type.optionalType) return nativeType(type.optionalType.item);
  if (type.decimalType) return `Decimal(${type.decimalType.precision},${type.decimalType.scale ?? 0})`;
  if (type.pgType) return `pg${type.pgType.typeName ?? ""}`;
  const word = (type.typeId ?? "unknown").toLowerCase();
  if (word === "dynumber") return "DyNumber";
  return word
    .split("_")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
}

/** `undefined` for an index of another kind: for vectors, for words of a text, or in each part of the table. */
function indexOf(index: IndexMeta): IndexImage | undefined {
  const { name, indexColumns = [], dataColumns = [] } = index;
  if (!(index.globalIndex || index.globalAsyncIndex || index.globalUniqueIndex)) return undefined;
  return {
    name,
    fields: indexColumns,
    ...(index.globalUniqueIndex && { unique: true }),
    ...(index.globalAsyncIndex && { method: "async" }),
    ...(dataColumns.length > 0 && { include: dataColumns }),
  };
}

function beyond(table: string, { indexes = [], changefeeds = [] }: Description): readonly UnsupportedObject[] {
  return [
    ...indexes
      .filter((index) => indexOf(index) === undefined)
      .map(({ name }) => ({ kind: "index", object: name, table, reason: "godwit makes sync and async indexes there" })),
    ...changefeeds.map(({ name }) => ({
      kind: "changefeed",
      object: name,
      table,
      reason: "a changefeed is not part of a schema",
    })),
  ];
}

function optionsOf(described: Description): Readonly<Record<string, string>> {
  const { partitioningSettings: parts = {}, readReplicasSettings: replicas, keyBloomFilter, ttlSettings } = described;
  const found: Readonly<Record<string, string | undefined>> = {
    auto_partitioning_by_size: parts["partitioningBySize"],
    auto_partitioning_by_load: parts["partitioningByLoad"],
    auto_partitioning_partition_size_mb: parts["partitionSizeMb"],
    auto_partitioning_min_partitions_count: parts["minPartitionsCount"],
    auto_partitioning_max_partitions_count: parts["maxPartitionsCount"],
    read_replicas_settings: replicasOf(replicas),
    key_bloom_filter: keyBloomFilter,
    ttl: ttlOf(ttlSettings),
  };
  return Object.fromEntries(
    Object.entries(found).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== "STATUS_UNSPECIFIED",
    ),
  );
}

function replicasOf(settings: Description["readReplicasSettings"] = {}): string | undefined {
  if (settings.perAzReadReplicasCount !== undefined) return `PER_AZ:${settings.perAzReadReplicasCount}`;
  return settings.anyAzReadReplicasCount === undefined ? undefined : `ANY_AZ:${settings.anyAzReadReplicasCount}`;
}

function ttlOf(settings: Description["ttlSettings"] = {}): string | undefined {
  const found = settings.dateTypeColumn ?? settings.valueSinceUnixEpoch;
  if (!found) return undefined;
  const { columnName: column, expireAfterSeconds: seconds = 0, columnUnit } = found;
  return writeTtl({ seconds, column, ...(columnUnit && { unit: columnUnit.replace(/^UNIT_/, "") }) });
}
