import type { Row, UnsupportedObject } from "../../core/ddl/dialect.ts";
import { withNewer } from "./newer-column.ts";

const commentOn = (catalog: string, oid: string): string =>
  `EXISTS (SELECT FROM pg_catalog.pg_description e WHERE e.classoid = 'pg_catalog.${catalog}'::regclass AND e.objoid = ${oid} AND e.objsubid = 0)`;

/** What the tables `t` have that a schema does not say: what it is of, and why it is left out. */
export const unsaid = (withTables: string): string => `${withTables}
SELECT t.relname AS "table", k.conname AS object, 'primary key' AS kind, 'it includes fields that are not part of it' AS reason
FROM t JOIN pg_catalog.pg_constraint k ON k.conrelid = t.oid AND k.contype = 'p'
JOIN pg_catalog.pg_index i ON i.indexrelid = k.conindid AND i.indnatts > i.indnkeyatts
UNION ALL
SELECT t.relname, c.relname, 'comment on index', 'the index is part of a constraint; describe that instead'
FROM t JOIN pg_catalog.pg_index i ON i.indrelid = t.oid JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
WHERE ${commentOn("pg_class", "c.oid")} AND EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x'))
UNION ALL
SELECT t.relname, c.relname, 'index', 'parameters of an operator class are not part of a schema'
FROM t JOIN pg_catalog.pg_index i ON i.indrelid = t.oid JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
WHERE EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.indexrelid AND a.attoptions IS NOT NULL)
UNION ALL
SELECT t.relname, c.relname, 'index', 'how the index of a constraint is stored is not part of a schema'
FROM t JOIN pg_catalog.pg_index i ON i.indrelid = t.oid JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid AND c.reloptions IS NOT NULL
WHERE EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x'))
UNION ALL
SELECT t.relname, c.relname, 'index', 'that the table is clustered by it, or replicated by it, is not part of a schema'
FROM t JOIN pg_catalog.pg_index i ON i.indrelid = t.oid AND (i.indisclustered OR i.indisreplident)
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
UNION ALL
SELECT t.relname, t.relname, 'replica identity', 'what is replicated of a row is not part of a schema'
FROM t JOIN pg_catalog.pg_class c ON c.oid = t.oid AND c.relreplident IN ('f', 'n')
UNION ALL
SELECT t.relname, a.attname, 'column storage', 'how a column is stored and sampled is not part of a schema'
FROM t CROSS JOIN ${withNewer("pg_attribute", "attcompression", `''::"char"`)} a JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
  AND (a.attoptions IS NOT NULL OR a.attstorage <> y.typstorage OR a.newer <> '' OR a.attstattarget > 0)
ORDER BY 1, 2`;

export const unsaidObjects = (rows: readonly Row[]): readonly UnsupportedObject[] =>
  rows.map((row) => ({
    kind: String(row["kind"]),
    object: String(row["object"]),
    ...(typeof row["table"] === "string" && { table: row["table"] }),
    reason: String(row["reason"]),
  }));
