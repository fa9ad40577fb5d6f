import type { Introspection, LiveSchema, Row } from "../../core/ddl/dialect.ts";
import type { Column, TableImage } from "../../core/ddl/statement.ts";
import mysql from "../mysql/dialect.ts";

const { triggers: _, routines: __, parameters: ___, events: ____, ...shared } = mysql.introspect.queries;

/** https://docs.pingcap.com/tidb/stable/information-schema-tables/: engine and row format are always the same, so that they say nothing. */
const tables = (shared["tables"] ?? "").replace(
  "t.create_options AS options",
  "CASE WHEN t.create_options LIKE '%partitioned%' THEN 'partitioned' ELSE '' END AS options,\n  t.tidb_pk_type AS clustering, t.tidb_row_id_sharding_info AS sharding, t.tidb_placement_policy_name AS placement",
);

/** The current time is no text, though the catalog marks only other expressions: https://docs.pingcap.com/tidb/stable/information-schema-columns/ */
const columns = (shared["columns"] ?? "")
  .replace(
    /CASE WHEN VERSION\(\)[\s\S]*?END AS `default`/,
    `CASE WHEN c.column_default IS NULL OR c.data_type IN ('timestamp', 'datetime', 'date') AND c.column_default REGEXP '^CURRENT_(TIMESTAMP|DATE)'
      OR c.data_type NOT IN ('timestamp', 'datetime') AND c.extra LIKE '%DEFAULT_GENERATED%' THEN c.column_default
    ELSE QUOTE(c.column_default) END AS \`default\``,
  )
  .replace(/VERSION\(\) NOT LIKE '%MariaDB%' AND c\.extra LIKE '%DEFAULT_GENERATED%' AS/, "FALSE AS")
  .replace(/VERSION\(\) NOT LIKE '%MariaDB%' AS expressions_escaped/, "FALSE AS expressions_escaped");

const indexes = `SELECT s.table_name AS \`table\`, s.index_name AS name, s.non_unique = 0 AS \`unique\`, s.column_name AS \`column\`,
  s.sub_part AS prefix, FALSE AS descending, s.index_type AS method, s.index_comment AS comment, s.is_visible = 'NO' AS hidden, s.expression AS expression
FROM information_schema.statistics AS s WHERE s.table_schema = DATABASE()
ORDER BY s.table_name, s.index_name, s.seq_in_index`;

/** https://docs.pingcap.com/tidb/stable/information-schema-tidb-check-constraints/ */
const checks = `SELECT table_name AS \`table\`, constraint_name AS name, check_clause AS clause, FALSE AS \`escaped\`
FROM information_schema.tidb_check_constraints WHERE constraint_schema = DATABASE() ORDER BY table_name, constraint_name`;

/** Of a view's check option the catalog always says CASCADED, which means nothing where no view is written through. */
const views = `SELECT v.table_name AS name, DATABASE() AS home, v.view_definition AS query, 'NONE' AS check_option, v.security_type AS \`security\`, 'UNDEFINED' AS algorithm
FROM information_schema.views AS v WHERE v.table_schema = DATABASE() ORDER BY CAST(v.table_name AS BINARY)`;

/** Reads the current database from `information_schema`, as far as it is that of MySQL in MySQL's way. */
export const introspect: Introspection = { queries: { ...shared, tables, columns, indexes, checks, views }, read };

type Rows = Readonly<Record<string, readonly Row[]>>;

function read(rows: Rows): LiveSchema {
  const live = mysql.introspect.read(rows);
  const found = new Map((rows["tables"] ?? []).map((row) => [text(row, "table"), row]));
  return { ...live, tables: live.tables.map((table) => withOwn(table, found.get(table.name) ?? {})) };
}

/** With what only TiDB tells of a table, and without the engine, which it has no choice of. */
function withOwn({ options: { engine: _, ...options } = {}, ...table }: TableImage, row: Row): TableImage {
  const sharding = text(row, "sharding");
  const bits = /\bSHARD_BITS=(\d+)/.exec(sharding)?.[1];
  const placement = text(row, "placement");
  const all = {
    ...options,
    ...(table.primaryKey && text(row, "clustering") === "NONCLUSTERED" && { clustered: "false" }),
    ...(bits !== undefined && { shard_row_id_bits: bits }),
    ...(placement !== "" && { placement_policy: placement }),
  };
  return {
    ...table,
    columns: table.columns.map((column) => ({ ...column, ...randomBits(column, table, sharding) })),
    ...(Object.keys(all).length > 0 && { options: all }),
  };
}

/** `PK_AUTO_RANDOM_BITS=5, RANGE BITS=54` */
function randomBits({ name }: Column, { primaryKey = [] }: TableImage, sharding: string): Pick<Column, "options"> {
  const [, bits, range] = /PK_AUTO_RANDOM_BITS=(\d+)(?:,\s*RANGE BITS=(\d+))?/.exec(sharding) ?? [];
  if (bits === undefined || primaryKey[0] !== name) return {};
  return { options: { auto_random: range === undefined || range === "64" ? bits : `${bits}, ${range}` } };
}

const text = (row: Row, column: string): string => String(row[column] ?? "");
