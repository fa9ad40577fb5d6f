import { Database } from "bun:sqlite";
import { afterAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadProject } from "../../src/runtime/config.ts";
import { type AdoptOptions, adopt } from "../../src/runtime/tasks/adopt.ts";
import { drift } from "../../src/runtime/tasks/drift.ts";
import { importSchema } from "../../src/runtime/tasks/schema-import.ts";

const folder = mkdtempSync(join(tmpdir(), "godwit-adopt-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

/** A project with these migrations, `name<origin`, each of which makes a table, and a database in which this SQL has run. */
const projectOf = (migrations: readonly string[], sql: string) => {
  const root = join(folder, String(count++));
  mkdirSync(join(root, "migrations"), { recursive: true });
  for (const [i, line] of migrations.entries()) {
    const [name = "", origin] = line.split("<");
    const before = migrations[i - 1]?.split("<")[0];
    const header = `dependencies: ${JSON.stringify(before ? [before] : [])}, ${origin ? `convertedFrom: ${JSON.stringify(origin)}, ` : ""}`;
    const operation = `createTable({ name: "t${i}", fields: [{ name: "id", type: "integer", primaryKey: true }] })`;
    writeFileSync(
      join(root, `migrations/${name}.ts`),
      `import { createTable, migration } from "godwit";\nexport default migration({ ${header}operations: [${operation}] });\n`,
    );
  }
  const database = new Database(join(root, "app.db"));
  database.run(sql);
  database.close();
  return loadProject({ url: `sqlite:${join(root, "app.db")}` }, {}, root);
};

const adopted = async (migrations: readonly string[], sql: string, options?: AdoptOptions) => {
  const { adopted: names, pending, tool } = await adopt(projectOf(migrations, sql), options);
  return { tool, names, pending };
};

const three = (tool: string, ...ids: readonly string[]): readonly string[] =>
  ids.map((id, i) => `000${i + 1}_m<${tool} ${id}`);

/** What a tool writes when it has applied the first two of three migrations. */
const histories: readonly (readonly [tool: string, ids: readonly string[], sql: string])[] = [
  [
    "golang-migrate",
    ["1", "2", "3"],
    "CREATE TABLE schema_migrations (version uint64, dirty bool); INSERT INTO schema_migrations VALUES (2, 0)",
  ],
  [
    "dbmate",
    ["20240101", "20240102", "20240103"],
    `CREATE TABLE "schema_migrations" (version varchar(128) primary key); INSERT INTO schema_migrations VALUES ('20240101'), ('20240102')`,
  ],
  [
    "rails",
    ["20240101", "20240102", "20240103"],
    `CREATE TABLE "schema_migrations" (version varchar primary key); INSERT INTO schema_migrations VALUES ('20240101'), ('20240102'); CREATE TABLE "ar_internal_metadata" (key varchar PRIMARY KEY, value varchar, created_at datetime NOT NULL, updated_at datetime NOT NULL)`,
  ],
  [
    "goose",
    ["1", "2", "3"],
    "CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER, is_applied INTEGER, tstamp TIMESTAMP); INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1), (1, 1), (2, 1), (3, 1), (3, 0)",
  ],
  [
    "flyway",
    ["1", "1.1", "R__views"],
    "CREATE TABLE flyway_schema_history (installed_rank INT PRIMARY KEY, version VARCHAR(50), description VARCHAR(200), type VARCHAR(20), script VARCHAR(1000), checksum INT, installed_by VARCHAR(100), installed_on TEXT, execution_time INT, success BOOLEAN); INSERT INTO flyway_schema_history VALUES (1, '1', 'a', 'SQL', 'V1__a.sql', 1, 'x', '', 1, 1), (2, '1.1', 'b', 'SQL', 'V1.1__b.sql', 1, 'x', '', 1, 1), (3, '2', 'c', 'SQL', 'V2__c.sql', 1, 'x', '', 1, 1), (4, '2', 'c', 'UNDO_SQL', 'U2__c.sql', 1, 'x', '', 1, 1)",
  ],
  [
    "ory",
    ["20240101000000000000", "20240102000000000000", "20240103000000000000"],
    "CREATE TABLE schema_migration (version VARCHAR (48) NOT NULL, version_self INT NOT NULL DEFAULT 0); INSERT INTO schema_migration (version) VALUES ('20240101000000000000'), ('20240102000000000000')",
  ],
  [
    "diesel",
    ["20240101000000", "20240102000000", "20240103000000"],
    "CREATE TABLE __diesel_schema_migrations (version VARCHAR(50) PRIMARY KEY NOT NULL, run_on TIMESTAMP NOT NULL); INSERT INTO __diesel_schema_migrations VALUES ('20240101000000', ''), ('20240102000000', '')",
  ],
  [
    "prisma",
    ["20240101_a", "20240102_b", "20240103_c"],
    `CREATE TABLE "_prisma_migrations" ("id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL, "logs" TEXT, "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL, "applied_steps_count" INTEGER UNSIGNED NOT NULL); INSERT INTO _prisma_migrations VALUES ('a', '', 1, '20240101_a', NULL, NULL, 1, 1), ('b', '', NULL, '20240102_b', 'x', 1, 1, 0), ('c', '', 1, '20240102_b', NULL, NULL, 1, 1)`,
  ],
  [
    "drizzle",
    ["1700000000001", "1700000000002", "1700000000003"],
    `CREATE TABLE "__drizzle_migrations" (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric); INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', 1700000000001), ('y', 1700000000002)`,
  ],
  [
    "knex",
    ["a.js", "b.js", "c.js"],
    "CREATE TABLE knex_migrations (id integer primary key, name varchar(255), batch integer, migration_time datetime); INSERT INTO knex_migrations VALUES (1, 'a.js', 1, ''), (2, 'b.js', 2, ''); CREATE TABLE knex_migrations_lock (\"index\" integer primary key, is_locked integer); INSERT INTO knex_migrations_lock VALUES (1, 0)",
  ],
  [
    "node-pg-migrate",
    ["1_a", "2_b", "3_c"],
    "CREATE TABLE pgmigrations (id integer PRIMARY KEY, name varchar(255), run_on timestamp); INSERT INTO pgmigrations VALUES (1, '1_a', ''), (2, '2_b', '')",
  ],
  [
    "kysely",
    ["a", "b", "c"],
    "CREATE TABLE kysely_migration (name varchar(255) primary key, timestamp varchar(255)); INSERT INTO kysely_migration VALUES ('a', ''), ('b', '')",
  ],
  [
    "makemigrations",
    ["0001_a", "0002_b", "0003_c"],
    "CREATE TABLE makemigrations_history (id integer primary key, name text, applied_at timestamp); INSERT INTO makemigrations_history (name) VALUES ('0001_a'), ('0002_b')",
  ],
];

for (const [tool, ids, sql] of histories) {
  test(`${tool}: what it has applied is recorded, and nothing of it runs`, async () => {
    const project = projectOf(three(tool, ...ids), sql);
    const result = await adopt(project);
    expect(result).toEqual({ tool, adopted: ["0001_m", "0002_m"], known: [], pending: ["0003_m"], dropped: [] });
    expect((await adopt(project)).known).toEqual(["0001_m", "0002_m"]);
    // Its tables are no part of the schema; those that nothing has made are missed.
    expect((await drift(project)).changes.map(({ kind, table }) => `${kind} ${table}`)).toEqual([
      "missing_table t0",
      "missing_table t1",
    ]);
    const { tables, unsupported } = await importSchema(project);
    expect(tables).toEqual([]);
    expect(unsupported.length).toBeGreaterThan(0);
    for (const { reason } of unsupported) expect(reason).toContain("keeps its books there");
  });
}

const refused: readonly (readonly [what: string, migrations: readonly string[], sql: string, message: string])[] = [
  [
    "a dirty version of golang-migrate",
    three("golang-migrate", "1", "2"),
    "CREATE TABLE schema_migrations (version uint64, dirty bool); INSERT INTO schema_migrations VALUES (2, 1)",
    "golang-migrate: it stopped in version 2 (dirty); see what of it is in the database, repair that, and say so with `migrate force VERSION`; then adopt again",
  ],
  [
    "a failed migration of Prisma",
    three("prisma", "a"),
    `CREATE TABLE "_prisma_migrations" ("id" TEXT, "checksum" TEXT, "finished_at" DATETIME, "migration_name" TEXT, "logs" TEXT, "rolled_back_at" DATETIME, "started_at" DATETIME, "applied_steps_count" INTEGER); INSERT INTO _prisma_migrations VALUES ('a', '', NULL, 'a', 'x', NULL, 1, 0)`,
    'Prisma Migrate: "a" failed;',
  ],
  [
    "a failed migration of Flyway",
    three("flyway", "1"),
    "CREATE TABLE flyway_schema_history (installed_rank INT, version TEXT, description TEXT, type TEXT, script TEXT, checksum INT, installed_by TEXT, installed_on TEXT, execution_time INT, success BOOLEAN); INSERT INTO flyway_schema_history VALUES (1, '1', 'a', 'SQL', 'V1__a.sql', 1, '', '', 1, 0)",
    'Flyway: "V1__a.sql" failed;',
  ],
  [
    "a lock of Knex",
    three("knex", "a.js"),
    'CREATE TABLE knex_migrations (id integer, name text, batch integer, migration_time text); CREATE TABLE knex_migrations_lock ("index" integer, is_locked integer); INSERT INTO knex_migrations_lock VALUES (1, 1)',
    "Knex holds its lock",
  ],
  [
    "two heads of Alembic",
    ["0001_m"],
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL); INSERT INTO alembic_version VALUES ('a'), ('b')",
    "Alembic: it has 2 heads (a, b); join them",
  ],
  [
    "what was not converted",
    three("dbmate", "1"),
    "CREATE TABLE schema_migrations (version text); INSERT INTO schema_migrations VALUES ('1'), ('7')",
    'dbmate has applied "7", and no migration was converted from that; convert again',
  ],
  [
    "a project without migrations",
    [],
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)",
    "the project has no migrations; convert those of Alembic with `godwit convert DIRECTORY`, or describe",
  ],
  [
    "a database that is not what the migrations say",
    ["0001_m"],
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL); CREATE TABLE t0 (id integer primary key, extra text)",
    "the migrations are not what the database has, which Alembic made",
  ],
  [
    "no tool at all",
    ["0001_m"],
    "CREATE TABLE t0 (id integer primary key)",
    "the database has the history of none of golang-migrate,",
  ],
  [
    "two tools at once",
    ["0001_m"],
    "CREATE TABLE alembic_version (version_num TEXT); CREATE TABLE kysely_migration (name text, timestamp text)",
    "the database has the histories of several tools (kysely, alembic); say which with --from",
  ],
];

for (const [what, migrations, sql, message] of refused) {
  test(`${what} is refused, and nothing is recorded`, async () => {
    const project = projectOf(migrations, sql);
    expect(adopt(project)).rejects.toThrow(message);
  });
}

const flywayRows = (
  ...rows: readonly (readonly [version: string | null, description: string, type: string])[]
): string =>
  `CREATE TABLE flyway_schema_history (installed_rank INT, version TEXT, description TEXT, type TEXT, script TEXT, checksum INT, success BOOLEAN); INSERT INTO flyway_schema_history VALUES ${rows
    .map(
      ([version, description, type], i) =>
        `(${i + 1}, ${version ? `'${version}'` : "NULL"}, '${description}', '${type}', '', 1, 1)`,
    )
    .join(", ")}`;

test("up to a baseline of Flyway all has run, be it declared or a migration", async () => {
  const files = three("flyway", "002", "2.1.0", "3.0");
  const names = ["0001_m", "0002_m"];
  expect(await adopted(files, flywayRows(["2.1", "<< Flyway Baseline >>", "BASELINE"]))).toMatchObject({ names });
  expect(await adopted(files, flywayRows(["2.1", "base", "SQL_BASELINE"]))).toMatchObject({ names });
  const after = flywayRows(["1", "<< Flyway Baseline >>", "BASELINE"], ["2", "a", "SQL"], ["3", "c", "SQL"]);
  expect(await adopted(files, after)).toMatchObject({ names: ["0001_m", "0003_m"], pending: ["0002_m"] });
});

test("a baseline of Flyway that was converted has run where a later version has, and stands for those before it", async () => {
  const files = three("flyway", "B5", "6", "R__all_of it");
  const rows = flywayRows(["4", "a", "SQL"], ["5", "b", "SQL"], [null, "all of it", "SQL"]);
  expect(await adopted(files, rows)).toMatchObject({ names: ["0001_m", "0003_m"], pending: ["0002_m"] });
  const early = adopted(files, flywayRows(["4", "a", "SQL"]));
  expect(await early).toMatchObject({ names: [], pending: ["0001_m", "0002_m", "0003_m"] });
  expect(adopted(files, flywayRows(["7", "a", "SQL"]))).rejects.toThrow('Flyway has applied "7", and no migration');
});

test("what Flyway has taken back or deleted has not run, however its version is written", async () => {
  const rows = flywayRows(
    ["1.0", "a", "SQL"],
    ["1", "a", "UNDO_SQL"],
    ["2", "b", "SQL"],
    ["2", "b", "DELETE"],
    ["3", "c", "SQL"],
  );
  expect(await adopted(three("flyway", "1", "2", "3"), rows)).toMatchObject({ names: ["0003_m"] });
});

test("what an older pop of Ory has recorded stands for all versions that begin so", async () => {
  const sql =
    "CREATE TABLE schema_migration (version TEXT, version_self INT); INSERT INTO schema_migration (version) VALUES ('20150100000001'), ('20200100000001000000')";
  const files = three("ory", "20150100000001000000", "20150100000001000001", "20200100000001000000");
  expect((await adopted(files, sql)).names).toEqual(["0001_m", "0002_m", "0003_m"]);
});

const drizzleRows = (columns: string, ...rows: readonly string[]): string =>
  `CREATE TABLE __drizzle_migrations (id INTEGER PRIMARY KEY, hash text NOT NULL, created_at numeric${columns}); INSERT INTO __drizzle_migrations VALUES ${rows.join(", ")}`;
const named = ", name text, applied_at TEXT";

test("Drizzle 1.0 records names; what came before, and older files, are known by their time", async () => {
  const names = ["20231114221320_a", "20231114221321_b", "20231114221322_c"];
  const first = { tool: "drizzle", names: ["0001_m", "0002_m"], pending: ["0003_m"] };
  const withNames = drizzleRows(
    named,
    "(1, 'x', 1700000000123, '20231114221320_a', NULL)",
    "(2, 'y', 1700000001000, '20231114221321_b', 'now')",
  );
  expect(await adopted(three("drizzle", ...names), withNames)).toEqual(first);
  expect(await adopted(three("drizzle", "1700000000123", "1700000001000", "1700000002000"), withNames)).toEqual(first);
  const withoutNames = drizzleRows("", "(1, 'x', 1700000000123)", "(2, 'y', 1700000001000)");
  expect(await adopted(three("drizzle", ...names), withoutNames)).toEqual(first);
  const unknown = adopted(three("drizzle", ...names), drizzleRows("", "(1, 'x', 1600000000123)"));
  expect(unknown).rejects.toThrow('Drizzle has applied "1600000000123", and no migration was converted from that');
});

test("two folders of one second are told apart by names, and by nothing else", async () => {
  const migrations = three("drizzle", "20231114221320_a", "20231114221320_b");
  const rows = drizzleRows(named, "(1, 'x', 1700000000000, '20231114221320_b', NULL)");
  expect((await adopted(migrations, rows)).names).toEqual(["0002_m"]);
  expect(adopted(migrations, drizzleRows("", "(1, 'x', 1700000000000)"))).rejects.toThrow(
    'Drizzle: its history has "20231114221320", which may be "20231114221320_a" or "20231114221320_b"',
  );
});

test("an unknown tool is refused with those that there are", async () => {
  expect(adopted(["0001_m"], "SELECT 1", { from: "flywya" })).rejects.toThrow(
    '"flywya" is no tool whose history godwit can read; there are golang-migrate,',
  );
});

test("a gap stays pending, and what nobody converted can be passed over", async () => {
  const sql = "CREATE TABLE schema_migrations (version text); INSERT INTO schema_migrations VALUES ('1'), ('3'), ('9')";
  expect(await adopted(three("dbmate", "1", "2", "3"), sql, { allowUnknown: true })).toEqual({
    tool: "dbmate",
    names: ["0001_m", "0003_m"],
    pending: ["0002_m"],
  });
});

test("a database of which no migration was converted is taken over as a whole, where it is what the migrations say", async () => {
  const sql =
    "CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES ('abc'); CREATE TABLE t0 (id integer primary key)";
  expect((await adopted(["0001_m"], sql)).names).toEqual(["0001_m"]);
});

test("the tool's tables are dropped only when somebody says so", async () => {
  const project = projectOf(
    three("knex", "a.js"),
    histories.find(([tool]) => tool === "knex")?.[2].replace("(2, 'b.js', 2, '')", "(2, 'a.js', 2, '')") ?? "",
  );
  const asked: (readonly string[])[] = [];
  const refusing = await adopt(project, { dropOld: async (tables) => Boolean(asked.push(tables)) && false });
  expect(refusing.dropped).toEqual([]);
  expect(asked).toEqual([["knex_migrations", "knex_migrations_lock"]]);
  expect((await adopt(project, { dropOld: async () => true })).dropped).toEqual([
    "knex_migrations",
    "knex_migrations_lock",
  ]);
  expect(adopt(project)).rejects.toThrow("the database has the history of none of");
});

test("a table of that name that the migrations make is a table like any other", async () => {
  const project = projectOf([], "CREATE TABLE schema_migrations (version text, more text)");
  const { tables } = await importSchema(project);
  expect(tables).toEqual(["schema_migrations"]);
});
