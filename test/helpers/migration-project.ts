import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import type { Project } from "../../src/runtime/project.ts";
import { mariadbServer } from "./mariadb-server.ts";
import { postgresServer } from "./postgres-server.ts";

/** A project in a temporary directory with a database of its own. */
export interface TestProject extends Project {
  /** Writes `migrations/<name>.ts`; `operations` is TypeScript, such as `createTable({ … }), runSQL({ … })`. */
  write(name: string, operations: string, options?: MigrationOptions): void;
  /** Rows of a query, over a connection of its own. */
  query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Opens the database, whatever comes of it. */
  withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T>;
  dispose(): Promise<void>;
}

export interface MigrationOptions {
  readonly dependencies?: readonly string[];
  readonly transaction?: false;
  /** Absolute; absent: `migrations`. */
  readonly directory?: string;
}

// Projects that live for one test must not leave evaluations in the cache of whoever runs it.
process.env["XDG_CACHE_HOME"] ??= join(tmpdir(), "godwit-test-cache");

/** The databases that every law of the runner is tested on. */
export const databases = ["sqlite", "postgresql"] as const;
export type DatabaseName = (typeof databases)[number] | "mariadb";

export async function createProject(database: DatabaseName): Promise<TestProject> {
  const root = mkdtempSync(join(tmpdir(), "godwit-project-"));
  const migrationsDir = join(root, "migrations");
  mkdirSync(migrationsDir);
  const { url, drop } = await createDatabase(database, root);
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
    query: (sql) => withDatabase(({ driver }) => driver.query(sql)),
    dispose: async () => {
      await drop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

async function createDatabase(
  database: DatabaseName,
  root: string,
): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
  if (database === "sqlite") return { url: `sqlite:${join(root, "app.db")}`, drop: () => Promise.resolve() };
  return (await (database === "mariadb" ? mariadbServer() : postgresServer())).createDatabase();
}

function migrationSource(operations: string, { dependencies, transaction }: MigrationOptions = {}): string {
  const used = [...new Set(operations.match(/\b[a-z]\w*(?=\(\{)/g))];
  return [
    `import { ${["migration", ...used].join(", ")} } from "godwit";`,
    "",
    "export default migration({",
    ...(dependencies ? [`  dependencies: ${JSON.stringify(dependencies)},`] : []),
    ...(transaction === false ? ["  transaction: false,"] : []),
    `  operations: [${operations}],`,
    "});",
    "",
  ].join("\n");
}
