import { ownComment } from "./own-tables.ts";
import { stringLiteral } from "./quote.ts";

/** What a namespace is called before the names in it; the current one goes without saying. */
const nameOf = (column: string, namespaces: readonly string[]): string =>
  namespaces.length === 0
    ? column
    : `CASE WHEN n.nspname IN (${list(namespaces)}) THEN n.nspname || '.' || ${column} ELSE ${column} END`;

const list = (namespaces: readonly string[]): string => namespaces.map(stringLiteral).join(", ");

const inScope = (namespaces: readonly string[]): string =>
  namespaces.length === 0
    ? "n.nspname = current_schema()"
    : `(n.nspname = current_schema() OR n.nspname IN (${list(namespaces)}))`;

const relations = `FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_description td ON td.objoid = c.oid AND td.objsubid = 0`;

const ours = (namespaces: readonly string[], kind: string): string =>
  `${inScope(namespaces)} AND c.relkind = '${kind}' AND SUBSTRING(c.relname, 1, 7) <> 'godwit_' AND SUBSTRING(c.relname, 1, 8) <> 'mv_tbl__'
  AND COALESCE(td.description, '') <> '${ownComment}'`;

/**
 * A fixed number of queries of the catalog, in what PostgreSQL 8.0 had of SQL: https://docs.aws.amazon.com/redshift/latest/dg/c_intro_catalog_views.html. How rows are
 * kept stands in columns that PostgreSQL has not: reldiststyle, attisdistkey, attsortkeyord.
 */
export const queriesIn = (namespaces: readonly string[]): Readonly<Record<string, string>> => ({
  tables: `SELECT ${nameOf("c.relname", namespaces)} AS "table", c.reldiststyle AS diststyle, td.description AS comment
${relations}
WHERE ${ours(namespaces, "r")}
ORDER BY 1`,
  columns: `SELECT ${nameOf("c.relname", namespaces)} AS "table", a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required,
  pg_get_expr(d.adbin, d.adrelid) AS "default", a.attisdistkey AS distkey, a.attsortkeyord AS sortkey, e.description AS comment
${relations}
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_catalog.pg_description e ON e.objoid = a.attrelid AND e.objsubid = a.attnum
WHERE ${ours(namespaces, "r")} AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY 1, a.attnum`,
  constraints: `SELECT ${nameOf("c.relname", namespaces)} AS "table", k.conname AS name, k.contype AS kind, pg_get_constraintdef(k.oid) AS definition, e.description AS comment
${relations}
JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid
LEFT JOIN pg_catalog.pg_description e ON e.objoid = k.oid
WHERE ${ours(namespaces, "r")}
ORDER BY 1, k.conname`,
  views: `SELECT ${nameOf("c.relname", namespaces)} AS name, pg_get_viewdef(c.oid, TRUE) AS query, td.description AS comment
${relations}
WHERE ${ours(namespaces, "v")}
ORDER BY c.oid`,
  materialized: `SELECT TRIM(schema_name) AS namespace, TRIM(name) AS name, TRIM(schema_name) = current_schema() AS here FROM svv_mv_info WHERE TRIM(database_name) = current_database()`,
  namespaces: `SELECT n.nspname AS name, ${namespaces.length === 0 ? "FALSE" : `n.nspname IN (${list(namespaces)})`} AS named
FROM pg_catalog.pg_namespace n
WHERE SUBSTRING(n.nspname, 1, 3) <> 'pg_' AND n.nspname NOT IN ('information_schema', 'public', 'catalog_history') AND n.nspname <> current_schema()
ORDER BY 1`,
});
