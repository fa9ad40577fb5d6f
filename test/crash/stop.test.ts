import { afterEach, beforeEach, expect, test } from "bun:test";
import { ToolError } from "../../src/core/errors.ts";
import { openDatabase } from "../../src/runtime/database.ts";
import type { Driver } from "../../src/runtime/driver.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

let project: TestProject;
afterEach(() => project.dispose());

/** Runs `up` with a driver that does `instead` in place of some statements of the journal. Returns the error. */
async function upWith(instead: (sql: string, stop: () => void, execute: () => Promise<void>) => Promise<void>) {
  const stop = new AbortController();
  const { driver } = await openDatabase({ url: project.database.url });
  const other: Driver = {
    ...driver,
    execute: async (sql, parameters) => {
      const whole = `${sql} ${parameters?.join() ?? ""}`;
      const execute = async (): Promise<void> => void (await driver.execute(sql, parameters));
      if (!sql.includes('"godwit_history_journal"')) return driver.execute(sql, parameters);
      await instead(whole, () => stop.abort(), execute);
      return { changes: 1 };
    },
  };
  const opened = { ...project, database: { ...project.database, opened: other } };
  try {
    return await up(opened, { signal: stop.signal });
  } catch (error) {
    return error;
  } finally {
    await driver.close();
  }
}

const stoppedAt = async () => (await status(project)).tracks[0]?.migrations[0]?.stopped;

beforeEach(async () => {
  project = await createProject("postgresql");
  await project.withDatabase(({ driver }) => driver.execute("CREATE PROCEDURE p() LANGUAGE SQL AS 'SELECT 1'"));
  const operations = ["SELECT 1", "CALL p()", "SELECT 2"].map((sql) => `runSQL({ forward: "${sql}", backward: "" })`);
  project.write("0001_a", operations.join(", "), { transaction: false });
});

test("told to stop after the note that a statement begins, and before it does: nobody is asked what became of it", async () => {
  const error = await upWith(async (sql, stop, execute) => {
    await execute();
    if (sql.includes("INSERT") && sql.includes("CALL")) stop();
  });
  expect(error).toMatchObject({ code: "cancelled" });
  expect(await stoppedAt()).toMatchObject({
    done: 1,
    statement: { number: 2, sql: "CALL p()", error: "stopped on request" },
  });
  expect(await up(project)).toEqual({ applied: ["0001_a"] });
});

test("the request to stop hits the note that a statement has ended: it is written all the same", async () => {
  let hit = false;
  const error = await upWith(async (sql, stop, execute) => {
    if (hit || !sql.startsWith("UPDATE")) return execute();
    hit = true;
    stop();
    throw new ToolError("database", "canceling statement due to user request", { sql, code: "57014" });
  });
  expect(error).toMatchObject({ code: "cancelled" });
  expect(await stoppedAt()).toEqual({ direction: "up", done: 2 });
  expect(await up(project)).toEqual({ applied: ["0001_a"] });
});
