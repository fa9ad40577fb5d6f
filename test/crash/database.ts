import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { mariadbServer } from "../helpers/mariadb-server.ts";
import { postgresServer } from "../helpers/postgres-server.ts";
import { sqldServer } from "../helpers/sqld-server.ts";
import type { Engine } from "./story.ts";

/** An empty database. */
export interface CrashDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

let files = 0;

/** One in `folder`, or on the engine's server. */
export async function emptyDatabase(engine: Engine, folder: string): Promise<CrashDatabase> {
  if (engine === "postgresql") return (await postgresServer()).createDatabase();
  if (engine === "turso") return (await sqldServer()).createDatabase();
  if (engine === "mariadb") return (await mariadbServer()).createDatabase();
  const path = join(folder, `${++files}.db`);
  const drop = async (): Promise<void> => {
    for (const end of ["", "-journal", "-wal", "-shm"]) rmSync(`${path}${end}`, { force: true });
  };
  return { url: `sqlite:${path}`, drop };
}

export async function withDatabase<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ url });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** What is in a database, godwit's own tables left out: a name → how it was made, or a digest of its rows. */
export type Snapshot = Readonly<Record<string, string>>;

/** What an index that is not valid has in place of its definition. */
export const invalid = "invalid";

export async function snapshotOf({ driver, dialect }: Database): Promise<Snapshot> {
  const found: Record<string, string> = {};
  for (const sql of catalogs[dialect.name as Engine]) {
    for (const { name, definition } of await driver.query(sql)) found[String(name)] = String(definition);
  }
  for (const key of Object.keys(found).filter((name) => name.startsWith("table "))) {
    const name = key.slice("table ".length);
    const rows = (await driver.query(`SELECT * FROM ${dialect.quote(name)}`)).map((row) => JSON.stringify(row)).sort();
    found[`rows of ${name}`] = rows.length < 60 ? rows.join("\n") : `${rows.length}: ${Bun.hash(rows.join("\n"))}`;
  }
  return found;
}

/** Queries for `name` and `definition` of all that the story makes. Names of tables begin with `table `. */
const catalogs: Readonly<Record<Engine, readonly string[]>> = {
  sqlite: [
    "SELECT type || ' ' || name AS name, coalesce(sql, '') AS definition FROM sqlite_schema WHERE tbl_name NOT LIKE 'godwit%'",
  ],
  turso: [
    "SELECT type || ' ' || name AS name, coalesce(sql, '') AS definition FROM sqlite_schema WHERE tbl_name NOT LIKE 'godwit%' AND tbl_name NOT LIKE 'libsql%'",
  ],
  postgresql: [
    `SELECT 'table ' || c.relname AS name, string_agg(format('%s %s %s %s', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)), ', ' ORDER BY a.attnum) AS definition
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'godwit%' GROUP BY c.relname`,
    `SELECT 'index ' || i.indexrelid::regclass AS name, CASE WHEN i.indisvalid THEN pg_get_indexdef(i.indexrelid) ELSE '${invalid}' END AS definition
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'godwit%'`,
    `SELECT 'constraint ' || conname || ' of ' || conrelid::regclass AS name, pg_get_constraintdef(oid) AS definition
     FROM pg_constraint WHERE conrelid <> 0 AND connamespace = 'public'::regnamespace AND conrelid::regclass::text NOT LIKE 'godwit%'`,
    "SELECT 'view ' || viewname AS name, definition FROM pg_views WHERE schemaname = 'public'",
    "SELECT 'function ' || proname AS name, prosrc AS definition FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "SELECT 'trigger ' || tgname AS name, pg_get_triggerdef(oid) AS definition FROM pg_trigger WHERE NOT tgisinternal",
  ],
  mariadb: [
    `SELECT CONCAT('table ', c.table_name) AS name, GROUP_CONCAT(CONCAT_WS(' ', column_name, column_type, is_nullable, column_default, extra) ORDER BY ordinal_position) AS definition
     FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE t.table_schema = DATABASE() AND t.table_type = 'BASE TABLE' AND t.table_name NOT LIKE 'godwit%' GROUP BY c.table_name`,
    `SELECT CONCAT('index ', index_name, ' of ', table_name) AS name, GROUP_CONCAT(CONCAT_WS(' ', non_unique, column_name, sub_part) ORDER BY seq_in_index) AS definition
     FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name NOT LIKE 'godwit%' GROUP BY table_name, index_name`,
    `SELECT CONCAT('constraint ', constraint_name, ' of ', table_name) AS name, CONCAT_WS(' ', unique_constraint_name, referenced_table_name, update_rule, delete_rule) AS definition
     FROM information_schema.referential_constraints WHERE constraint_schema = DATABASE()`,
    "SELECT CONCAT('view ', table_name) AS name, REPLACE(view_definition, CONCAT('`', DATABASE(), '`.'), '') AS definition FROM information_schema.views WHERE table_schema = DATABASE()",
    "SELECT CONCAT('trigger ', trigger_name) AS name, action_statement AS definition FROM information_schema.triggers WHERE trigger_schema = DATABASE()",
  ],
};
