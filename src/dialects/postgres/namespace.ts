import type { NamespaceSql } from "../../core/ddl/namespace.ts";
import type { Quote } from "../../core/ddl/sql.ts";

/**
 * The path of the connection stays behind the schema: types and functions of extensions are often in `public`, and a track may point at
 * tables of another.
 */
export const namespace = (quote: Quote): NamespaceSql => ({
  exists: "SELECT 1 AS present FROM pg_catalog.pg_namespace WHERE nspname = $1",
  create: (name) => `CREATE SCHEMA IF NOT EXISTS ${quote(name)}`,
  path: "SELECT pg_catalog.current_setting('search_path') AS path",
  setPath: "SELECT pg_catalog.set_config('search_path', $1, false)",
  pathTo: (name, path) => (path ? `${quote(name)}, ${path}` : quote(name)),
});

/** Whether `CREATE EXTENSION` would find it, or has. Parameter: its name. */
export const extensionAvailable = `SELECT 1 AS present FROM pg_catalog.pg_available_extensions WHERE name = $1
UNION ALL SELECT 1 FROM pg_catalog.pg_extension WHERE extname = $1`;
