import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { renderStatement } from "../../src/core/ddl/render.ts";
import type { Column, RebuildTable, TableImage } from "../../src/core/ddl/statement.ts";
import { ToolError } from "../../src/core/errors.ts";
import sqlite from "../../src/dialects/sqlite/dialect.ts";
import { type Database, introspect, openDatabase } from "../../src/runtime/database.ts";
import { executeStep } from "../../src/runtime/execute.ts";
import { processorTime } from "../helpers/processor-time.ts";

let database: Database;
beforeEach(async () => {
  database = await openDatabase({ url: ":memory:" });
});
afterEach(() => database.close());

const run = (sql: string) => database.driver.execute(sql);
const rows = (sql: string) => database.driver.query(sql);
const dump = () => rows("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name");

async function imageOf(name: string): Promise<TableImage> {
  const image = (await introspect(database)).tables.find((t) => t.name === name);
  return image ?? expect.unreachable(`no table ${name}`);
}

interface Rebuilding {
  readonly copy: RebuildTable["copy"];
  /** What the migrations know of the table. */
  known(image: TableImage): TableImage;
}

/** As if the migrations did not know what is more than names, types, keys and indexes. */
const plain = ({ constraints: _, options: __, ...image }: TableImage): TableImage => ({
  ...image,
  columns: image.columns.map(({ collation: _, generated: ___, ...column }) => column),
  foreignKeys: image.foreignKeys.map(({ deferrable: _, ...key }) => key),
});

/** Rebuilds a table as a plan does, with foreign keys off around one transaction. */
async function rebuild(
  table: string,
  change: (image: TableImage) => TableImage,
  { copy, known = (image) => image }: Partial<Rebuilding> = {},
): Promise<void> {
  const before = known(await imageOf(table));
  const after = change(before);
  const kept = after.columns.filter((c) => before.columns.some((b) => b.name === c.name)).map((c) => c.name);
  const same = Object.fromEntries(kept.map((name) => [name, sqlite.quote(name)]));
  const statement: RebuildTable = { kind: "rebuildTable", before, after, copy: { ...same, ...copy } };
  const action = {
    operation: 0,
    title: `rebuild "${table}"`,
    ignoreErrors: false,
    statements: [statement],
    commands: renderStatement(statement, sqlite),
  };
  await executeStep(database, {
    migration: "0002_change",
    checksum: "",
    transaction: true,
    position: 0,
    foreignKeysOff: true,
    actions: [action],
  });
}

const alter =
  (name: string, change: Partial<Column>) =>
  (image: TableImage): TableImage => ({
    ...image,
    columns: image.columns.map((c) => (c.name === name ? { ...c, ...change } : c)),
  });

const drop =
  (name: string) =>
  (image: TableImage): TableImage => ({ ...image, columns: image.columns.filter((c) => c.name !== name) });

const refused = (work: Promise<unknown>): Promise<ToolError> =>
  work.then(
    () => expect.unreachable("the rebuild should have been refused"),
    (error: unknown) => (error instanceof ToolError ? error : expect.unreachable(`not a ToolError: ${error}`)),
  );

const blog = `
CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, email VARCHAR(100) NOT NULL, boss INTEGER,
  CONSTRAINT fk_boss FOREIGN KEY (boss) REFERENCES users (id) ON DELETE SET NULL);
CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE, title TEXT);
CREATE INDEX idx_users_email ON users (email);
INSERT INTO users VALUES (1, 'a@x', NULL), (2, 'b@x', 1), (7, 'gone@x', NULL);
DELETE FROM users WHERE id = 7;
INSERT INTO posts VALUES (10, 1, 'one'), (11, 2, 'two');`;

describe("B25: a rebuild keeps", () => {
  beforeEach(() => run(blog));

  test("the rows of tables that refer to it with ON DELETE CASCADE", async () => {
    await rebuild("users", alter("email", { type: "VARCHAR(200)" }));
    expect(await rows("SELECT id, user_id FROM posts")).toEqual([
      { id: 10, user_id: 1 },
      { id: 11, user_id: 2 },
    ]);
    expect((await imageOf("users")).columns.find((c) => c.name === "email")?.type).toBe("VARCHAR(200)");
    await run("DELETE FROM users WHERE id = 2");
    expect(await rows("SELECT id FROM posts")).toEqual([{ id: 10 }]);
  });

  test("references of other tables and to itself, with their names", async () => {
    const [users, posts] = [await imageOf("users"), await imageOf("posts")];
    await rebuild("users", alter("email", { nullable: true }));
    expect((await imageOf("users")).foreignKeys).toEqual(users.foreignKeys);
    expect(await imageOf("posts")).toEqual(posts);
    expect(await rows("SELECT sql FROM sqlite_schema WHERE sql LIKE '%godwit_rebuild%'")).toEqual([]);
  });

  test("the numbers that were given out, although their rows are gone", async () => {
    await rebuild("users", alter("email", { nullable: true }));
    await run("INSERT INTO users (email) VALUES ('new@x')");
    expect(await rows("SELECT id FROM users WHERE email = 'new@x'")).toEqual([{ id: 8 }]);
  });

  test("the counter of a table without rows", async () => {
    await run("DELETE FROM users");
    await rebuild("users", alter("email", { nullable: true }));
    await run("INSERT INTO users (email) VALUES ('new@x')");
    expect(await rows("SELECT id FROM users")).toEqual([{ id: 8 }]);
  });

  test("triggers, views and indexes that nobody declared", async () => {
    await run(`CREATE TABLE log (text TEXT);
      CREATE TRIGGER "tr 'q" AFTER INSERT ON users BEGIN INSERT INTO log VALUES (NEW.email); END;
      CREATE VIEW mails AS SELECT email FROM users;
      CREATE INDEX by_lower ON users (lower(email));`);
    const undeclared = async () =>
      (await dump()).filter((row) => !/^(?:users|idx_users_email)$/.test(String(row["name"])));
    const objects = await undeclared();
    const known = (image: TableImage) => ({
      ...image,
      indexes: image.indexes.filter(({ name }) => name !== "by_lower"),
    });
    await rebuild("users", alter("email", { type: "TEXT" }), { known });
    expect(await undeclared()).toEqual(objects);
    await run("INSERT INTO users (email) VALUES ('c@x')");
    expect(await rows("SELECT * FROM log")).toEqual([{ text: "c@x" }]);
    expect(await rows("SELECT count(*) AS n FROM mails")).toEqual([{ n: 3 }]);
  });

  test("B11: the indexes there were, and makes none for foreign keys", async () => {
    const indexes = () => rows("SELECT name FROM sqlite_schema WHERE type = 'index' ORDER BY name");
    const before = await indexes();
    await rebuild("posts", alter("title", { nullable: false }));
    await rebuild("users", alter("email", { nullable: true }));
    expect(await indexes()).toEqual(before);
  });

  test("the hidden row numbers that a full-text index refers to", async () => {
    await run("CREATE TABLE notes (body TEXT); INSERT INTO notes (rowid, body) VALUES (5, 'a'), (9, 'b')");
    await rebuild("notes", alter("body", { nullable: false }));
    expect(await rows("SELECT rowid, body FROM notes")).toEqual([
      { rowid: 5, body: "a" },
      { rowid: 9, body: "b" },
    ]);
  });

  test("columns that set themselves at an update", async () => {
    const at = { name: "at", type: "TIMESTAMP", nullable: true, autoUpdate: true };
    await rebuild("posts", (image) => ({ ...image, columns: [...image.columns, at] }));
    expect((await imageOf("posts")).columns.at(-1)).toEqual(at);
    await rebuild("posts", alter("title", { type: "VARCHAR(9)" }));
    expect((await imageOf("posts")).columns.at(-1)).toEqual(at);
    await run("UPDATE posts SET title = 'x' WHERE id = 10");
    expect(await rows("SELECT at IS NOT NULL AS is_set FROM posts")).toEqual([{ is_set: 1 }, { is_set: 0 }]);
  });
});

describe("a rebuild is refused and leaves everything", () => {
  beforeEach(() => run(blog));

  async function leavesEverything(work: () => Promise<void>): Promise<ToolError> {
    const before = {
      objects: await dump(),
      users: await rows("SELECT * FROM users"),
      posts: await rows("SELECT * FROM posts"),
    };
    const error = await refused(work());
    expect({
      objects: await dump(),
      users: await rows("SELECT * FROM users"),
      posts: await rows("SELECT * FROM posts"),
    }).toEqual(before);
    expect(await rows("PRAGMA foreign_keys")).toEqual([{ foreign_keys: 1 }]);
    expect(await rows("PRAGMA legacy_alter_table")).toEqual([{ legacy_alter_table: 0 }]);
    return error;
  }

  test("when a row would point at nothing", async () => {
    await run("PRAGMA foreign_keys = OFF; CREATE TABLE tags (post INTEGER); INSERT INTO tags VALUES (99)");
    const key = {
      name: "fk",
      columns: ["post"],
      table: "posts",
      referencedColumns: ["id"],
      onDelete: "CASCADE",
      onUpdate: "NO ACTION",
    } as const;
    const error = await leavesEverything(() => rebuild("tags", (image) => ({ ...image, foreignKeys: [key] })));
    expect(error.message).toContain('row 1 of "tags" points at "posts"');
  });

  test("when rows have no value for a column that becomes NOT NULL", async () => {
    const error = await leavesEverything(() => rebuild("users", alter("boss", { nullable: false })));
    expect(error.message).toContain('rows without a value for column "boss"');
  });

  test("when a trigger or a view still uses a column that goes", async () => {
    await run("CREATE VIEW titles AS SELECT title FROM posts");
    expect((await leavesEverything(() => rebuild("posts", drop("title")))).message).toContain("no such column: title");
    await run("DROP VIEW titles; CREATE TRIGGER tr AFTER UPDATE ON posts BEGIN SELECT NEW.title; END");
    expect((await leavesEverything(() => rebuild("posts", drop("title")))).message).toContain(
      "no such column: NEW.title",
    );
  });

  test("when the rows violate a new unique index", async () => {
    await run("INSERT INTO users (email) VALUES ('a@x')");
    const unique = { name: "only_once", fields: ["email"], unique: true };
    const error = await leavesEverything(() =>
      rebuild("users", (image) => ({ ...image, indexes: [...image.indexes, unique] })),
    );
    expect(error.message).toContain("UNIQUE constraint failed");
  });

  const unmanaged = {
    CHECK: "CREATE TABLE odd (a INTEGER CHECK (a > 0), b TEXT)",
    "UNIQUE without a name": "CREATE TABLE odd (a INTEGER UNIQUE, b TEXT)",
    COLLATE: "CREATE TABLE odd (a INTEGER, b TEXT COLLATE NOCASE)",
    "a generated column": "CREATE TABLE odd (a INTEGER, b TEXT, c AS (a + 1))",
    STRICT: "CREATE TABLE odd (a INTEGER, b TEXT) STRICT",
    "WITHOUT ROWID": "CREATE TABLE odd (a INTEGER PRIMARY KEY, b TEXT) WITHOUT ROWID",
    "a sorted key": "CREATE TABLE odd (a INTEGER, b TEXT, PRIMARY KEY (a DESC, b))",
    "a conflict clause": "CREATE TABLE odd (a INTEGER PRIMARY KEY ON CONFLICT REPLACE, b TEXT)",
    "a check between comments": "CREATE TABLE odd (a INTEGER, -- it's\n b TEXT /* a [ */ CHECK (b <> '--') -- no\n)",
    "a deferrable key": "CREATE TABLE odd (a INTEGER REFERENCES users DEFERRABLE INITIALLY DEFERRED, b TEXT)",
  };
  test.each(Object.entries(unmanaged))("when it would lose %s", async (_, sql) => {
    await run(sql);
    const error = await leavesEverything(() => rebuild("odd", alter("b", { nullable: false }), { known: plain }));
    expect(error.message).toContain("parts that godwit does not manage");
  });

  test("but not when comments, texts and names only look like that", async () => {
    await run(`CREATE TABLE odd (a INTEGER, -- check, collate
      b TEXT DEFAULT '-- conflict', "/* collate" TEXT, c TEXT /* random rowid, deferrable */)`);
    await rebuild("odd", alter("b", { nullable: false }), { known: plain });
    expect(await rows(`SELECT "notnull" AS required FROM pragma_table_info('odd') WHERE name = 'b'`)).toEqual([
      { required: 1 },
    ]);
  });

  test("when the table has a column that the migrations do not know", async () => {
    await run("ALTER TABLE users ADD COLUMN surprise TEXT DEFAULT 'keep me'");
    const image = drop("surprise")(await imageOf("users"));
    const statement: RebuildTable = { kind: "rebuildTable", before: image, after: image, copy: {} };
    const commands = renderStatement(statement, sqlite);
    const action = { operation: 0, title: "", ignoreErrors: false, statements: [statement], commands };
    const step = {
      migration: "m",
      checksum: "",
      transaction: true,
      position: 0,
      foreignKeysOff: true,
      actions: [action],
    };
    expect((await refused(executeStep(database, step))).message).toContain("does not have the columns");
    expect(await rows("SELECT DISTINCT surprise FROM users")).toEqual([{ surprise: "keep me" }]);
  });

  test("when foreign keys are still enforced", async () => {
    const image = await imageOf("users");
    const commands = renderStatement({ kind: "rebuildTable", before: image, after: image, copy: {} }, sqlite);
    const action = { operation: 0, title: "", ignoreErrors: false, statements: [], commands };
    const step = {
      migration: "m",
      checksum: "",
      transaction: true,
      position: 0,
      foreignKeysOff: false,
      actions: [action],
    };
    expect((await refused(executeStep(database, step))).message).toContain("foreign keys are still enforced");
  });
});

test("B25: foreign keys exist and are enforced", async () => {
  await run(blog);
  expect((await refused(run("INSERT INTO posts VALUES (12, 99, 'nobody')"))).message).toContain("FOREIGN KEY");
});

describe("a rebuild converts", () => {
  const cases: readonly (readonly [from: string, to: string, value: string, converted: unknown])[] = [
    ["TEXT", "BOOLEAN", "'Yes'", 1],
    ["BOOLEAN", "TEXT", "0", "false"],
    ["TEXT", "INTEGER", "'42'", 42],
    ["DOUBLE", "BIGINT", "2.5", 3],
    ["INTEGER", "TEXT", "7", "7"],
    ["TIMESTAMP", "DATE", "'2024-02-29 23:59:59'", "2024-02-29"],
    ["DATE", "TIMESTAMP", "'2024-02-29'", "2024-02-29 00:00:00"],
    ["TEXT", "INTEGER", "'not a number'", "not a number"],
    ["TEXT", "BLOB", "'é'", new Uint8Array([0xc3, 0xa9])],
    ["BLOB", "TEXT", "X'c3a9'", "é"],
  ];
  test.each(cases)("%s to %s: %s becomes %j", async (from, to, value, expected) => {
    await run(`CREATE TABLE t (c ${from}); INSERT INTO t VALUES (${value}), (NULL)`);
    await rebuild("t", alter("c", { type: to }));
    expect(await rows("SELECT c FROM t")).toEqual([{ c: expected }, { c: null }]);
  });

  test("with the author's expression, when there is one", async () => {
    await run("CREATE TABLE t (c TEXT); INSERT INTO t VALUES ('1,5')");
    await rebuild("t", alter("c", { type: "DOUBLE" }), { copy: { c: "replace(c, ',', '.')" } });
    expect(await rows("SELECT c FROM t")).toEqual([{ c: 1.5 }]);
  });
});

test("a table, columns and keys with hostile names are rebuilt like others", async () => {
  const [table, column] = [sqlite.quote('x"; DROP TABLE y--`'), sqlite.quote("o'b\"r`i[e]n 😀 CHECK")];
  await run(
    `CREATE TABLE ${table} (${column} TEXT PRIMARY KEY, ref TEXT DEFAULT 'CHECK (it)', CONSTRAINT "c""k" FOREIGN KEY (ref) REFERENCES ${table} (${column}))`,
  );
  await run(`INSERT INTO ${table} VALUES ('k', 'k')`);
  const name = 'x"; DROP TABLE y--`';
  await rebuild(name, alter("ref", { nullable: false }));
  const image = await imageOf(name);
  expect(image.columns.map((c) => [c.name, c.nullable, c.default])).toEqual([
    ["o'b\"r`i[e]n 😀 CHECK", false, undefined],
    ["ref", false, "'CHECK (it)'"],
  ]);
  expect(image.foreignKeys[0]?.name).toBe('c"k');
  expect(await rows(`SELECT count(*) AS n FROM ${table}`)).toEqual([{ n: 1 }]);
});

test("a table with very many columns is rebuilt in about no time", () => {
  const columns = Array.from({ length: 2000 }, (_, i): Column => ({ name: `c${i}`, type: "TEXT", nullable: true }));
  const before: TableImage = { name: "wide", columns, indexes: [], foreignKeys: [] };
  const copy = Object.fromEntries(columns.map(({ name }) => [name, sqlite.quote(name)]));
  const spent = processorTime();
  const commands = renderStatement(
    { kind: "rebuildTable", before, after: alter("c7", { type: "INTEGER" })(before), copy },
    sqlite,
  );
  // Comparing every column with every other one took three seconds.
  expect(spent()).toBeLessThan(700);
  expect(JSON.stringify(commands)).toContain("CAST(round(");
});
