import { ownComment } from "../../core/ddl/own-columns.ts";
import { stringLiteral } from "./quote.ts";

/**
 * What the catalog is asked, of the schema in which the connection begins and of these others; what is in them has their name before its own
 * (https://learn.microsoft.com/sql/relational-databases/system-catalog-views/object-catalog-views-transact-sql).
 */
export function queriesIn(namespaces: readonly string[]): Readonly<Record<string, string>> {
  const others = namespaces.length > 0 ? ` OR s.name IN (${namespaces.map(stringLiteral).join(", ")})` : "";
  const scope = `(s.schema_id = SCHEMA_ID()${others})`;
  return Object.fromEntries(
    Object.entries({ namespaces: namespacesAmong(namespaces), ...queries }).map(([name, sql]) => [
      name,
      sql.replaceAll("IN_SCOPE", scope).replace(/NAME_OF\((\w+\.name)\)/g, nameOf("s", "$1")),
    ]),
  );
}

const nameOf = (schema: string, name: string): string =>
  `CASE WHEN ${schema}.schema_id = SCHEMA_ID() THEN ${name} ELSE ${schema}.name + N'.' + ${name} END`;

const namespacesAmong = (namespaces: readonly string[]): string =>
  `SELECT s.name AS name, ${description(3, "s.schema_id", "0")} AS comment FROM sys.schemas AS s WHERE ${
    namespaces.length > 0 ? `s.name IN (${namespaces.map(stringLiteral).join(", ")})` : "1 = 0"
  } ORDER BY s.name`;

/** The schemas of authors: those of the server and of its fixed roles are left out. */
export const allNamespaces =
  "SELECT name FROM sys.schemas WHERE schema_id < 16384 AND name NOT IN (N'sys', N'INFORMATION_SCHEMA', N'guest') AND schema_id <> SCHEMA_ID() ORDER BY name";

/** 1 is of what is in a schema and of its columns, 3 of a schema, 7 of an index. */
function description(kind: 1 | 3 | 7, major: string, minor: string): string {
  return `(SELECT CAST(e.value AS NVARCHAR(3750)) FROM sys.extended_properties AS e WHERE e.class = ${kind} AND e.major_id = ${major} AND e.minor_id = ${minor} AND e.name = N'MS_Description')`;
}

/** Tables of authors: neither those of the server and of its tools nor those of godwit. */
const tablesFrom = `sys.tables AS t JOIN sys.schemas AS s ON s.schema_id = t.schema_id AND IN_SCOPE AND t.is_ms_shipped = 0
  AND NOT EXISTS (SELECT 1 FROM sys.extended_properties AS own WHERE own.class = 1 AND own.major_id = t.object_id AND own.minor_id = 0
    AND (own.name = N'microsoft_database_tools_support' OR (own.name = N'MS_Description' AND own.value = N'${ownComment}')))`;

const queries: Readonly<Record<string, string>> = {
  tables: `SELECT NAME_OF(t.name) AS [table], t.temporal_type_desc AS temporal, t.is_memory_optimized AS in_memory,
  (SELECT MIN(p.data_compression_desc) FROM sys.partitions AS p WHERE p.object_id = t.object_id AND p.index_id IN (0, 1)) AS compression,
  (SELECT MAX(p.partition_number) FROM sys.partitions AS p WHERE p.object_id = t.object_id AND p.index_id IN (0, 1)) AS partitions,
  ${description(1, "t.object_id", "0")} AS comment
FROM ${tablesFrom}
ORDER BY t.name`,

  columns: `SELECT NAME_OF(t.name) AS [table], c.name AS name, y.name AS type, y.is_user_defined AS own_type, c.max_length AS size, c.precision AS precision, c.scale AS scale,
  c.is_nullable AS nullable, c.collation_name AS collation, CONVERT(NVARCHAR(128), DATABASEPROPERTYEX(DB_NAME(), 'Collation')) AS usual_collation,
  d.definition AS [default], k.definition AS computed, k.is_persisted AS stored, CAST(n.seed_value AS NVARCHAR(40)) AS seed, CAST(n.increment_value AS NVARCHAR(40)) AS increment,
  c.is_sparse AS sparse, c.generated_always_type_desc AS period, c.is_rowguidcol AS row_guid, ${description(1, "t.object_id", "c.column_id")} AS comment
FROM ${tablesFrom}
JOIN sys.columns AS c ON c.object_id = t.object_id
JOIN sys.types AS y ON y.user_type_id = c.user_type_id
LEFT JOIN sys.default_constraints AS d ON d.object_id = c.default_object_id
LEFT JOIN sys.computed_columns AS k ON k.object_id = c.object_id AND k.column_id = c.column_id
LEFT JOIN sys.identity_columns AS n ON n.object_id = c.object_id AND n.column_id = c.column_id
ORDER BY t.name, c.column_id`,

  indexes: `SELECT NAME_OF(t.name) AS [table], i.name AS name, i.type_desc AS kind, i.is_unique AS [unique], i.is_primary_key AS [primary], i.is_disabled AS disabled,
  i.filter_definition AS predicate, i.fill_factor AS fill_factor, i.is_padded AS padded, i.ignore_dup_key AS ignores,
  (SELECT MIN(p.data_compression_desc) FROM sys.partitions AS p WHERE p.object_id = t.object_id AND p.index_id = i.index_id) AS compression,
  c.name AS [column], x.is_included_column AS included, x.is_descending_key AS descending,
  COALESCE(${description(1, "q.object_id", "0")}, ${description(7, "t.object_id", "i.index_id")}) AS comment
FROM ${tablesFrom}
JOIN sys.indexes AS i ON i.object_id = t.object_id AND i.type > 0 AND i.is_hypothetical = 0
JOIN sys.index_columns AS x ON x.object_id = i.object_id AND x.index_id = i.index_id
JOIN sys.columns AS c ON c.object_id = x.object_id AND c.column_id = x.column_id
LEFT JOIN sys.key_constraints AS q ON q.parent_object_id = i.object_id AND q.unique_index_id = i.index_id
ORDER BY t.name, i.index_id, x.is_included_column, x.key_ordinal, x.index_column_id`,

  foreignKeys: `SELECT NAME_OF(t.name) AS [table], f.name AS name, ${nameOf("rs", "r.name")} AS target, c.name AS [column], rc.name AS target_column,
  f.delete_referential_action_desc AS on_delete, f.update_referential_action_desc AS on_update, f.is_disabled AS disabled, f.is_not_trusted AS unchecked,
  ${description(1, "f.object_id", "0")} AS comment
FROM ${tablesFrom}
JOIN sys.foreign_keys AS f ON f.parent_object_id = t.object_id
JOIN sys.foreign_key_columns AS x ON x.constraint_object_id = f.object_id
JOIN sys.tables AS r ON r.object_id = f.referenced_object_id
JOIN sys.schemas AS rs ON rs.schema_id = r.schema_id
JOIN sys.columns AS c ON c.object_id = x.parent_object_id AND c.column_id = x.parent_column_id
JOIN sys.columns AS rc ON rc.object_id = x.referenced_object_id AND rc.column_id = x.referenced_column_id
ORDER BY t.name, f.name, x.constraint_column_id`,

  checks: `SELECT NAME_OF(t.name) AS [table], k.name AS name, k.definition AS clause, k.is_disabled AS disabled, k.is_not_trusted AS unchecked,
  ${description(1, "k.object_id", "0")} AS comment
FROM ${tablesFrom}
JOIN sys.check_constraints AS k ON k.parent_object_id = t.object_id
ORDER BY t.name, k.name`,

  sequences: `SELECT NAME_OF(q.name) AS name, TYPE_NAME(q.system_type_id) AS type, CAST(q.start_value AS NVARCHAR(40)) AS start, CAST(q.increment AS NVARCHAR(40)) AS increment,
  CAST(q.minimum_value AS NVARCHAR(40)) AS least, CAST(q.maximum_value AS NVARCHAR(40)) AS greatest, q.is_cycling AS cycle, q.is_cached AS cached, q.cache_size AS cache,
  ${description(1, "q.object_id", "0")} AS comment
FROM sys.sequences AS q JOIN sys.schemas AS s ON s.schema_id = q.schema_id AND IN_SCOPE
WHERE q.is_ms_shipped = 0
ORDER BY q.name`,

  modules: `SELECT NAME_OF(o.name) AS name, o.type AS type, m.definition AS definition, m.uses_quoted_identifier AS quoted, ${nameOf("ps", "p.name")} AS [table],
  ${description(1, "o.object_id", "0")} AS comment
FROM sys.objects AS o JOIN sys.schemas AS s ON s.schema_id = o.schema_id AND IN_SCOPE
JOIN sys.sql_modules AS m ON m.object_id = o.object_id
LEFT JOIN sys.objects AS p ON p.object_id = o.parent_object_id
LEFT JOIN sys.schemas AS ps ON ps.schema_id = p.schema_id
WHERE o.is_ms_shipped = 0 AND o.type IN ('V', 'P', 'FN', 'IF', 'TF', 'TR')
  AND NOT EXISTS (SELECT 1 FROM sys.extended_properties AS own WHERE own.class = 1 AND own.major_id = o.object_id AND own.minor_id = 0 AND own.name = N'microsoft_database_tools_support')
ORDER BY o.name`,

  viewColumns: `SELECT NAME_OF(o.name) AS name, c.name AS [column], CAST(e.value AS NVARCHAR(3750)) AS comment
FROM sys.views AS o JOIN sys.schemas AS s ON s.schema_id = o.schema_id AND IN_SCOPE
JOIN sys.columns AS c ON c.object_id = o.object_id
JOIN sys.extended_properties AS e ON e.class = 1 AND e.major_id = o.object_id AND e.minor_id = c.column_id AND e.name = N'MS_Description'
ORDER BY o.name, c.column_id`,

  synonyms: `SELECT NAME_OF(o.name) AS name, o.base_object_name AS target, ${description(1, "o.object_id", "0")} AS comment
FROM sys.synonyms AS o JOIN sys.schemas AS s ON s.schema_id = o.schema_id AND IN_SCOPE
ORDER BY o.name`,

  others: `SELECT NAME_OF(o.name) AS object, LOWER(REPLACE(o.type_desc, N'_', N' ')) AS kind
FROM sys.objects AS o JOIN sys.schemas AS s ON s.schema_id = o.schema_id AND IN_SCOPE
WHERE o.is_ms_shipped = 0 AND o.type IN ('AF', 'FS', 'FT', 'PC', 'TA', 'X', 'SQ', 'ET', 'SP', 'RF', 'R')
UNION ALL
SELECT NAME_OF(y.name), CASE y.is_table_type WHEN 1 THEN N'table type' ELSE N'alias type' END
FROM sys.types AS y JOIN sys.schemas AS s ON s.schema_id = y.schema_id AND IN_SCOPE
WHERE y.is_user_defined = 1
ORDER BY object`,
};
