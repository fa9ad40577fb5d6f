import { describe, expect, test } from "bun:test";
import { openD1 } from "../../src/dialects/d1/remote.ts";
import { d1Http, migrate, status } from "../../src/library/edge/index.ts";
import { compiled } from "../helpers/compiled.ts";
import { d1Server } from "../helpers/d1-server.ts";
import { refusal } from "../library/program.ts";

// D1 enforces foreign keys always, and does not say which statement of a batch failed.

const first = `import { createTable, migration } from "godwit";
const id = { name: "id", type: "serial", primaryKey: true } as const;
const to = (table: string, name: string, onDelete: string) => ({ name, type: "foreign_key", nullable: true, foreignKey: { table, onDelete } });
export default migration({ operations: [
  createTable({ name: "users", fields: [id, { name: "email", type: "text", nullable: true }, to("users", "boss_id", "CASCADE")] }),
  createTable({ name: "posts", fields: [id, { name: "title", type: "text", nullable: true }, to("users", "user_id", "CASCADE")] }),
  createTable({ name: "comments", fields: [id, to("posts", "post_id", "CASCADE"), to("users", "user_id", "SET NULL")] }),
  createTable({ name: "notes", fields: [id, to("users", "user_id", "NO ACTION")] }),
] });
`;
const next = (operations: string): string => `import * as godwit from "godwit";
const { migration, alterField, runSQL, dropTable } = godwit;
export default migration({ dependencies: ["0001_first"], operations: [${operations}] });
`;
const required = 'alterField({ table: "users", field: { name: "email", type: "text" } })';

const rows = [
  "INSERT INTO users VALUES (1, 'ann', NULL), (2, 'bob', 1), (9, 'eve', 2)",
  "DELETE FROM users WHERE id = 9",
  "INSERT INTO posts VALUES (10, 'a', 1), (11, 'b', 2), (12, 'c', NULL)",
  "INSERT INTO comments VALUES (20, 10, 2), (21, 11, 1), (22, NULL, NULL)",
  "INSERT INTO notes VALUES (30, 1), (31, NULL)",
  "CREATE TABLE log (what TEXT)",
  "CREATE TRIGGER gone AFTER DELETE ON posts BEGIN INSERT INTO log VALUES ('deleted ' || old.id); END",
  "CREATE TRIGGER come AFTER INSERT ON posts BEGIN INSERT INTO log VALUES ('inserted ' || new.id); END",
  "CREATE VIEW names AS SELECT email FROM users",
];

async function begun() {
  const { api, createDatabase } = await d1Server();
  const access = { accountId: "account", databaseId: createDatabase().id, token: "good", api };
  const migrated = d1Http(access);
  await migrate({ driver: migrated, migrations: await compiled({ "0001_first.ts": first }) });
  const driver = await openD1(access);
  for (const sql of rows) await driver.execute(sql);
  const apply = async (operations: string) =>
    migrate({
      driver: migrated,
      migrations: await compiled({ "0001_first.ts": first, "0002_next.ts": next(operations) }),
    });
  const all = async (table: string) =>
    (await driver.query(`SELECT * FROM ${table} ORDER BY 1`)).map((row) => Object.values(row));
  return { access, driver, apply, all };
}

describe("a table that is made anew on D1", () => {
  test("keeps its rows, and those of the tables that refer to it in any way", async () => {
    const { driver, apply, all } = await begun();
    expect((await apply(required)).applied).toEqual(["0002_next"]);
    expect(await all("users")).toEqual([
      [1, "ann", null],
      [2, "bob", 1],
    ]);
    expect(await all("posts")).toEqual([
      [10, "a", 1],
      [11, "b", 2],
      [12, "c", null],
    ]);
    expect(await all("comments")).toEqual([
      [20, 10, 2],
      [21, 11, 1],
      [22, null, null],
    ]);
    expect(await all("notes")).toEqual([
      [30, 1],
      [31, null],
    ]);
    expect((await driver.execute("INSERT INTO users (email) VALUES ('zoe')")).changes).toBe(1);
    // A number that was given out once is not given out again.
    expect((await all("users")).at(-1)).toEqual([10, "zoe", null]);
  });

  test("fires no trigger for what was only put aside, and leaves nothing of its own behind", async () => {
    const { driver, apply, all } = await begun();
    const logged = await all("log");
    await apply(required);
    expect(await all("log")).toEqual(logged);
    await driver.execute("DELETE FROM posts WHERE id = 12");
    expect(await all("log")).toEqual([...logged, ["deleted 12"]]);
    const left = await driver.query(
      "SELECT name FROM sqlite_schema WHERE name LIKE 'godwit_kept%' OR name LIKE 'godwit_rebuild%'",
    );
    expect(left).toEqual([]);
    // Foreign keys do what they did.
    await driver.execute("DELETE FROM notes; DELETE FROM users WHERE id = 1");
    expect(await all("posts")).toEqual([]);
  });

  test("may be one that the same migration has changed before", async () => {
    const { apply, all } = await begun();
    const titled = `alterField({ table: "posts", field: { name: "title", type: "text" } })`;
    await apply(`runSQL({ forward: "UPDATE posts SET title = 'x' WHERE id = 12" }), ${titled}, ${required}`);
    expect(await all("posts")).toEqual([
      [10, "a", 1],
      [11, "b", 2],
      [12, "x", null],
    ]);
    expect((await all("comments")).length).toBe(3);
  });

  test("is not touched when the batch is refused", async () => {
    const { driver, apply, all } = await begun();
    await driver.execute("INSERT INTO users (email) VALUES (NULL)");
    const error = await refusal(apply(required));
    expect(error.message).toContain('migration "0002_next", operation 1');
    expect(error.message).toContain('has rows without a value for column "email"');
    expect((await all("posts")).length).toBe(3);
  });
});

describe("what D1 refuses", () => {
  test("is told with the statement and its operation, and leaves nothing", async () => {
    const { driver, apply } = await begun();
    const statements = [
      "CREATE TABLE a (id)",
      "CREATE TABLE b (id)",
      "INSERT INTO b VALUES (1)",
      "INSERT INTO nowhere VALUES (1)",
      "CREATE TABLE c (id)",
    ];
    const error = await refusal(apply(statements.map((sql) => `runSQL({ forward: "${sql}" })`).join(", ")));
    expect(error.message).toContain('migration "0002_next", operation 4');
    expect(error.message).toContain("INSERT INTO nowhere");
    expect(error.message).toContain("no such table: nowhere [SQLITE_ERROR]");
    expect(await driver.query("SELECT name FROM sqlite_schema WHERE name IN ('a', 'b', 'c')")).toEqual([]);
  });

  test("is a token that is not good, or a database that does not exist", async () => {
    const { access } = await begun();
    const migrations = await compiled({ "0001_first.ts": first });
    const bad = await refusal(status({ driver: d1Http({ ...access, token: "bad" }), migrations }));
    expect([bad.code, bad.message]).toEqual([
      "connect",
      expect.stringContaining("the token is not accepted (HTTP 401)"),
    ]);
    const none = await refusal(status({ driver: d1Http({ ...access, databaseId: "none" }), migrations }));
    expect(none.message).toContain("there is no such database in the account (HTTP 404)");
  });

  test("is a table that goes while others would lose rows with it", async () => {
    const { driver, apply } = await begun();
    await driver.execute(
      "CREATE TABLE strangers (id INTEGER PRIMARY KEY, note INTEGER REFERENCES notes (id) ON DELETE CASCADE)",
    );
    const error = await refusal(apply('dropTable({ name: "notes" })'));
    expect(error.message).toContain(
      'table "notes" is referred to by a foreign key of another table with ON DELETE CASCADE',
    );
  });
});
