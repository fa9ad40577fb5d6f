import type { Row, UnsupportedObject } from "../../core/ddl/dialect.ts";
import { withNewer } from "./newer-column.ts";

/**
 * Constraints of the tables `t` as only PostgreSQL 18 has them: that are not enforced, and keys of periods and foreign keys to these. Such keys, and what
 * refers to them, are compared by operators of their own, which the key lists as exclusion constraints do.
 */
export const notKept = (withTables: string): string => `${withTables}
SELECT t.relname AS "table", k.conname AS name, k.contype AS kind, NOT k.newer AS unenforced
FROM t
CROSS JOIN ${withNewer("pg_constraint", "conenforced", "TRUE")} k
WHERE k.conrelid = t.oid AND k.conparentid = 0 AND (NOT k.newer OR k.contype IN ('p', 'u') AND k.conexclop IS NOT NULL
  OR k.contype = 'f' AND EXISTS (SELECT FROM pg_catalog.pg_constraint r WHERE r.conindid = k.conindid AND r.contype IN ('p', 'u') AND r.conexclop IS NOT NULL))
ORDER BY t.relname COLLATE "C", k.conname COLLATE "C"`;

/** The rows of constraints without those: taken for others, they would be made as others. */
export function withoutNotKept(constraints: readonly Row[], notKeptRows: readonly Row[]): readonly Row[] {
  if (notKeptRows.length === 0) return constraints;
  const key = (row: Row): string => JSON.stringify([row["table"], row["name"]]);
  const left = new Set(notKeptRows.map(key));
  return constraints.filter((row) => !left.has(key(row)));
}

export const notKeptObjects = (rows: readonly Row[]): readonly UnsupportedObject[] =>
  rows.map((row) => ({
    kind: kinds[String(row["kind"])] ?? "constraint",
    object: String(row["name"]),
    table: String(row["table"]),
    reason: row["unenforced"]
      ? "it is not enforced, which is not part of a schema"
      : "it is about periods (WITHOUT OVERLAPS, PERIOD), which are not part of a schema",
  }));

/** `contype` of pg_constraint. */
const kinds: Readonly<Record<string, string>> = {
  c: "check",
  f: "foreign key",
  p: "primary key",
  u: "unique constraint",
};
