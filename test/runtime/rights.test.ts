import { afterEach, expect, test } from "bun:test";
import { ToolError } from "../../src/core/errors.ts";
import type { RunEvent } from "../../src/runtime/events.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { log } from "../../src/runtime/tasks/log.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

let project: TestProject;
afterEach(() => project.dispose());

async function refusal(url: string): Promise<ToolError> {
  const error: unknown = await up({ ...project, database: { url } }).catch((reason: unknown) => reason);
  return error instanceof ToolError ? error : expect.unreachable("it should be refused with a ToolError");
}

test("a SQLite file that may only be read: the message says why", async () => {
  project = await createProject("sqlite");
  project.write("0001_a", `createTable({ name: "t", fields: [{ name: "id", type: "serial", primaryKey: true }] })`);
  await project.query("CREATE TABLE other (a)");
  const error = await refusal(`${project.database.url}?mode=ro`);
  expect(error.message).toEndWith("can only be read: its URL says mode=ro; leave that out; nothing was changed");
});

test("a PostgreSQL user who may create nothing any more takes back all the same, and is told that the log will not show it", async () => {
  project = await createProject("postgresql");
  project.write("0001_a", `runSQL({ forward: "SELECT 1", backward: "SELECT 1" })`);
  await up(project);
  const role = `godwit_changer_${process.pid}`;
  const notes: string[] = [];
  await project.withDatabase(({ driver }) =>
    driver.execute(`CREATE ROLE ${role} LOGIN PASSWORD 'x'; GRANT SELECT, INSERT, DELETE ON godwit_history TO ${role}`),
  );
  try {
    const url = new URL(project.database.url);
    [url.username, url.password] = [role, "x"];
    const onEvent = (event: RunEvent): void => void (event.type === "note" && notes.push(event.message));
    const { rolled_back } = await down({ ...project, database: { url: url.href } }, { onEvent });
    expect(rolled_back).toEqual(["0001_a"]);
    expect(notes).toEqual([
      'the log will not show what is taken back, because the table "godwit_history_past" cannot be created: permission denied for schema public',
    ]);
    expect((await log(project)).entries).toEqual([]);
  } finally {
    await project.withDatabase(({ driver }) => driver.execute(`DROP OWNED BY ${role}; DROP ROLE ${role}`));
  }
});

test("a PostgreSQL user without rights: the message says what could not be created", async () => {
  project = await createProject("postgresql");
  project.write("0001_a", `createTable({ name: "t", fields: [{ name: "id", type: "serial", primaryKey: true }] })`);
  const role = `godwit_reader_${process.pid}`;
  await project.withDatabase(({ driver }) => driver.execute(`CREATE ROLE ${role} LOGIN PASSWORD 'x'`));
  try {
    const url = new URL(project.database.url);
    [url.username, url.password] = [role, "x"];
    const error = await refusal(url.href);
    expect(error.code).toBe("database");
    expect(error.message).toStartWith('the history table "godwit_history" cannot be created: permission denied');
  } finally {
    await project.withDatabase(({ driver }) => driver.execute(`DROP ROLE ${role}`));
  }
});
