import { afterEach, expect, test } from "bun:test";
import { openDatabase } from "../../src/runtime/database.ts";
import type { Driver } from "../../src/runtime/driver.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

let project: TestProject;
afterEach(() => project.dispose());

test("told to stop after the note that a statement begins, and before it does: nobody is asked what became of it", async () => {
  project = await createProject("postgresql");
  await project.withDatabase(({ driver }) => driver.execute("CREATE PROCEDURE p() LANGUAGE SQL AS 'SELECT 1'"));
  const operations = ["SELECT 1", "CALL p()"].map((sql) => `runSQL({ forward: "${sql}", backward: "" })`);
  project.write("0001_a", operations.join(", "), { transaction: false });
  const stop = new AbortController();
  const { driver } = await openDatabase({ url: project.database.url });
  const stopping: Driver = {
    ...driver,
    execute: async (sql, parameters) => {
      const noted = /INSERT INTO "godwit_history_journal"/.test(sql) && `${sql} ${parameters?.join()}`.includes("CALL");
      return driver.execute(sql, parameters).finally(() => noted && stop.abort());
    },
  };
  const stopped = { ...project, database: { ...project.database, opened: stopping } };
  await expect(up(stopped, { signal: stop.signal })).rejects.toMatchObject({ code: "cancelled" });
  await driver.close();
  expect((await status(project)).tracks[0]?.migrations[0]).toMatchObject({
    state: "failed",
    stopped: { done: 1, statement: { number: 2, sql: "CALL p()", error: "stopped on request" } },
  });
  expect(await up(project)).toEqual({ applied: ["0001_a"] });
});
