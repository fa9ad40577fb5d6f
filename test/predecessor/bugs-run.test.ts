import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { PlannedStatement } from "../../src/core/plan/describe.ts";
import { drift } from "../../src/runtime/tasks/drift.ts";
import { fake } from "../../src/runtime/tasks/fake.ts";
import { generate } from "../../src/runtime/tasks/generate.ts";
import { schemaSql } from "../../src/runtime/tasks/schema-sql.ts";
import { showSql } from "../../src/runtime/tasks/showsql.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject } from "../helpers/migration-project.ts";
import { failureOf, field, onBoth, reference, type Story, schemaOf, serialId } from "./story.ts";

/** Tables with everything that the predecessor's SQL got wrong. */
const library = schemaOf({
  shelves: [field("code", "varchar", { length: 8, primary_key: true }), reference("beside", "shelves")],
  books: {
    fields: [
      serialId,
      reference("shelf", "shelves", { on_delete: "SET_NULL", on_update: "CASCADE" }),
      field("cover", "bytes"),
      field("title", "text", { nullable: false, default: "blank" }),
      field("bought_at", "timestamp", { auto_create: true }),
      { name: "readers", type: "many_to_many", many_to_many: { table: "readers" } },
    ],
    indexes: [{ name: "idx_books_title", fields: ["title"], unique: true, where: "title <> ''" }],
  },
  readers: [field("id", "uuid", { primary_key: true, default: "new_uuid" })],
});

/** As somebody would who pastes the SQL into a console. */
const paste = (story: Story, statements: readonly PlannedStatement[]): Promise<void> =>
  story.withDatabase(async ({ driver, dialect }) => {
    for (const off of dialect.bookkeeping.foreignKeysOff) await driver.execute(off);
    for (const { sql, purpose } of statements) {
      if (purpose === undefined) await driver.execute(sql);
      else await driver.query(sql);
    }
  });

onBoth("B20: the SQL of a schema makes just that schema in an empty database", async (story) => {
  story.declare(library);
  const { statements } = await schemaSql(story);
  const text = statements.map(({ sql }) => sql).join("\n");
  expect(text.match(/idx_books_title/g)).toHaveLength(1);
  await paste(story, statements);
  await generate(story);
  // Nothing is applied, so the database is compared with all migrations.
  expect(await drift(story)).toEqual({ changes: [], unsupported: [] });
  expect((await story.live("books")).foreignKeys).toMatchObject([
    { referencedColumns: ["code"], onDelete: "SET NULL", onUpdate: "CASCADE" },
  ]);
  expect((await story.live("books_readers")).foreignKeys).toHaveLength(2);
});

onBoth("B21: the SQL of pending migrations makes what the migrations would have made", async (story) => {
  await story.migrate(
    schemaOf({
      shelves: [field("code", "varchar", { length: 8, primary_key: true })],
      books: [serialId, field("shelf", "varchar", { length: 8 }), field("title", "varchar", { length: 5 })],
    }),
  );
  await story.execute("INSERT INTO books (title) VALUES ('t')");
  story.declare(library);
  await generate(story, { oneOff: ["books.title=''"] });
  const { migrations } = await showSql(story);
  await paste(
    story,
    migrations.flatMap((migration) => migration.statements),
  );
  await fake(story, { all: true });
  expect(await drift(story)).toEqual({ changes: [], unsupported: [] });
  expect(await story.values("SELECT title FROM books")).toEqual(["t"]);
});

onBoth("B29: rows that were found by a named default are deleted again, and nothing else is", async (story) => {
  await story.migrate(
    schemaOf(
      { settings: [field("key", "varchar", { length: 20, primary_key: true }), field("value", "text")] },
      {
        defaults: { sqlite: { main_key: "'main'" }, postgresql: { main_key: "'main'" } },
      },
    ),
  );
  await story.execute("INSERT INTO settings (key) VALUES ('main_key')");
  const rows = '{ key: { defaultRef: "main_key" }, value: "it\'s" }, { key: "other", value: null }';
  story.write("0002_data", `upsertData({ table: "settings", keys: ["key"], rows: [${rows}] })`, {
    dependencies: ["0001_initial"],
  });
  await story.up();
  expect(await story.values("SELECT key FROM settings ORDER BY key")).toEqual(["main", "main_key", "other"]);
  await story.back();
  expect(await story.values("SELECT key FROM settings")).toEqual(["main_key"]);
});

onBoth("B29: a dropped foreign key comes back with its actions", async (story) => {
  const actions = ["RESTRICT", "PROTECT", "SET_NULL", "SET_DEFAULT", "DO_NOTHING", "CASCADE"];
  const keys = actions.map((action) => reference(`by_${action.toLowerCase()}`, "users", { on_delete: action }));
  await story.migrate(schemaOf({ users: [serialId], posts: [serialId, ...keys] }));
  const plain = actions.map((action) => field(`by_${action.toLowerCase()}`, "integer"));
  const dropped = await story.migrate(schemaOf({ users: [serialId], posts: [serialId, ...plain] }));
  expect(dropped.operations.filter(({ kind }) => kind === "drop_foreign_key")).toHaveLength(actions.length);
  await story.back();
  const back = (await story.live("posts")).foreignKeys.map((key) => `${key.columns[0]} ${key.onDelete}`);
  expect(back.toSorted()).toEqual([
    "by_cascade CASCADE",
    "by_do_nothing NO ACTION",
    "by_protect RESTRICT",
    "by_restrict RESTRICT",
    "by_set_default SET DEFAULT",
    "by_set_null SET NULL",
  ]);
});

test("B30: an import by another name is refused with file and line; nothing is rewritten behind the author's back", async () => {
  const project = await createProject("sqlite");
  const old = "github.com/ocomsoft/makemigrations/migrate";
  writeFileSync(
    join(project.migrationsDir, "0001_a.ts"),
    `// A migration\nimport { migration } from "${old}";\nexport default migration({ operations: [] });\n`,
  );
  const error = await failureOf(up(project));
  expect(error.message).toContain(`"${old}"`);
  expect(error.message).toContain("migrations/0001_a.ts:2");
  await project.dispose();
});

test("the schema of the predecessor's users is the same text in JSON and in YAML", async () => {
  const project = await createProject("sqlite");
  const folder = join(project.root, "schema");
  await Bun.write(join(folder, "schema.yaml"), stringify(library));
  await generate(project);
  await Bun.write(join(folder, "schema.yaml"), JSON.stringify(library));
  expect((await generate(project, { check: true })).operations).toEqual([]);
  await project.dispose();
});
