import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { down } from "../../src/runtime/tasks/down.ts";
import { drift } from "../../src/runtime/tasks/drift.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";
import { refusal } from "../library/program.ts";

// Tables that are made anew over HTTP, among everything that could be lost with them.

let project: TestProject;
let sent: string[];
const { fetch } = globalThis;

beforeEach(async () => {
  project = await createProject("turso");
  project.write("0001_blog", blog);
  await up(project);
  sent = [];
  globalThis.fetch = Object.assign(async (input: string | URL | Request, init?: RequestInit) => {
    if (input instanceof Request) sent.push(await input.clone().text());
    return fetch(input, init);
  }, fetch);
});
afterEach(async () => {
  globalThis.fetch = fetch;
  await project.dispose();
});

const id = `{ name: "id", type: "serial", primaryKey: true }`;
const statements = [
  "CREATE TABLE log (line TEXT)",
  "CREATE TRIGGER posts_log AFTER DELETE ON posts BEGIN INSERT INTO log SELECT name FROM users WHERE id = OLD.user_id; END",
  "CREATE TRIGGER users_log AFTER UPDATE ON users BEGIN INSERT INTO log VALUES ('updated'); END",
  "CREATE VIEW names AS SELECT id, name FROM users",
  "CREATE VIEW writers AS SELECT n.name, p.id AS post FROM names n JOIN posts p ON p.user_id = n.id",
  "CREATE TRIGGER writers_in INSTEAD OF INSERT ON writers BEGIN INSERT INTO posts (id, user_id) VALUES (NEW.post, 1); END",
  "CREATE INDEX by_hand ON users (lower(name))",
  "INSERT INTO users (id, name) VALUES (1, 'ann'), (2, 'bob')",
  "INSERT INTO posts (id, user_id) VALUES (10, 1), (11, 1), (12, 2)",
];
const blog = [
  `createTable({ name: "users", fields: [${id}, { name: "name", type: "text", nullable: true }, { name: "bio", type: "text", nullable: true }] })`,
  `createTable({ name: "posts", fields: [${id}, { name: "user_id", type: "foreign_key", foreignKey: { table: "users", onDelete: "CASCADE" } }] })`,
  ...statements.map((sql) => `runSQL({ forward: ${JSON.stringify(sql)}, backward: "SELECT 1" })`),
].join(", ");
const required = (name: string): string => `alterField({ table: "users", field: { name: "${name}", type: "text" } })`;
const after = { dependencies: ["0001_blog"] };

const objects = () =>
  project.query(
    "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view', 'index') AND tbl_name NOT LIKE 'godwit%' ORDER BY type, name",
  );
const posts = async () => (await project.query("SELECT id FROM posts ORDER BY id")).map((row) => row["id"]);

describe("a rebuild on a libSQL server", () => {
  test("is one request, and leaves children, triggers, views and indexes as they were", async () => {
    const before = await objects();
    project.write("0002_required", required("name"), after);
    sent = [];
    await up(project);
    const rebuilds = sent.filter((text) => text.includes('CREATE TABLE \\"godwit_rebuild_users'));
    expect(rebuilds).toHaveLength(1);
    expect(rebuilds[0]).toContain("COMMIT");
    expect(rebuilds[0]).toContain("PRAGMA foreign_keys = OFF");
    expect(await objects()).toEqual(before);
    expect(await posts()).toEqual([10, 11, 12]);
    expect(await project.query("PRAGMA foreign_key_check")).toEqual([]);
    // All of them still mean the table.
    await project.withDatabase(({ driver }) =>
      driver.execute(
        "INSERT INTO writers (post) VALUES (13); UPDATE users SET name = 'eve' WHERE id = 2; DELETE FROM users WHERE id = 2",
      ),
    );
    expect(await posts()).toEqual([10, 11, 13]);
    expect(await project.query("SELECT line FROM log")).toEqual([{ line: "updated" }]);
    await down(project, { steps: 1 });
    expect(await objects()).toEqual(before);
    expect(await posts()).toEqual([10, 11, 13]);
  });

  test("a migration costs one request, however many statements it has", async () => {
    const fields = `[${id}, { name: "body", type: "text" }]`;
    for (let i = 1; i <= 30; i++) {
      const before = i === 1 ? "0001_blog" : `1${String(i - 1).padStart(3, "0")}_t`;
      const index = `addIndex({ table: "t${i}", index: { name: "i${i}", fields: ["body"] } })`;
      project.write(`1${String(i).padStart(3, "0")}_t`, `createTable({ name: "t${i}", fields: ${fields} }), ${index}`, {
        dependencies: [before],
      });
    }
    sent = [];
    await up(project);
    // Around them: the connection, what is applied already, and the lock.
    expect(sent.length).toBeLessThan(30 + 20);
    expect(sent.filter((text) => text.includes('CREATE TABLE \\"t'))).toHaveLength(30);
  });

  test("sees what its own migration has made before, in a transaction that stays open", async () => {
    const trigger = "CREATE TRIGGER made_here AFTER INSERT ON users BEGIN INSERT INTO log VALUES ('made'); END";
    project.write(
      "0002_both",
      `runSQL({ forward: ${JSON.stringify(trigger)}, backward: "" }), ${required("name")}`,
      after,
    );
    await up(project);
    await project.withDatabase(({ driver }) => driver.execute("INSERT INTO users (id, name) VALUES (3, 'cat')"));
    expect(await project.query("SELECT line FROM log")).toEqual([{ line: "made" }]);
    expect(await posts()).toEqual([10, 11, 12]);
  });

  test("that finds rows without a value says so in its own words, and leaves nothing", async () => {
    const before = await objects();
    project.write("0002_wrong", required("bio"), after);
    const error = await refusal(up(project));
    expect(error.code).toBe("database");
    expect(error.message).toContain('operation 1 (alter field "bio" of "users"');
    expect(error.message).toContain('table "users" has rows without a value for column "bio", which becomes NOT NULL');
    expect(error.message).not.toContain("json_extract");
    expect(await objects()).toEqual(before);
    expect(await project.query("SELECT name FROM godwit_history")).toEqual([{ name: "0001_blog" }]);
    expect(await posts()).toEqual([10, 11, 12]);
  });

  test("that would leave rows pointing at nothing names them, and is undone", async () => {
    project.write(
      "0002_gone",
      `runSQL({ forward: "DELETE FROM users WHERE id = 2", backward: "" }), ${required("name")}`,
      after,
    );
    const error = await refusal(up(project));
    expect(error.message).toContain('pointing at nothing: row 12 of "posts" points at "users"');
    expect(await project.query("SELECT count(*) AS n FROM users")).toEqual([{ n: 2 }]);
  });

  test("does not hold against it what pointed at nothing before", async () => {
    await project.withDatabase(({ driver }) =>
      driver.execute(
        "PRAGMA foreign_keys = OFF; INSERT INTO posts (id, user_id) VALUES (14, 99); PRAGMA foreign_keys = ON",
      ),
    );
    project.write("0002_required", required("name"), after);
    await up(project);
    expect(await posts()).toEqual([10, 11, 12, 14]);
  });

  test("that takes away a column which a view shows is refused", async () => {
    project.write("0002_drop", `${required("name")}, dropField({ table: "users", name: "name" })`, after);
    const error = await refusal(up(project));
    expect(error.code).toBe("database");
    expect(await project.query("SELECT count(*) AS n FROM writers")).toEqual([{ n: 3 }]);
  });

  test("leaves no drift but for what nobody declared", async () => {
    project.write("0002_required", required("name"), after);
    await up(project);
    const { changes } = await drift(project);
    expect(changes.map(({ kind, table }) => [kind, table])).toEqual([
      ["extra_index", "users"],
      ["extra_table", "log"],
    ]);
  });
});
