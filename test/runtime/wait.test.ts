import { expect, test } from "bun:test";
import { join } from "node:path";
import type { RunEvent } from "../../src/runtime/events.ts";
import { wait } from "../../src/runtime/tasks/wait.ts";
import { lateServer } from "../helpers/late-server.ts";
import { createProject, databases } from "../helpers/migration-project.ts";

for (const name of databases) {
  test(`${name}: a database that answers is not waited for`, async () => {
    const project = await createProject(name);
    await project.query("SELECT 1");
    expect(await wait(project, { timeoutMs: 5000 })).toMatchObject({
      dialect: name,
      server_version: expect.any(String),
    });
    await project.dispose();
  });
}

test("a SQLite file that does not exist is none to wait for, and is not made", async () => {
  const project = await createProject("sqlite");
  expect(await wait(project, { timeoutMs: 0 })).toMatchObject({ dialect: "sqlite", server_version: null });
  expect(await Bun.file(join(project.root, "app.db")).exists()).toBe(false);
  await project.dispose();
});

test("a server that is still starting is waited for, and the reason is told once", async () => {
  const project = await createProject("postgresql");
  const { url, stop } = await lateServer(project.database.url, 700);
  const notes: string[] = [];
  const onEvent = (event: RunEvent): void => {
    if (event.type === "note") notes.push(event.message);
  };
  const result = await wait({ ...project, database: { url } }, { timeoutMs: 20_000, onEvent });
  expect(result.dialect).toBe("postgresql");
  expect(result.waited_ms).toBeGreaterThan(500);
  expect(notes).toEqual([expect.stringContaining("no server answers at")]);
  stop();
  await project.dispose();
});

test("a server that never comes is an error with the last reason, in time", async () => {
  const project = await createProject("postgresql");
  const { url, stop } = await lateServer(project.database.url, 60_000);
  const start = performance.now();
  const error = await wait({ ...project, database: { url } }, { timeoutMs: 400 }).catch((e: unknown) => e);
  stop();
  expect(performance.now() - start).toBeLessThan(5000);
  expect(error).toMatchObject({
    code: "connect",
    message: expect.stringMatching(/did not answer within 0.4 s: no server/),
  });
  const wrong = wait({ ...project, database: { url: "postgres://u@h:99999999/d" } }, { timeoutMs: 60_000 });
  expect(await wrong.catch((e: unknown) => e)).toMatchObject({ code: "url" });
  await project.dispose();
});
