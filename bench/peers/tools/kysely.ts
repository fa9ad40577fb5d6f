import { join } from "node:path";
import { versionOf } from "../install.ts";
import { allInOne, fileOf, type PeerDialect, type Tool, writeText } from "../tool.ts";

/** Its `Migrator` in the program that its documentation shows: it has no command of its own. */
export const kysely: Tool = {
  name: "Kysely",
  version: versionOf("kysely"),
  dialects: ["sqlite", "postgresql"],
  transactions: { sqlite: "none", postgresql: allInOne },
  write: ({ folder, dialect }, migrations) => {
    writeText(folder, "package.json", `{ "type": "module" }\n`);
    writeText(folder, "migrate.ts", programText(dialect));
    for (const { name, table } of migrations) writeText(folder, `migrations/${name}.ts`, migrationText(table, dialect));
  },
  command: ({ folder, installed }, url) => [
    "/usr/bin/env",
    `DATABASE_URL=${url.startsWith("sqlite:") ? fileOf(url) : url}`,
    installed.node,
    join(folder, "migrate.ts"),
  ],
};

const programText = (dialect: PeerDialect): string => `import { promises as fs } from "node:fs";
import path from "node:path";
${
  dialect === "sqlite"
    ? `import Database from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { FileMigrationProvider, Migrator } from "kysely/migration";

const dialect = new SqliteDialect({ database: new Database(process.env.DATABASE_URL) });`
    : `import pg from "pg";
import { Kysely, PostgresDialect } from "kysely";
import { FileMigrationProvider, Migrator } from "kysely/migration";

const dialect = new PostgresDialect({ pool: new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 }) });`
}
const db = new Kysely<any>({ dialect });
const migrationFolder = path.join(import.meta.dirname, "migrations");
const migrator = new Migrator({ db, provider: new FileMigrationProvider({ fs, path, migrationFolder }) });
const { error, results } = await migrator.migrateToLatest();
for (const { migrationName, status } of results ?? []) console.log(status, migrationName);
await db.destroy();
if (error) throw error;
`;

const migrationText = (table: string, dialect: PeerDialect): string => {
  const id =
    dialect === "sqlite"
      ? `.addColumn("id", "integer", (column) => column.primaryKey().autoIncrement())`
      : `.addColumn("id", "serial", (column) => column.primaryKey())`;
  const open = dialect === "sqlite" ? "sql`1`" : "true";
  return `import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable("${table}")
    ${id}
    .addColumn("title", "varchar(200)", (column) => column.notNull())
    .addColumn("email", "varchar(255)", (column) => column.notNull())
    .addColumn("amount", "decimal(10, 2)")
    .addColumn("open", "boolean", (column) => column.notNull().defaultTo(${open}))
    .addColumn("created_at", "timestamp", (column) => column.notNull().defaultTo(sql\`CURRENT_TIMESTAMP\`))
    .execute();
  await db.schema.createIndex("idx_${table}_email").unique().on("${table}").column("email").execute();
}

export async function down(db: Kysely<any>): Promise<void> {
  await db.schema.dropTable("${table}").execute();
}
`;
};
