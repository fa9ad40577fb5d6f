import { join } from "node:path";
import { type Database, introspect, openDatabase } from "../../src/runtime/database.ts";
import type { Bench } from "../bench.ts";
import type { Stage } from "../stage.ts";

const TABLES = 1000;

/** One query that returns every column, for comparison: whoever wants the schema needs at least these rows. */
export const columnQueries = {
  sqlite: `SELECT m.name, c.name, c.cid, c.type, c."notnull", c.dflt_value, c.pk
FROM sqlite_schema m JOIN pragma_table_xinfo(m.name) c WHERE m.type = 'table' ORDER BY m.name, c.cid`,
  postgresql: `SELECT c.relname, a.attname, a.attnum, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull,
  pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS fallback
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relkind = 'r' ORDER BY c.relname, a.attnum`,
} as const;

const databases = {
  sqlite: async ({ folder }: Stage) => `sqlite:${join(folder, "introspect.db")}`,
  postgresql: async (stage: Stage) => (await (await stage.postgres()).createDatabase()).url,
} as const;

export const introspecting: readonly Bench[] = (["postgresql", "sqlite"] as const).map((dialect) => ({
  name: `introspect-${TABLES}-${dialect === "sqlite" ? dialect : "postgres"}`,
  what: `introspection of ${TABLES} tables of ten columns, ${dialect === "sqlite" ? "SQLite" : "PostgreSQL"} (in one process, connected)`,
  hold: { ratio: 3 },
  subjects: async (stage) => {
    const database = await openDatabase({ url: await databases[dialect](stage) });
    await createTables(database);
    return [
      { name: "godwit", work: { call: () => introspect(database) } },
      { name: "one catalog query", work: { call: () => database.driver.query(columnQueries[dialect]) } },
    ];
  },
}));

async function createTables({ driver }: Database): Promise<void> {
  const columns = Array.from({ length: 9 }, (_, i) =>
    i % 2 ? `c${i} VARCHAR(100) NOT NULL` : `c${i} INTEGER DEFAULT ${i}`,
  );
  const tables = Array.from({ length: TABLES }, (_, i) => `CREATE TABLE t${i} (id INTEGER PRIMARY KEY, ${columns})`);
  await driver.execute(tables.join(";\n"));
}
