import { stringLiteral } from "../../core/ddl/sql.ts";
import { ownComment } from "./own-tables.ts";

const list = (namespaces: readonly string[]): string => namespaces.map(stringLiteral).join(", ");

/** What a namespace is called before the names in it; the current one goes without saying. */
const nameOf = (schema: string, name: string, namespaces: readonly string[]): string =>
  namespaces.length === 0
    ? name
    : `CASE WHEN ${schema} IN (${list(namespaces)}) THEN ${schema} || '.' || ${name} ELSE ${name} END`;

const inScope = (schema: string, namespaces: readonly string[]): string =>
  namespaces.length === 0
    ? `${schema} = CURRENT_SCHEMA()`
    : `(${schema} = CURRENT_SCHEMA() OR ${schema} IN (${list(namespaces)}))`;

/** Tables that are neither of the server nor of godwit, and last. */
const ours = (namespaces: readonly string[]): string =>
  `${inScope("t.table_schema", namespaces)} AND NOT t.is_system_table AND NOT t.is_temp_table AND SUBSTR(t.table_name, 1, 7) <> 'godwit_'
  AND NOT EXISTS (SELECT 1 FROM v_catalog.comments o WHERE o.object_type = 'TABLE' AND o.object_id = t.table_id AND o.comment = '${ownComment}')`;

const comment = (kind: string, schema: string, name: string, child: string): string =>
  `LEFT JOIN v_catalog.comments d ON d.object_type = '${kind}' AND d.object_schema = ${schema} AND d.object_name = ${name} AND COALESCE(d.child_object, '') = ${child}`;

/**
 * A fixed number of queries of the catalog: https://docs.vertica.com/24.1.x/en/sql-reference/system-tables/v-catalog-schema/. Projections are not asked for. The columns of a key
 * stand in the order that the catalog gives them.
 */
export const queriesIn = (namespaces: readonly string[]): Readonly<Record<string, string>> => ({
  tables: `SELECT ${nameOf("t.table_schema", "t.table_name", namespaces)} AS "table", d.comment AS comment
FROM v_catalog.tables t
${comment("TABLE", "t.table_schema", "t.table_name", "''")}
WHERE ${ours(namespaces)}
ORDER BY 1`,
  columns: `SELECT ${nameOf("c.table_schema", "c.table_name", namespaces)} AS "table", c.column_name AS name, c.data_type AS type, c.is_nullable AS nullable,
  c.column_default AS "default", c.column_set_using AS computed, c.is_identity AS numbered, s.increment_by AS step, s.minimum AS first, s.session_cache_count AS cache, d.comment AS comment
FROM v_catalog.tables t
JOIN v_catalog.columns c ON c.table_id = t.table_id
LEFT JOIN v_catalog.sequences s ON c.is_identity AND s.sequence_schema = c.table_schema AND s.identity_table_name = c.table_name
${comment("COLUMN", "c.table_schema", "c.table_name", "c.column_name")}
WHERE ${ours(namespaces)}
ORDER BY 1, c.ordinal_position`,
  constraints: `SELECT ${nameOf("k.table_schema", "k.table_name", namespaces)} AS "table", k.constraint_name AS name, k.constraint_type AS kind, k.column_name AS "column",
  ${nameOf("k.reference_table_schema", "k.reference_table_name", namespaces)} AS "references", k.reference_column_name AS referenced, p.predicate AS predicate, d.comment AS comment
FROM v_catalog.tables t
JOIN v_catalog.constraint_columns k ON k.table_id = t.table_id AND k.constraint_type <> 'n'
LEFT JOIN v_catalog.table_constraints p ON p.constraint_id = k.constraint_id
${comment("CONSTRAINT", "k.table_schema", "k.constraint_name", "''")}
WHERE ${ours(namespaces)}
ORDER BY 1, k.constraint_name`,
  views: `SELECT ${nameOf("v.table_schema", "v.table_name", namespaces)} AS name, v.view_definition AS query, d.comment AS comment
FROM v_catalog.views v
${comment("VIEW", "v.table_schema", "v.table_name", "''")}
WHERE ${inScope("v.table_schema", namespaces)} AND NOT v.is_system_view
ORDER BY v.table_id`,
  sequences: `SELECT ${nameOf("s.sequence_schema", "s.sequence_name", namespaces)} AS name FROM v_catalog.sequences s
WHERE ${inScope("s.sequence_schema", namespaces)} AND s.identity_table_name IS NULL
ORDER BY 1`,
  namespaces: `SELECT s.schema_name AS name, ${namespaces.length === 0 ? "FALSE" : `s.schema_name IN (${list(namespaces)})`} AS named
FROM v_catalog.schemata s
WHERE NOT s.is_system_schema AND s.schema_name <> 'public' AND s.schema_name <> CURRENT_SCHEMA()
ORDER BY 1`,
});
