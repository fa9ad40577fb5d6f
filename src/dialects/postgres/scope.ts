import type { Row, UnsupportedObject } from "../../core/ddl/dialect.ts";
import { stringLiteral } from "../../core/ddl/sql.ts";
import type { Namespace } from "../../core/schema/model.ts";

/**
 * A query of the catalog as it is sent. `IS_NAMED` is the condition that the namespace `n` is one of these, `IN_SCOPE` that it is one of these or
 * the current one, `NAME_OF(column)` the name that something in it has in a schema, and `IS_CLEAR(column)` that this is the name of nothing else.
 */
export function scoped(sql: string, namespaces: readonly string[]): string {
  const list = namespaces.map(stringLiteral).join(", ");
  const named = namespaces.length === 0 ? "FALSE" : `n.nspname IN (${list})`;
  const inScope = namespaces.length === 0 ? here : `(${here} OR ${named})`;
  const nameOf = (column: string): string =>
    namespaces.length === 0 ? column : `CASE WHEN ${named} THEN n.nspname || '.' || ${column} ELSE ${column} END`;
  const isClear = (column: string): string =>
    namespaces.length === 0 ? "TRUE" : `(${named} OR split_part(${column}, '.', 1) NOT IN (${list}))`;
  return sql
    .replaceAll("IN_SCOPE", () => inScope)
    .replaceAll("IS_NAMED", () => named)
    .replace(/IS_CLEAR\(([\w.]+)\)/g, (_, column: string) => isClear(column))
    .replace(/NAME_OF\(([\w.]+)\)/g, (_, column: string) => nameOf(column));
}

const here = "n.nspname = current_schema()";

/** Neither the server's own, nor those of extensions, nor `public`, which every database has, where there is nothing of anybody's in it. */
const others = `SELECT n.nspname AS name, e.description AS comment, IS_NAMED AS named
FROM pg_catalog.pg_namespace n
LEFT JOIN pg_catalog.pg_description e ON e.classoid = 'pg_catalog.pg_namespace'::regclass AND e.objoid = n.oid AND e.objsubid = 0
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND (IS_NAMED OR n.nspname IS DISTINCT FROM current_schema())
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 'pg_catalog.pg_namespace'::regclass AND x.objid = n.oid AND x.deptype = 'e')
  AND (n.nspname <> 'public' OR IS_NAMED OR EXISTS (SELECT FROM pg_catalog.pg_depend d
    LEFT JOIN pg_catalog.pg_class c ON d.classid = 'pg_catalog.pg_class'::regclass AND c.oid = d.objid
    WHERE d.refclassid = 'pg_catalog.pg_namespace'::regclass AND d.refobjid = n.oid AND COALESCE(NOT starts_with(c.relname, 'godwit_'), TRUE)
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = d.classid AND x.objid = d.objid AND x.deptype = 'e')))
ORDER BY n.nspname COLLATE "C"`;

/** Which namespaces there are, besides the current one. */
export const namespaceQueries = {
  namespaces: others,
  misleading: `SELECT CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END AS kind, c.relname AS name
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE IN_SCOPE AND NOT IS_CLEAR(c.relname) AND c.relkind IN ('r', 'p', 'v', 'm')
ORDER BY c.relname COLLATE "C"`,
} as const;

/** Those that were asked for. */
export const namespacesOf = (rows: readonly Row[]): readonly Namespace[] =>
  rows
    .filter((row) => row["named"])
    .map((row) => ({
      name: String(row["name"]),
      ...(typeof row["comment"] === "string" && { comment: row["comment"] }),
    }));

/** What is called as if it were in one of those. */
export const misleading = (rows: readonly Row[]): readonly UnsupportedObject[] =>
  rows.map((row) => ({
    kind: String(row["kind"]),
    object: String(row["name"]),
    reason: "what stands before the dot in its name is a namespace",
  }));

/** Those that were not. */
export const unread = (rows: readonly Row[]): readonly UnsupportedObject[] =>
  rows
    .filter((row) => !row["named"])
    .map((row) => ({
      kind: "namespace",
      object: String(row["name"]),
      reason: "it was not asked for, and nothing in it was looked at",
    }));
