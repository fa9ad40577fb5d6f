import type { UnsupportedObject } from "../../core/ddl/dialect.ts";
import type { Column, IndexImage, TableImage } from "../../core/ddl/statement.ts";
import { aggregates } from "./columns.ts";
import { readProperties, writeProperties } from "./options.ts";
import { stringOf } from "./quote.ts";
import { clausesOf, closingAt, columnsIn, partsOf } from "./text.ts";

/** A table as SHOW CREATE TABLE tells it, and what of it has no place in the model. */
export interface Defined {
  readonly table: TableImage;
  readonly unsupported: readonly UnsupportedObject[];
}

/**
 * Reads what https://docs.starrocks.io/docs/sql-reference/sql-statements/table_bucket_part_index/SHOW_CREATE_TABLE/ gives; `undefined` for what is no table
 * of StarRocks' own (a view, a table of another system).
 */
export function readDefinition(name: string, sql: string): Defined | undefined {
  if (!/^CREATE (?:TEMPORARY )?TABLE /i.test(sql)) return undefined;
  const start = sql.indexOf("(");
  const end = closingAt(sql, start);
  const rest = sql.slice(end + 1).replace(/;\s*$/, "");
  if (start < 0 || end < 0 || !/^\s*ENGINE\s*=\s*(?:OLAP|CLOUD_NATIVE)\b/i.test(rest)) return undefined;
  const parts = partsOf(sql.slice(start + 1, end));
  const clauses = clausesOf(rest, keywords);
  const primary = columnsIn(clauses.get("PRIMARY KEY") ?? "") ?? [];
  const indexes = parts.filter(isIndex).map(indexOf);
  const comment = stringOf(clauses.get("COMMENT") ?? "");
  const options = optionsIn(clauses);
  return {
    table: {
      name,
      columns: parts.filter((part) => !isIndex(part)).map(columnOf),
      ...(primary.length > 0 && { primaryKey: primary }),
      indexes: indexes.flatMap((index) => index ?? []),
      foreignKeys: [],
      ...(comment !== undefined && comment !== "" && comment !== "OLAP" && { comment }),
      ...(Object.keys(options).length > 0 && { options }),
    },
    unsupported: clauses.has("ROLLUP")
      ? [
          {
            kind: "rollup",
            object: clauses.get("ROLLUP") ?? "",
            table: name,
            reason: "a rollup is not part of a schema",
          },
        ]
      : [],
  };
}

const keywords = [
  "DUPLICATE KEY",
  "PRIMARY KEY",
  "UNIQUE KEY",
  "AGGREGATE KEY",
  "COMMENT",
  "PARTITION BY",
  "DISTRIBUTED BY",
  "ORDER BY",
  "ROLLUP",
  "PROPERTIES",
];

/** As the options have them: lists without parentheses, names without backticks. */
function optionsIn(clauses: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const list = (clause: string): string | undefined => columnsIn(clauses.get(clause) ?? "")?.join(", ");
  const properties = new Map(
    [...readProperties(clauses.get("PROPERTIES") ?? "")].filter(
      ([key, value]) => usual[key] !== value && !internal.has(key),
    ),
  );
  const found: readonly (readonly [string, string | undefined])[] = [
    ["duplicate_key", list("DUPLICATE KEY")],
    ["unique_key", list("UNIQUE KEY")],
    ["aggregate_key", list("AGGREGATE KEY")],
    ["partition_by", clauses.get("PARTITION BY")],
    ["distributed_by", clauses.get("DISTRIBUTED BY")],
    ["order_by", list("ORDER BY")],
    ["properties", writeProperties(properties)],
  ];
  return Object.fromEntries(
    found.flatMap(([key, text]) => (text === undefined || text === "" ? [] : [[key, text.replaceAll("`", "")]])),
  );
}

/** What is told of every table, said or not. */
const usual: Readonly<Record<string, string>> = { replication_num: "3", compression: "LZ4" };
const internal = new Set([
  "in_memory",
  "enable_persistent_index",
  "persistent_index_type",
  "replicated_storage",
  "fast_schema_evolution",
  "cloud_native_fast_schema_evolution_v2",
  "light_schema_change",
  "storage_format",
  "storage_volume",
  "datacache.enable",
  "enable_async_write_back",
  "file_bundling",
  "compaction_strategy",
]);

const isIndex = (part: string): boolean => /^INDEX\s/i.test(part);

/** `INDEX name (`column`) USING BITMAP("k" = "v") COMMENT ''` */
function indexOf(part: string): IndexImage | undefined {
  const [, name, list = "", method = "BITMAP", parameters = "", comment = ""] =
    /^INDEX\s+`?(\w+)`?\s*\(([^)]*)\)\s*(?:USING\s+(\w+)\s*(?:\(([^)]*)\))?)?\s*(?:COMMENT\s+([\s\S]*))?$/i.exec(
      part,
    ) ?? [];
  const fields = columnsIn(list);
  if (name === undefined || fields === undefined) return undefined;
  const said = readProperties(parameters);
  const text = stringOf(comment) ?? "";
  return {
    name,
    fields,
    ...(method.toUpperCase() !== "BITMAP" && { method: method.toLowerCase() }),
    ...(said.size > 0 && { with: Object.fromEntries(said) }),
    ...(text !== "" && { comment: text }),
  };
}

/** `` `name` type SUM NOT NULL DEFAULT "x" COMMENT "…" ``, in that order. */
function columnOf(part: string): Column {
  const [, name = "", rest = ""] = /^`?(\w+)`?\s+([\s\S]*)$/.exec(part) ?? [];
  const clauses = clausesOf(rest, ["NOT NULL", "NULL", "AUTO_INCREMENT", "DEFAULT", "AS", "COMMENT"]);
  const [, type = "", aggregate] =
    new RegExp(`^([\\s\\S]*?)(?:\\s+(${aggregates.join("|")}))?$`, "i").exec(clauses.get("") ?? "") ?? [];
  const comment = stringOf(clauses.get("COMMENT") ?? "") ?? "";
  const [written, generated] = [clauses.get("DEFAULT"), clauses.get("AS")];
  return {
    name,
    type: type.trim(),
    nullable: !clauses.has("NOT NULL"),
    ...(written !== undefined && !/^null$/i.test(written) && { default: written }),
    ...(clauses.has("AUTO_INCREMENT") && { autoIncrement: true }),
    ...(generated !== undefined && { generated: { as: generated, stored: true } }),
    ...(aggregate !== undefined && { options: { aggregate: aggregate.toUpperCase() } }),
    ...(comment !== "" && { comment }),
  };
}
