import type { Row, UnsupportedObject } from "../../core/ddl/dialect.ts";
import { type Part, unionOf } from "./inventory.ts";

const commentOn = (catalog: string, oid: string): string =>
  `EXISTS (SELECT FROM pg_catalog.pg_description e WHERE e.classoid = 'pg_catalog.${catalog}'::regclass AND e.objoid = ${oid} AND e.objsubid = 0)`;

const parts: readonly Part[] = [
  {
    when: "commentsOnRelations",
    sql: `SELECT t.relname, c.relname, 'comment on index', 'the index is part of a constraint; describe that instead'
FROM t JOIN pg_catalog.pg_index i ON i.indrelid = t.oid JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
WHERE ${commentOn("pg_class", "c.oid")} AND EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x'))`,
  },
  {
    when: "indexParameters",
    sql: `SELECT t.relname, c.relname, 'index', 'how the index of a constraint is stored is not part of a schema'
FROM t JOIN pg_catalog.pg_index i ON i.indrelid = t.oid JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid AND c.reloptions IS NOT NULL
WHERE EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x'))`,
  },
];

/** What the tables `t` have that a schema does not say: what it is of, and why it is left out. */
export function unsaid(withTables: string, found?: Row): string | undefined {
  const union = unionOf(parts, found);
  return (
    union && `${withTables}\nSELECT * FROM (\n${union}\n) u ("table", object, kind, reason) ORDER BY "table", object`
  );
}

export const unsaidObjects = (rows: readonly Row[]): readonly UnsupportedObject[] =>
  rows.map((row) => ({
    kind: String(row["kind"]),
    object: String(row["object"]),
    ...(typeof row["table"] === "string" && { table: row["table"] }),
    reason: String(row["reason"]),
  }));
