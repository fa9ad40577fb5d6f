import { expect, test } from "bun:test";
import { connectFailure as mariadbFailure } from "../../src/dialects/mysql/failure.ts";
import { connectFailure } from "../../src/dialects/postgres/failure.ts";
import { isStarting } from "../../src/runtime/connect-patiently.ts";
import type { RunEvent } from "../../src/runtime/events.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { lateServer } from "../helpers/late-server.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

const oneTable = `createTable({ name: "a", fields: [{ name: "id", type: "integer", primaryKey: true }] })`;

async function postgresProject(): Promise<TestProject> {
  const project = await createProject("postgresql");
  project.write("0001_a", oneTable);
  return project;
}

const noteTaker = () => {
  const notes: string[] = [];
  const onEvent = (event: RunEvent): void => {
    if (event.type === "note") notes.push(event.message);
  };
  return { notes, onEvent };
};

test("up waits for a server that is started three seconds later, tells so once, and then runs", async () => {
  const project = await postgresProject();
  const { url, stop } = await lateServer(project.database.url, 3000);
  const { notes, onEvent } = noteTaker();
  expect(await up({ ...project, database: { url } }, { onEvent })).toEqual({ applied: ["0001_a"] });
  expect(notes).toEqual([expect.stringMatching(/^waiting: no server answers at 127\.0\.0\.1/)]);
  stop();
  await project.dispose();
}, 20_000);

test("up waits while the server has no connection left", async () => {
  const project = await postgresProject();
  const name = new URL(project.database.url).pathname.slice(1);
  const role = `${name}_crowd`;
  await project.query(`CREATE ROLE ${role} LOGIN PASSWORD 'x' CONNECTION LIMIT 0`);
  await project.query(`GRANT ALL ON SCHEMA public TO ${role}`);
  const url = new URL(project.database.url);
  url.username = role;
  url.password = "x";
  const { notes, onEvent } = noteTaker();
  const running = up({ ...project, database: { url: url.href } }, { onEvent });
  while (notes.length === 0) await Bun.sleep(20);
  expect(notes[0]).toContain("has no connection left");
  await project.query(`ALTER ROLE ${role} CONNECTION LIMIT 1`);
  expect(await running).toEqual({ applied: ["0001_a"] });
  await project.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  await project.dispose();
}, 20_000);

test("a wrong password and a database that does not exist are not waited for", async () => {
  const project = await postgresProject();
  for (const change of [(url: URL) => (url.password = "wrong"), (url: URL) => (url.pathname = "/nowhere")]) {
    const url = new URL(project.database.url);
    change(url);
    const { notes, onEvent } = noteTaker();
    const error = await up({ ...project, database: { url: url.href } }, { onEvent }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: "connect" });
    expect(notes).toEqual([]);
  }
  await project.dispose();
});

test("the time is over: the last reason is the error; no time at all: it is tried once", async () => {
  const project = await postgresProject();
  const nobody = { ...project, database: { url: "postgres://u@127.0.0.1:1/d" } };
  const late = await up(nobody, { connectTimeoutMs: 300 }).catch((e: unknown) => e);
  expect(late).toMatchObject({
    message: expect.stringMatching(/^the database did not answer within 0.3 s: no server/),
  });
  const start = performance.now();
  const once = await up({ ...nobody, connectTimeoutMs: 0 }).catch((e: unknown) => e);
  expect(once).toMatchObject({ code: "connect", message: expect.stringMatching(/^no server answers/) });
  expect(performance.now() - start).toBeLessThan(3000);
  await project.dispose();
});

test("a signal ends the waiting at once", async () => {
  const project = await postgresProject();
  const stop = new AbortController();
  const running = up(
    { ...project, database: { url: "postgres://u@127.0.0.1:1/d" } },
    { signal: stop.signal, onEvent: () => stop.abort() },
  );
  expect(await running.catch((e: unknown) => e)).toMatchObject({ code: "cancelled" });
  await project.dispose();
});

test("a server that is starting up or shutting down counts as starting, one that refuses the user does not", () => {
  const place = { host: "h", port: 5432, name: "h:5432" };
  expect(isStarting(connectFailure({ code: "57P03", message: "the database system is starting up" }, place))).toBe(
    true,
  );
  expect(isStarting(connectFailure({ code: "28P01", message: "no" }, place))).toBe(false);
  expect(isStarting(connectFailure({ code: "ENOTFOUND" }, place))).toBe(false);
  const mariadb = { ...place, database: "d" };
  expect(isStarting(mariadbFailure({ code: "ECONNREFUSED" }, mariadb))).toBe(true);
  expect(isStarting(mariadbFailure({ errno: 1040, sqlState: "08004" }, mariadb))).toBe(true);
  expect(isStarting(mariadbFailure({ errno: 1045, sqlState: "28000" }, mariadb))).toBe(false);
});
