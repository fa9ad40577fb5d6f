import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { ToolError } from "../../src/core/errors.ts";
import { connectionOf } from "../../src/dialects/sqlite/connection.ts";
import { driverOf } from "../../src/dialects/sqlite/driver.ts";
import { migrate } from "../../src/library/index.ts";
import type { Batch, BatchOutcome, Driver } from "../../src/runtime/driver.ts";
import { refusal } from "../library/program.ts";

// A database that takes a transaction only as a whole: SQLite behind a door that lets through one batch at a time, as D1 has it.

interface Batching {
  readonly driver: Driver;
  /** The SQL of each batch that came. */
  readonly batches: string[][];
}

function batching(database: Database, withIndex = true): Batching {
  const connection = connectionOf(database);
  if (!connection) throw new Error("not a connection");
  const plain = driverOf(connection);
  const batches: string[][] = [];
  const never = () => Promise.reject(new Error("there are no transactions that stay open"));
  const batch = async ({ before, begin, statements, after }: Batch): Promise<BatchOutcome> => {
    batches.push(statements.map(({ sql }) => sql));
    for (const sql of before) await plain.execute(sql);
    await plain.begin(begin);
    let index = 0;
    try {
      for (const { sql, parameters } of statements) {
        await plain.execute(sql, parameters);
        index++;
      }
      await plain.commit();
      return { results: [] };
    } catch (error) {
      await plain.rollback();
      if (error instanceof ToolError) return { results: [], failed: { index: withIndex ? index : -1, error } };
      throw error;
    } finally {
      for (const sql of after) await plain.execute(sql);
    }
  };
  return { driver: { ...plain, begin: never, commit: never, rollback: never, batch }, batches };
}

const users = `import { createTable, migration } from "godwit";
export default migration({ operations: [createTable({ name: "users", fields: [
  { name: "id", type: "integer", primaryKey: true }, { name: "email", type: "text", nullable: true },
] }), createTable({ name: "posts", fields: [
  { name: "id", type: "integer", primaryKey: true },
  { name: "user_id", type: "foreign_key", foreignKey: { table: "users", onDelete: "CASCADE" } },
] })] });`;

const after = (name: string, operations: string): Record<string, string> => ({
  "0001_users.ts": users,
  [`${name}.ts`]: `import * as godwit from "godwit";
const { migration, alterField, runSQL, dropTable, addField } = godwit;
export default migration({ dependencies: ["0001_users"], operations: [${operations}] });`,
});

const required = `alterField({ table: "users", field: { name: "email", type: "text" } })`;

/** A database with the first migration and a user with a post. */
async function begun(withIndex?: boolean): Promise<Batching & { readonly database: Database }> {
  const database = new Database(":memory:");
  const made = batching(database, withIndex);
  database.run("PRAGMA foreign_keys = ON");
  await migrate({ driver: made.driver, dialect: "sqlite", migrations: { "0001_users.ts": users } });
  database.run("INSERT INTO users VALUES (1, 'a@example.org'), (2, NULL)");
  database.run("INSERT INTO posts VALUES (10, 1)");
  return { ...made, database };
}

const run = ({ driver }: Batching, migrations: Record<string, string>) =>
  migrate({ driver, dialect: "sqlite", migrations });
const history = (database: Database) => database.query("SELECT name FROM godwit_history ORDER BY name").values().flat();

describe("a driver that sends each transaction as one batch", () => {
  test("gets a migration together with its row of the history", async () => {
    const { batches, database } = await begun();
    const whole = batches.find((batch) => batch.some((sql) => sql.startsWith('CREATE TABLE "users"')));
    expect(whole?.some((sql) => sql.startsWith('INSERT INTO "godwit_history"'))).toBe(true);
    expect(history(database)).toEqual(["0001_users"]);
  });

  for (const withIndex of [true, false]) {
    test(`gets a table rebuilt, with its rows, its triggers and the rows that refer to it (${withIndex})`, async () => {
      const made = await begun(withIndex);
      made.database.run("DELETE FROM users WHERE id = 2");
      made.database.run("CREATE TRIGGER quiet AFTER UPDATE ON users BEGIN SELECT 1; END");
      await run(made, after("0002_required", required));
      expect(made.database.query("SELECT * FROM users").values()).toEqual([[1, "a@example.org"]]);
      expect(made.database.query("SELECT * FROM posts").values()).toEqual([[10, 1]]);
      expect(made.database.query("SELECT name FROM sqlite_schema WHERE type = 'trigger'").values()).toEqual([
        ["quiet"],
      ]);
    });

    test(`is refused by what would have been found in the middle, and nothing is left (${withIndex})`, async () => {
      const made = await begun(withIndex);
      const error = await refusal(run(made, after("0002_required", required)));
      expect(error.message).toContain('migration "0002_required", operation 1');
      expect(error.message).toContain('has rows without a value for column "email", which becomes NOT NULL');
      expect(error.message).not.toContain("json_extract");
      expect(history(made.database)).toEqual(["0001_users"]);
      expect(made.database.query("SELECT count(*) FROM users").values()).toEqual([[2]]);
    });
  }

  test("is refused when rows would point at nothing, with the rows", async () => {
    const made = await begun();
    // What pointed at nothing before is not the migration's doing.
    made.database.run("PRAGMA foreign_keys = OFF; INSERT INTO posts VALUES (11, 404); PRAGMA foreign_keys = ON");
    const lost = `runSQL({ forward: "DELETE FROM users" }), ${required}`;
    const error = await refusal(run(made, after("0002_drop", lost)));
    expect(error.message).not.toContain("row 11");
    expect(error.message).toContain('would leave rows pointing at nothing: row 10 of "posts" points at "users"');
    expect(made.database.query("SELECT count(*) FROM posts").values()).toEqual([[2]]);
  });

  test("tells the statement that failed, with its operation", async () => {
    const made = await begun();
    const operations = `runSQL({ forward: "CREATE TABLE x (id)" }), runSQL({ forward: "INSERT INTO nowhere VALUES (1)" })`;
    const error = await refusal(run(made, after("0002_sql", operations)));
    expect(error.message).toContain('migration "0002_sql", operation 2');
    expect(error.message).toContain("no such table: nowhere");
    expect(error.message).toContain("INSERT INTO nowhere");
    expect(made.database.query("SELECT 1 FROM sqlite_schema WHERE name = 'x'").values()).toEqual([]);
  });

  test("does not lose a trigger that the same migration made before the rebuild", async () => {
    const made = await begun();
    made.database.run("DELETE FROM users WHERE id = 2");
    const trigger = `runSQL({ forward: "CREATE TRIGGER fresh AFTER UPDATE ON users BEGIN SELECT 1; END" })`;
    await run(made, after("0002_both", `${trigger}, ${required}`));
    expect(made.database.query("SELECT name FROM sqlite_schema WHERE type = 'trigger'").values()).toEqual([["fresh"]]);
    expect(history(made.database)).toEqual(["0001_users", "0002_both"]);
  });

  test("cannot ignore an error, and says so before anything runs", async () => {
    const made = await begun();
    const ignoring = `runSQL({ forward: "DROP TABLE nothing", ignoreErrors: true })`;
    const error = await refusal(run(made, after("0002_ignoring", ignoring)));
    expect(error.message).toContain("its errors are to be ignored, and this database runs a migration as one request");
  });

  test("stops when the lock has gone to somebody else", async () => {
    const made = await begun();
    const stolen: Driver = {
      ...made.driver,
      batch: async (batch) => {
        if (!made.driver.batch) throw new Error("no batches");
        const owned = batch.statements.some(({ sql }) => sql.includes("stolen"));
        if (owned) made.database.run("UPDATE godwit_lock SET owner = 'x'");
        return made.driver.batch(batch);
      },
    };
    const error = await refusal(
      run({ ...made, driver: stolen }, after("0002_x", `runSQL({ forward: "CREATE TABLE stolen (id)" })`)),
    );
    expect(error.message).toContain("this run has lost the migration lock");
    expect(made.database.query("SELECT 1 FROM sqlite_schema WHERE name = 'stolen'").values()).toEqual([]);
  });
});
