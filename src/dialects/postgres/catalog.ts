import type { Row } from "../../core/ddl/dialect.ts";
import { autoUpdateFunction } from "./auto-update.ts";
import { grants } from "./catalog-grants.ts";
import { objects } from "./catalog-objects.ts";
import { unread } from "./catalog-unread.ts";
import { columnOptionsSql } from "./column-options.ts";
import { type Item, isAsked } from "./inventory.ts";
import { listQueries } from "./list-catalog.ts";
import { withNewer } from "./newer-column.ts";
import { notKept } from "./not-kept.ts";
import { notNullQuery } from "./not-null.ts";
import { withOdd, withoutOdd } from "./odd-columns.ts";
import { ofExtension } from "./of-extension.ts";
import { historyComment } from "./own-tables.ts";
import { namespaceQueries, scoped } from "./scope.ts";
import { isInTree, partNames, treeColumns } from "./tree-rows.ts";
import { unsaid } from "./unsaid.ts";

/** Listed once, and without obj_description(): asked of each table, either takes most of the query's time. */
const isHistory = (oid: string): string =>
  `${oid} IN (SELECT e.objoid FROM pg_catalog.pg_description e
        WHERE e.classoid = 'pg_catalog.pg_class'::regclass AND e.objsubid = 0 AND e.description = '${historyComment}')`;

/** The tables that introspection is about: of the current schema, without godwit's own and those of extensions. */
const tables = `SELECT c.oid, NAME_OF(c.relname) AS relname
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE IN_SCOPE AND IS_CLEAR(c.relname) AND c.relkind IN ('r', 'p')
      AND NOT starts_with(c.relname, 'godwit_') AND NOT ${isHistory("c.oid")}
      AND NOT ${ofExtension("c.oid", "pg_class")}`;

/** Called `t`, each with its place in the order of names, which takes less time to sort by. */
const withTables = `WITH t AS MATERIALIZED (
  SELECT x.oid, x.relname, row_number() OVER (ORDER BY x.relname COLLATE "C")::int AS place FROM (${tables}) x
)`;

/** Names of the columns with these numbers, in that order, as JSON. */
const columnNames = (table: string, numbers: string): string =>
  `(SELECT json_agg(m.attname ORDER BY l.n) FROM unnest(${numbers}) WITH ORDINALITY l (attnum, n)
    JOIN pg_catalog.pg_attribute m ON m.attrelid = ${table} AND m.attnum = l.attnum)`;

/** What describes an object, of which there are few. */
const commentOn = (catalog: string, oid: string): string =>
  `(SELECT e.description FROM pg_catalog.pg_description e WHERE e.classoid = 'pg_catalog.${catalog}'::regclass AND e.objoid = ${oid} AND e.objsubid = 0)`;

/** Whether an index says of its keys only which columns they are and how these are sorted; most do. */
const plainIndex = `i.indexprs IS NULL AND i.indnatts = i.indnkeyatts AND i.indexrelid NOT IN (SELECT attrelid FROM odd) AND i.indrelid NOT IN (SELECT attrelid FROM odd)
    AND NOT i.indclass::oid[] && ARRAY(SELECT p.oid FROM pg_catalog.pg_opclass p WHERE NOT p.opcdefault)`;

/** An expression has a collation of its own from what it is made of, which only the server tells from one that was given. */
const collatesExpression =
  "strpos(pg_catalog.pg_get_indexdef(i.indexrelid), pg_catalog.pg_get_indexdef(i.indexrelid, u.n::int, FALSE) || ' COLLATE ') > 0";

/** Those of the relations that the beginning of the query calls `t`; the elements of one that is plain are left out. */
const indexesOf = (withRelations: string, isPlain: string): string => `${withRelations}
SELECT t.relname AS "table", c.relname AS name, i.indisunique AS "unique", am.amname AS method, k.contype AS kind,
  pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate,
  i.indkey::text AS keys, i.indoption::text AS key_options,
  CASE WHEN NOT (${isPlain}) THEN (SELECT json_agg(json_build_object('field', a.attname, 'expression', CASE WHEN a.attname IS NULL THEN pg_catalog.pg_get_indexdef(i.indexrelid, u.n::int, TRUE) END,
    'option', u.opt, 'class', CASE WHEN x.attoptions IS NOT NULL THEN p.opcname || '(' || array_to_string(x.attoptions, ',') || ')' WHEN NOT p.opcdefault THEN p.opcname END,
    'collation', CASE WHEN u.coll <> 0 AND (u.coll <> a.attcollation OR a.attname IS NULL AND ${collatesExpression}) THEN co.collname END) ORDER BY u.n)
    FROM unnest(i.indkey::int2[], i.indoption::int2[], i.indclass::oid[], i.indcollation::oid[]) WITH ORDINALITY u (attnum, opt, opc, coll, n)
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.attnum AND u.attnum <> 0
    LEFT JOIN pg_catalog.pg_attribute x ON x.attrelid = i.indexrelid AND x.attnum = u.n AND x.attoptions IS NOT NULL
    LEFT JOIN pg_catalog.pg_opclass p ON p.oid = u.opc
    LEFT JOIN pg_catalog.pg_collation co ON co.oid = u.coll
    WHERE u.n <= i.indnkeyatts) END AS elements,
  CASE WHEN i.indnatts > i.indnkeyatts THEN ${columnNames("i.indrelid", "(i.indkey::int2[])[i.indnkeyatts:i.indnatts - 1]")} END AS included,
  NOT i.indisvalid AS invalid, i.newer AS nulls_equal,
  array_to_json(c.reloptions) AS options, e.description AS comment
FROM t
CROSS JOIN ${withNewer("pg_index", "indnullsnotdistinct", "FALSE")} i
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid AND NOT c.relispartition
JOIN pg_catalog.pg_am am ON am.oid = c.relam
LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('u', 'x')
LEFT JOIN pg_catalog.pg_description e ON e.classoid = 'pg_catalog.pg_class'::regclass AND e.objoid = i.indexrelid AND e.objsubid = 0
WHERE i.indrelid = t.oid AND NOT i.indisprimary
ORDER BY t.relname COLLATE "C", c.relname COLLATE "C"`;

/** Views of the current schema, without those of extensions. */
const withViews = `WITH t AS MATERIALIZED (
  SELECT c.oid, NAME_OF(c.relname) AS relname, c.relkind, c.reloptions
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE IN_SCOPE AND IS_CLEAR(c.relname) AND c.relkind IN ('v', 'm') AND NOT starts_with(c.relname, 'godwit_') AND NOT ${ofExtension("c.oid", "pg_class")}
)`;

/** What follows a trigger or a rule of `t` that is switched off, or fires in other sessions than usual. */
const switching = (state: string, what: string, name: string): string =>
  `CASE WHEN ${state} = 'O' THEN '' ELSE E';\\nALTER TABLE ' || t.oid::regclass ||
    CASE ${state} WHEN 'D' THEN ' DISABLE ' WHEN 'R' THEN ' ENABLE REPLICA ' ELSE ' ENABLE ALWAYS ' END || '${what} ' || pg_catalog.quote_ident(${name}) END`;

/** Tables and views, whose names triggers, rules and policies are local to. */
const relations = `(${tables} UNION ALL SELECT c.oid, NAME_OF(c.relname) FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE IN_SCOPE AND IS_CLEAR(c.relname) AND c.relkind = 'v' AND NOT starts_with(c.relname, 'godwit_') AND NOT ${ofExtension("c.oid", "pg_class")})`;

/** Most databases describe no column, and looking for each of them whether it is described takes a fifth of the query's time. */
const columnsOf = (described: boolean): string => `${withTables}
SELECT t.relname AS "table", a.attname AS name, a.attnum AS number, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable,
  CASE WHEN a.atthasdef THEN (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid) FROM pg_catalog.pg_attrdef d
    WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum) END AS "default",
  NULLIF(a.attidentity, '') AS identity, NULLIF(a.attgenerated, '') AS generated, ${described ? "e.description" : "NULL::text"} AS comment,
  a.attislocal AS local,
  CASE WHEN ty.typtype = 'd' THEN pg_catalog.format_type(ty.typbasetype, ty.typtypmod) END AS domain,
  CASE WHEN a.attcollation <> ty.typcollation THEN (SELECT co.collname FROM pg_catalog.pg_collation co WHERE co.oid = a.attcollation) END AS collation,
  ${columnOptionsSql} AS options
FROM t
LEFT JOIN (${withNewer("pg_attribute", "attcompression", `''::"char"`)} a) ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_catalog.pg_type ty ON ty.oid = a.atttypid${described ? columnComments : ""}
ORDER BY t.place, a.attnum`;

const columnComments = `
LEFT JOIN pg_catalog.pg_description e ON e.classoid = 'pg_catalog.pg_class'::regclass AND e.objoid = a.attrelid AND e.objsubid = a.attnum`;

/** The queries of the catalog; see `scoped` for what stands in capitals. */
const written = {
  constraints: `${withTables}
SELECT t.relname AS "table", k.conname AS name, k.contype AS kind, k.conkey::text AS columns,
  f.relname AS referenced_table, k.confkey::text AS referenced_columns,
  k.confrelid <> 0 AND f.oid IS NULL AS elsewhere,
  k.confdeltype AS on_delete, k.confupdtype AS on_update, k.condeferrable AS deferrable, k.condeferred AS deferred,
  k.confmatchtype = 'f' AS match_full, NOT k.convalidated AS unvalidated, k.connoinherit AS no_inherit,
  k.newer::text AS on_delete_columns,
  CASE WHEN k.contype = 'c' THEN pg_catalog.pg_get_expr(k.conbin, k.conrelid) END AS expression,
  CASE WHEN k.contype = 'p' THEN (SELECT ${columnNames("i.indrelid", "(i.indkey::int2[])[i.indnkeyatts:i.indnatts - 1]")}
    FROM pg_catalog.pg_index i WHERE i.indexrelid = k.conindid AND i.indnatts > i.indnkeyatts) END AS included,
  e.description AS comment,
  CASE WHEN k.contype = 'x' THEN (SELECT json_agg(o.oprname ORDER BY x.n) FROM unnest(k.conexclop) WITH ORDINALITY x (oid, n)
    JOIN pg_catalog.pg_operator o ON o.oid = x.oid) END AS operators
FROM t
CROSS JOIN ${withNewer("pg_constraint", "confdelsetcols", "NULL::int2[]")} k
LEFT JOIN t f ON f.oid = k.confrelid
LEFT JOIN pg_catalog.pg_description e ON e.classoid = 'pg_catalog.pg_constraint'::regclass AND e.objoid = k.oid
WHERE k.conrelid = t.oid AND k.contype IN ('p', 'f', 'c', 'u', 'x') AND k.conparentid = 0 AND (k.contype <> 'c' OR k.coninhcount = 0)
ORDER BY t.place, k.conname COLLATE "C"`,

  tables: `${withTables}
SELECT t.relname AS "table", e.description AS comment, c.relpersistence = 'u' AS unlogged, s.spcname AS tablespace,
  array_to_json(c.reloptions || ARRAY(SELECT 'toast.' || p FROM unnest(o.reloptions) p)) AS parameters,
  NULLIF(c.relreplident, 'd') AS replicated, rc.relname AS replicated_by, cc.relname AS clustered_by,
  c.relrowsecurity AS secured, c.relforcerowsecurity AS forced,
  ${treeColumns}
FROM t
JOIN pg_catalog.pg_class c ON c.oid = t.oid
LEFT JOIN pg_catalog.pg_class o ON o.oid = c.reltoastrelid AND o.reloptions IS NOT NULL
LEFT JOIN (pg_catalog.pg_index ri JOIN pg_catalog.pg_class rc ON rc.oid = ri.indexrelid) ON ri.indrelid = c.oid AND ri.indisreplident
LEFT JOIN (pg_catalog.pg_index ci JOIN pg_catalog.pg_class cc ON cc.oid = ci.indexrelid) ON ci.indrelid = c.oid AND ci.indisclustered
LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace
LEFT JOIN pg_catalog.pg_description e ON e.classoid = 'pg_catalog.pg_class'::regclass AND e.objoid = t.oid AND e.objsubid = 0
WHERE e.description IS NOT NULL OR c.relpersistence = 'u' OR c.reloptions IS NOT NULL OR s.spcname IS NOT NULL
  OR o.reloptions IS NOT NULL OR c.relreplident <> 'd' OR ci.indisclustered
  OR c.relrowsecurity OR c.relforcerowsecurity OR ${isInTree}
ORDER BY t.relname COLLATE "C"`,

  partNames: partNames(withTables),

  notNull: notNullQuery(withTables),

  notKept: notKept(withTables),

  triggers: `SELECT t.relname AS "table", g.tgname AS name, p.proname = '${autoUpdateFunction}' AS auto_update,
  pg_catalog.encode(g.tgargs, 'hex') AS arguments, pg_catalog.pg_get_triggerdef(g.oid, TRUE) || ${switching("g.tgenabled", "TRIGGER", "g.tgname")} AS definition,
  ${commentOn("pg_trigger", "g.oid")} AS comment, ${ofExtension("g.oid", "pg_trigger")} AS extension
FROM ${relations} t
CROSS JOIN ${withNewer("pg_trigger", "tgparentid", "0::oid")} g
JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid
WHERE g.tgrelid = t.oid AND NOT g.tgisinternal AND g.newer = 0
ORDER BY t.relname COLLATE "C", g.tgname COLLATE "C"`,

  enums: `SELECT NAME_OF(y.typname) AS name, IS_NAMED AS named, json_agg(v.enumlabel ORDER BY v.enumsortorder) AS values, pg_catalog.obj_description(y.oid, 'pg_type') AS comment
FROM pg_catalog.pg_type y
JOIN pg_catalog.pg_namespace n ON n.oid = y.typnamespace
JOIN pg_catalog.pg_enum v ON v.enumtypid = y.oid
WHERE IN_SCOPE AND NOT ${ofExtension("y.oid", "pg_type")}
GROUP BY y.oid, n.nspname, y.typname ORDER BY NAME_OF(y.typname) COLLATE "C"`,

  views: `${withViews}
SELECT t.relname AS name, t.relkind = 'm' AS materialized, pg_catalog.pg_get_viewdef(t.oid, TRUE) AS query, pg_catalog.pg_get_viewdef(t.oid) AS grouped_query,
  array_to_json(t.reloptions) AS options, e.description AS comment,
  (SELECT json_object_agg(a.attname, d.description ORDER BY a.attnum) FROM pg_catalog.pg_description d
    JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.objsubid
    WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = t.oid AND d.objsubid > 0) AS column_comments
FROM t
LEFT JOIN pg_catalog.pg_description e ON e.classoid = 'pg_catalog.pg_class'::regclass AND e.objoid = t.oid AND e.objsubid = 0
ORDER BY t.oid`,

  viewIndexes: indexesOf(withViews, "FALSE"),

  routines: `SELECT NAME_OF(p.proname) AS name, pg_catalog.oidvectortypes(p.proargtypes) AS arguments, CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END AS kind,
  pg_catalog.pg_get_functiondef(p.oid) AS definition, CASE WHEN NOT IS_NAMED THEN pg_catalog.quote_ident(n.nspname) END AS schema,
  ${commentOn("pg_proc", "p.oid")} AS comment
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE IN_SCOPE AND NOT starts_with(p.proname, 'godwit_') AND p.prokind <> 'a' AND NOT ${ofExtension("p.oid", "pg_proc")}
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')
ORDER BY p.oid`,

  policies: `SELECT t.relname AS "table", o.polname AS name, o.polpermissive AS permissive, o.polcmd AS command,
  (SELECT string_agg(CASE WHEN r.oid = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(a.rolname) END, ', ' ORDER BY a.rolname)
    FROM unnest(o.polroles) r (oid) LEFT JOIN pg_catalog.pg_roles a ON a.oid = r.oid) AS roles,
  pg_catalog.quote_ident(o.polname) AS quoted, t.oid::pg_catalog.regclass AS "on",
  pg_catalog.pg_get_expr(o.polqual, o.polrelid, TRUE) AS "using", pg_catalog.pg_get_expr(o.polwithcheck, o.polrelid, TRUE) AS "check",
  ${commentOn("pg_policy", "o.oid")} AS comment
FROM ${relations} t
JOIN pg_catalog.pg_policy o ON o.polrelid = t.oid
ORDER BY t.relname COLLATE "C", o.polname COLLATE "C"`,

  rules: `SELECT t.relname AS "table", r.rulename AS name, pg_catalog.pg_get_ruledef(r.oid, TRUE) || ${switching("r.ev_enabled", "RULE", "r.rulename")} AS definition,
  ${commentOn("pg_rewrite", "r.oid")} AS comment
FROM ${relations} t
JOIN pg_catalog.pg_rewrite r ON r.ev_class = t.oid AND r.rulename <> '_RETURN'
ORDER BY t.relname COLLATE "C", r.rulename COLLATE "C"`,

  grants,
} as const;

type Written = typeof written & typeof listQueries & typeof namespaceQueries;

/** What has to be there for a query to give rows. */
const needs: Readonly<Partial<Record<keyof Written, Item | readonly Item[]>>> = {
  tables: ["tableProperties", "toastParameters", "commentsOnRelations", "heirs", "clusteredTables"],
  partNames: "parts",
  notNull: "namedNotNull",
  notKept: "laxConstraints",
  triggers: "triggers",
  enums: "enums",
  views: "views",
  viewIndexes: "materializedViews",
  routines: "routines",
  policies: "policies",
  rules: "rules",
  grants: ["grants", "columnGrants", "routineGrants"],
  domains: "domains",
  sequences: "sequences",
};

/**
 * A fixed number of queries, however many tables there are, about the current schema and the named ones: in what these have, names are
 * qualified. Lists come as JSON text. `found` is the answer to the inventory: what there is none of is not asked about.
 */
export function queriesIn(namespaces: readonly string[], found?: Row): Readonly<Record<string, string>> {
  const plain = Object.entries({ ...written, ...listQueries, ...namespaceQueries }).filter(
    ([name]) => isAsked(needs[name as keyof Written], found) && (name !== "misleading" || namespaces.length > 0),
  );
  const made = {
    columns: columnsOf(isAsked("commentsOnColumns", found)),
    indexes: indexesOf(`${withTables}, ${isAsked("oddColumns", found) ? withOdd : withoutOdd}`, plainIndex),
    unsaid: unsaid(withTables, found),
    objects: objects(found),
    unread: unread(found),
  };
  const queries = [...plain, ...Object.entries(made)].flatMap(([name, sql]) =>
    sql === undefined ? [] : [[name, scoped(sql, namespaces)]],
  );
  return Object.fromEntries(queries) as Readonly<Record<string, string>>;
}
