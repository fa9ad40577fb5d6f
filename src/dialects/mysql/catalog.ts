import { objectQueries } from "./catalog-objects.ts";
import { historyComment } from "./own-tables.ts";

/** The tables that introspection is about: of the current database, without godwit's own. */
const own = `(t.table_name LIKE 'godwit\\_%' OR t.table_comment = '${historyComment}')`;
const tables = `information_schema.tables AS t`;
const here = `t.table_schema = DATABASE() AND t.table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') AND NOT ${own}`;

/**
 * A fixed number of queries, however many tables there are. Every column has a name of its own, because MySQL gives those of its catalog in
 * upper case. What stands in a comment with \`M!\` is read by MariaDB only, whose names of constraints are unique per table only; MySQL, where they are
 * of the whole database, says elsewhere which table has a check. Nothing is joined that need not be: MariaDB opens tables for it one by one, and MySQL compares each
 * check with each other.
 */
export const queries = {
  tables: `SELECT t.table_name AS \`table\`, t.engine AS engine, t.table_type AS kind, t.create_options AS options, t.table_collation AS \`collation\`,
  t.table_comment AS comment
FROM ${tables} WHERE ${here} ORDER BY CAST(t.table_name AS BINARY)`,

  columns: `SELECT c.table_name AS \`table\`, c.column_name AS name, c.column_type AS type, c.is_nullable = 'YES' AS nullable,
  CASE WHEN VERSION() LIKE '%MariaDB%' OR c.extra LIKE '%DEFAULT_GENERATED%' OR c.column_default IS NULL THEN c.column_default
    WHEN c.data_type IN ('bit', 'binary', 'varbinary') AND c.column_default <> '' THEN c.column_default
    ELSE QUOTE(c.column_default) END AS \`default\`,
  VERSION() NOT LIKE '%MariaDB%' AND c.extra LIKE '%DEFAULT_GENERATED%' AS \`escaped\`,
  c.generation_expression AS generation, VERSION() NOT LIKE '%MariaDB%' AS expressions_escaped, c.extra AS extra, c.collation_name AS \`collation\`,
  c.column_comment AS comment
FROM information_schema.columns AS c WHERE c.table_schema = DATABASE() ORDER BY c.ordinal_position`,

  indexes: `SELECT s.table_name AS \`table\`, s.index_name AS name, s.non_unique = 0 AS \`unique\`, s.column_name AS \`column\`,
  s.sub_part AS prefix, s.collation = 'D' AS descending, s.index_type AS method, s.index_comment AS comment,
  /*M!100600 s.ignored = 'YES' OR */ /*!80000 s.is_visible = 'NO' OR */ FALSE AS hidden,
  /*!80013 COALESCE(s.expression, */ NULL /*!80013 ) */ AS expression
FROM information_schema.statistics AS s WHERE s.table_schema = DATABASE()
ORDER BY s.table_name, s.index_name, s.seq_in_index`,

  foreignKeys: `SELECT k.table_name AS \`table\`, k.constraint_name AS name, k.column_name AS \`column\`, k.referenced_table_name AS target,
  k.referenced_column_name AS target_column, k.referenced_table_schema <> DATABASE() AS elsewhere, r.delete_rule AS on_delete, r.update_rule AS on_update
FROM information_schema.key_column_usage AS k
JOIN information_schema.referential_constraints AS r
  ON r.constraint_schema = k.constraint_schema AND r.table_name = k.table_name AND r.constraint_name = k.constraint_name
WHERE k.table_schema = DATABASE() AND k.referenced_table_name IS NOT NULL
ORDER BY k.table_name, k.constraint_name, k.ordinal_position`,

  checks: `SELECT /*M! d.table_name AS \`table\`, */ d.constraint_name AS name, d.check_clause AS clause, VERSION() NOT LIKE '%MariaDB%' AS \`escaped\`
FROM information_schema.check_constraints AS d WHERE d.constraint_schema = DATABASE() ORDER BY d.constraint_name`,

  checkedTables: `SELECT c.table_name AS \`table\`, c.constraint_name AS name,
  /*!80016 c.enforced = 'NO' OR */ FALSE AS unenforced
FROM information_schema.table_constraints AS c WHERE c.table_schema = DATABASE() AND c.constraint_type = 'CHECK' /*M! AND FALSE */`,

  ...objectQueries,

  others: `SELECT LOWER(t.table_type) AS kind, t.table_name AS object FROM ${tables}
WHERE t.table_schema = DATABASE() AND t.table_type NOT IN ('BASE TABLE', 'SYSTEM VERSIONED', 'VIEW') AND NOT ${own}
ORDER BY 1, 2`,
} as const;
