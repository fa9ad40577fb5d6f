import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import type { Project } from "../../src/runtime/project.ts";
import { clickhouseServer } from "./clickhouse-server.ts";
import { mariadbServer } from "./mariadb-server.ts";
import { mysqlServer } from "./mysql-server.ts";
import type { OtherMajor } from "./postgres-install.ts";
import { postgresServer } from "./postgres-server.ts";
import { sqldServer } from "./sqld-server.ts";

/** A project in a temporary directory with a database of its own. */
export interface TestProject extends Project {
  /** Writes `migrations/<name>.ts`; `operations` is TypeScript, such as `createTable({ … }), runSQL({ … })`. */
  write(name: string, operations: string, options?: MigrationOptions): void;
  /** Rows of a query, over a connection of its own. */
  query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Names of its tables, sorted; godwit's own among them only on request. */
  tables(own?: "own"): Promise<readonly string[]>;
  /** Opens the database, whatever comes of it. */
  withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T>;
  dispose(): Promise<void>;
}

export interface MigrationOptions {
  readonly dependencies?: readonly string[];
  readonly replaces?: readonly string[];
  readonly transaction?: false;
  /** Absolute; absent: `migrations`. */
  readonly directory?: string;
}

// Projects that live for one test must not leave evaluations in the cache of whoever runs it.
process.env["XDG_CACHE_HOME"] ??= join(tmpdir(), "godwit-test-cache");

/** The databases that every law of the runner is tested on. */
export const databases = ["sqlite", "postgresql", "mariadb", "turso"] as const;
export type DatabaseName = (typeof databases)[number];

/** Databases in which a migration that makes or changes tables can fail half-way. */
export const canStopHalfWay = (database: DatabaseName): boolean => database === "mariadb";

/** A statement that does nothing to speak of, and cannot be part of a transaction. */
export const standingAlone: Readonly<Record<DatabaseName, string>> = {
  sqlite: "VACUUM",
  postgresql: "VACUUM",
  mariadb: "ANALYZE TABLE nothing",
  turso: "PRAGMA journal_mode",
};

/** A database without transactions has laws of its own, and not everybody has one of MySQL, so only their own tests name them. */
type AnyDatabase = DatabaseName | "clickhouse" | "mysql";

const listTables: Readonly<Record<AnyDatabase, string>> = {
  clickhouse: "SELECT name FROM system.tables WHERE database = currentDatabase()",
  sqlite: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  turso:
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'libsql_%'",
  postgresql: "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()",
  mariadb: "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()",
  mysql: "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()",
};

/** `major`: of PostgreSQL, where not the main one. */
export async function createProject(database: AnyDatabase, major?: OtherMajor): Promise<TestProject> {
  const root = mkdtempSync(join(tmpdir(), "godwit-project-"));
  const migrationsDir = join(root, "migrations");
  mkdirSync(migrationsDir);
  const { url, drop } = await createDatabase(database, root, major);
  const withDatabase = async <T>(work: (database: Database) => Promise<T>): Promise<T> => {
    const opened = await openDatabase({ url });
    try {
      return await work(opened);
    } finally {
      await opened.close();
    }
  };
  return {
    root,
    migrationsDir,
    schemaPaths: [join(root, "schema")],
    database: { url },
    historyTable: "godwit_history",
    write: (name, operations, options) =>
      writeFileSync(join(options?.directory ?? migrationsDir, `${name}.ts`), migrationSource(operations, options)),
    withDatabase,
    tables: async (own) => {
      const rows = await withDatabase(({ driver }) => driver.query(listTables[database]));
      const names = rows.map((row) => String(row["name"]));
      return names.filter((name) => own || !name.startsWith("godwit_")).toSorted();
    },
    query: (sql) => withDatabase(({ driver }) => driver.query(sql)),
    dispose: async () => {
      await drop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

async function createDatabase(
  database: AnyDatabase,
  root: string,
  major?: OtherMajor,
): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
  if (database === "sqlite") return { url: `sqlite:${join(root, "app.db")}`, drop: () => Promise.resolve() };
  const servers = {
    clickhouse: clickhouseServer,
    mariadb: mariadbServer,
    mysql: mysqlServer,
    postgresql: () => postgresServer(major),
    turso: sqldServer,
  };
  return (await servers[database]()).createDatabase();
}

function migrationSource(operations: string, { dependencies, replaces, transaction }: MigrationOptions = {}): string {
  const used = [...new Set(operations.match(/\b[a-z]\w*(?=\(\{)/g))];
  return [
    `import { ${["migration", ...used].join(", ")} } from "godwit";`,
    "",
    "export default migration({",
    ...(dependencies ? [`  dependencies: ${JSON.stringify(dependencies)},`] : []),
    ...(replaces ? [`  replaces: ${JSON.stringify(replaces)},`] : []),
    ...(transaction === false ? ["  transaction: false,"] : []),
    `  operations: [${operations}],`,
    "});",
    "",
  ].join("\n");
}
