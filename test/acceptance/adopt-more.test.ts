import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runDbmate } from "../helpers/dbmate.ts";
import { engineFile } from "../helpers/engines.ts";
import { dumpMariadb } from "../helpers/mariadb-dump.ts";
import { mariadbServer } from "../helpers/mariadb-server.ts";
import { dumpPostgres } from "../helpers/postgres-dump.ts";
import { postgresServer } from "../helpers/postgres-server.ts";
import { dumpSqlite } from "../helpers/sqlite-dump.ts";
import { dumpWithout, fullyTakenOver, takeOver, withDatabase, writeFiles } from "../helpers/take-over.ts";

// What adopt.test.ts and adopt-forms.test.ts do, on other databases, and with other versions and layouts of the tools.

const folder = mkdtempSync(join(tmpdir(), "godwit-adopt-more-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Case {
  readonly name: string;
  readonly tool: string;
  readonly database: keyof typeof databases;
  readonly files: readonly (readonly [path: string, text: string])[];
  /** Where its migrations lie. */
  readonly convert: string;
  run(project: string, url: string): void | Promise<void>;
  readonly books: readonly string[];
}

const databases = {
  postgresql: { open: async () => (await postgresServer()).createDatabase(), dump: dumpPostgres },
  mariadb: { open: async () => (await mariadbServer()).createDatabase(), dump: dumpMariadb },
  sqlite: {
    open: async () => ({ url: `sqlite:${join(folder, `${crypto.randomUUID()}.db`)}`, drop: async () => undefined }),
    dump: dumpSqlite,
  },
} as const;

function node(project: string, set: string, words: readonly string[], url: string): void {
  const env = { ...process.env, DATABASE_URL: url };
  const { exitCode, stdout, stderr } = Bun.spawnSync(["node", ...words], { cwd: project, env });
  if (exitCode !== 0) throw new Error(`node ${words.join(" ")} (${set}) ended with ${exitCode}: ${stdout}${stderr}`);
}

const withPackages = (project: string, set: string): void =>
  symlinkSync(dirname(dirname(engineFile("pg/package.json", set))), join(project, "node_modules"));

const users = {
  mariadb:
    "CREATE TABLE `users` (`id` int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, `email` varchar(120) NOT NULL UNIQUE, `role` enum('admin','user') DEFAULT 'user', `at` timestamp NOT NULL DEFAULT current_timestamp()) COMMENT='People; all'",
  sqlite: "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE CHECK (email <> ''))",
};
const posts = {
  mariadb:
    "CREATE TABLE `posts` (`id` bigint AUTO_INCREMENT, `user_id` int unsigned, `body` text, PRIMARY KEY (`id`), KEY `body_idx` (`body`(20)), CONSTRAINT `posts_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE);\nCREATE TRIGGER touched BEFORE UPDATE ON posts FOR EACH ROW SET NEW.body = 'it''s; now'",
  sqlite:
    "CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id) ON DELETE CASCADE, body TEXT DEFAULT '');\nCREATE INDEX posts_user ON posts (user_id) WHERE body <> '';\nCREATE VIEW titles AS SELECT body FROM posts",
};

const dbmate = (database: "mariadb" | "sqlite"): Case => ({
  name: `dbmate on ${database}`,
  tool: "dbmate",
  database,
  files: [
    [
      "db/migrations/20240101000000_users.sql",
      `-- migrate:up\n${users[database]};\n\n-- migrate:down\nDROP TABLE users;\n`,
    ],
    [
      "db/migrations/20240102000000_posts.sql",
      `-- migrate:up\n${posts[database]};\n\n-- migrate:down\nDROP TABLE posts;\n`,
    ],
  ],
  convert: "db/migrations",
  run: (project, url) => runDbmate(project, url.replace(/^mariadb:/, "mysql:")),
  books: ["schema_migrations"],
});

/** https://github.com/golang-migrate/migrate/tree/master/database/mysql and sqlite, as 4.20 has written them. */
const golangBooks = {
  mariadb: [
    "CREATE TABLE IF NOT EXISTS `schema_migrations` (version bigint not null primary key, dirty boolean not null)",
    "INSERT INTO `schema_migrations` (version, dirty) VALUES (2, 0)",
  ],
  sqlite: [
    "CREATE TABLE IF NOT EXISTS schema_migrations (version uint64,dirty bool)",
    "CREATE UNIQUE INDEX IF NOT EXISTS version_unique ON schema_migrations (version)",
    'INSERT INTO "schema_migrations" (version, dirty) VALUES (2, 0)',
  ],
};

const golangMigrate = (database: "mariadb" | "sqlite"): Case => ({
  name: `golang-migrate on ${database}`,
  tool: "golang-migrate",
  database,
  files: [
    ["db/000001_users.up.sql", `${users[database]};\n`],
    ["db/000001_users.down.sql", "DROP TABLE users;\n"],
    ["db/000002_posts.up.sql", `${posts[database]};\n`],
  ],
  convert: "db",
  run: (_, url) =>
    withDatabase(url, async ({ driver }) => {
      for (const sql of [users[database], ...posts[database].split(";\n"), ...golangBooks[database]])
        await driver.execute(sql);
    }),
  books: ["schema_migrations", "version_unique"],
});

/** Its snapshots are not read when it runs, so what people write themselves may lack one. */
const drizzle: Case = {
  name: "Drizzle 1.0",
  tool: "drizzle",
  database: "postgresql",
  files: [
    [
      "schema.ts",
      `import { pgTable, serial, text, integer, index } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: serial().primaryKey(), email: text().notNull().unique() });
export const posts = pgTable("posts", { id: serial().primaryKey(), authorId: integer("author_id").notNull().references(() => users.id), title: text() }, (t) => [index("posts_title").on(t.title)]);
`,
    ],
    [
      "run.mjs",
      `import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
const db = drizzle(process.env.DATABASE_URL);
await migrate(db, { migrationsFolder: "drizzle" });
await db.$client.end();
`,
    ],
    [
      "drizzle/20990101000000_own/migration.sql",
      "ALTER TABLE posts ADD COLUMN body text;\n--> statement-breakpoint\nCOMMENT ON TABLE posts IS 'Posts';",
    ],
  ],
  convert: "drizzle",
  run: (project, url) => {
    withPackages(project, "drizzle-1");
    const kit = engineFile("drizzle-kit/bin.cjs", "drizzle-1");
    node(project, "drizzle-1", [kit, "generate", "--dialect=postgresql", "--schema=schema.ts", "--out=drizzle"], url);
    node(project, "drizzle-1", ["run.mjs"], url);
  },
  books: ["drizzle.__drizzle_migrations"],
};

const nodePgMigrate: Case = {
  name: "node-pg-migrate with pairs",
  tool: "node-pg-migrate",
  database: "postgresql",
  files: [
    [
      "migrations/1700000000001_users.up.sql",
      "CREATE TABLE users (id serial PRIMARY KEY, name varchar(100) NOT NULL);\n",
    ],
    ["migrations/1700000000001_users.down.sql", "DROP TABLE users;\n"],
    ["migrations/1700000000002-more.up.sql", "ALTER TABLE users ADD COLUMN at timestamp;\n"],
    ["migrations/1700000000003_index.sql", "-- Up Migration\nCREATE INDEX users_name ON users (name);\n"],
    [
      "run.mjs",
      `import { runner } from "node-pg-migrate";
await runner({ databaseUrl: process.env.DATABASE_URL, dir: "migrations", direction: "up", migrationsTable: "pgmigrations", log() {}, migrationLoaderStrategies: [{ extensions: [".sql"], loader: "sql" }] });
`,
    ],
  ],
  convert: "migrations",
  run: (project, url) => {
    withPackages(project, "tools");
    node(project, "tools", ["run.mjs"], url);
  },
  books: ["pgmigrations"],
};

const cases: readonly Case[] = [
  dbmate("mariadb"),
  dbmate("sqlite"),
  golangMigrate("mariadb"),
  golangMigrate("sqlite"),
  drizzle,
  nodePgMigrate,
];

describe.each(cases)("$name", ({ name, tool, database, files, convert, run, books }) => {
  test("what it has made is taken over, changed and made anew", async () => {
    const { open, dump } = databases[database];
    const [old, fresh] = [await open(), await open()];
    const project = join(folder, name);
    writeFiles(project, files);
    await run(project, old.url);
    const theirs = join(project, convert);
    const ours = `${project}-godwit`;
    expect(await takeOver({ tool, theirs, ours, old: old.url, fresh: fresh.url })).toMatchObject(fullyTakenOver);
    expect(await dumpWithout(fresh.url, dump, books)).toEqual(await dumpWithout(old.url, dump, books));
    await Promise.all([old.drop(), fresh.drop()]);
  }, 120_000);
});
