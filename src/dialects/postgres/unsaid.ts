import type { Row, UnsupportedObject } from "../../core/ddl/dialect.ts";

const commentOn = (catalog: string, oid: string): string =>
  `EXISTS (SELECT FROM pg_catalog.pg_description e WHERE e.classoid = 'pg_catalog.${catalog}'::regclass AND e.objoid = ${oid} AND e.objsubid = 0)`;

/** What the tables `t` have that a schema does not say: what it is of, and why it is left out. */
export const unsaid = (withTables: string): string => `${withTables}
SELECT t.relname AS "table", c.relname AS object, 'comment on index' AS kind, 'the index is part of a constraint; describe that instead' AS reason
FROM t JOIN pg_catalog.pg_index i ON i.indrelid = t.oid JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
WHERE ${commentOn("pg_class", "c.oid")} AND EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x'))
UNION ALL
SELECT t.relname, c.relname, 'index', 'how the index of a constraint is stored is not part of a schema'
FROM t JOIN pg_catalog.pg_index i ON i.indrelid = t.oid JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid AND c.reloptions IS NOT NULL
WHERE EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x'))
ORDER BY 1, 2`;

export const unsaidObjects = (rows: readonly Row[]): readonly UnsupportedObject[] =>
  rows.map((row) => ({
    kind: String(row["kind"]),
    object: String(row["object"]),
    ...(typeof row["table"] === "string" && { table: row["table"] }),
    reason: String(row["reason"]),
  }));
