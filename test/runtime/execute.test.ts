import { expect, test } from "bun:test";
import type { Command } from "../../src/core/ddl/dialect.ts";
import { ToolError } from "../../src/core/errors.ts";
import type { Action, Step } from "../../src/core/plan/plan.ts";
import type { Database } from "../../src/runtime/database.ts";
import { executeStep } from "../../src/runtime/execute.ts";
import { runPlan } from "../../src/runtime/runner.ts";
import { canStopHalfWay, createProject, databases } from "../helpers/migration-project.ts";

const sql = (text: string): Command => ({ kind: "execute", sql: text });
const action = (operation: number, ...commands: readonly Command[]): Action => ({
  operation,
  title: `operation ${operation}`,
  ignoreErrors: false,
  statements: [],
  commands,
});
const step = (actions: readonly Action[], differences: Partial<Step> = {}): Step => ({
  migration: "0001_a",
  checksum: "",
  transaction: true,
  position: 0,
  foreignKeysOff: false,
  actions,
  ...differences,
});

const onDatabase = async (name: (typeof databases)[number], work: (database: Database) => Promise<void>) => {
  const project = await createProject(name);
  await project.withDatabase(work).finally(() => project.dispose());
};

test("rows that a migration leaves pointing at nothing take it back; those of before do not", async () => {
  await onDatabase("sqlite", async (database) => {
    const { driver } = database;
    await driver.execute(`PRAGMA foreign_keys = OFF;
      CREATE TABLE users (id INTEGER PRIMARY KEY);
      CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id));
      INSERT INTO users VALUES (1); INSERT INTO posts VALUES (10, 1), (11, 99);
      PRAGMA foreign_keys = ON`);
    const off = { foreignKeysOff: true };
    await executeStep(database, step([action(0, sql("CREATE TABLE a (id INTEGER)"))], off));
    const error = await executeStep(database, step([action(0, sql("DELETE FROM users"))], off)).catch(
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(ToolError);
    expect((error as ToolError).message).toContain('row 10 of "posts" points at "users"');
    expect((error as ToolError).message).not.toContain("row 11");
    expect(await driver.query("SELECT id FROM users")).toEqual([{ id: 1 }]);
    expect(await driver.query("PRAGMA foreign_keys")).toEqual([{ foreign_keys: 1 }]);
  });
});

for (const name of databases) {
  test(`${name}: what is captured is executed again, and a check stops the migration with its own words`, async () => {
    await onDatabase(name, async (database) => {
      const { driver } = database;
      const commands: readonly Command[] = [
        {
          kind: "capture",
          name: "later",
          sql: `SELECT 'CREATE TABLE b (id INTEGER)' AS ${database.dialect.quote("sql")}`,
        },
        sql("CREATE TABLE a (id INTEGER)"),
        { kind: "replay", name: "later" },
        sql("INSERT INTO b VALUES (1)"),
      ];
      await executeStep(database, step([action(0, ...commands)]));
      expect(await driver.query("SELECT id FROM b")).toEqual([{ id: 1 }]);
      const check: Command = { kind: "check", sql: "SELECT id FROM b", message: "there are rows" };
      const failed = step([action(2, sql("CREATE TABLE c (id INTEGER)"), check)]);
      const error = await executeStep(database, failed).catch((e: unknown) => e);
      // What a query in the middle of a batch returns, nobody sees.
      const seen = database.batches ? {} : { rows: [{ id: 1 }] };
      expect(error).toMatchObject({ code: "database", data: { migration: "0001_a", operation: 2, ...seen } });
      expect((error as ToolError).message).toContain("there are rows");
      if (!canStopHalfWay(name)) await driver.execute("CREATE TABLE c (id INTEGER)");
    });
  });

  test(`${name}: an operation whose errors are ignored takes nothing else with it`, async () => {
    await onDatabase(name, async (database) => {
      const ignored: Action = {
        ...action(1, sql("INSERT INTO a VALUES (2)"), sql("DELETE FROM nowhere")),
        ignoreErrors: true,
      };
      const warnings: string[] = [];
      const onEvent = (event: { readonly type: string; readonly message?: string }): void => {
        if (event.type === "warning") warnings.push(event.message ?? "");
      };
      await database.driver.execute("CREATE TABLE a (id INTEGER)");
      const steps = [
        step([action(0, sql("INSERT INTO a VALUES (1)")), ignored, action(2, sql("INSERT INTO a VALUES (3)"))]),
      ];
      expect(await runPlan(database, { direction: "up", steps }, { onEvent })).toEqual(["0001_a"]);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toContain("DELETE FROM nowhere");
      expect(await database.driver.query("SELECT id FROM a ORDER BY id")).toEqual([{ id: 1 }, { id: 3 }]);
    });
  });
}
