import { expect, test } from "bun:test";
import { lockNumber } from "../../src/core/adopt/locks.ts";
import { openDatabase } from "../../src/runtime/database.ts";
import { withLock } from "../../src/runtime/lock.ts";
import { postgresServer } from "../helpers/postgres-server.ts";

test("a run waits for the tool whose lock it takes too, and the tool for the run", async () => {
  const { url, name, drop } = await (await postgresServer()).createDatabase();
  const [ours, theirs] = [await openDatabase({ url }), await openDatabase({ url })];
  const key = lockNumber("golang-migrate", { database: name, schema: "public" });
  const tries = async (): Promise<unknown> =>
    (await theirs.driver.query("SELECT pg_try_advisory_lock($1::bigint) AS locked", [key]))[0]?.["locked"];
  const options = { table: "godwit_history", also: ["golang-migrate", "rails"], timeoutMs: 0 } as const;
  expect(await withLock(ours, options, tries)).toBe(false);
  expect(await tries()).toBe(true);
  expect(withLock(ours, options, async () => "ran")).rejects.toThrow("another run holds the migration lock");
  // What was had before the other's is given back.
  expect(await withLock(theirs, { table: "godwit_history", timeoutMs: 0 }, async () => "free")).toBe("free");
  await theirs.close();
  expect(await withLock(ours, { ...options, timeoutMs: 5000 }, async () => "ran")).toBe("ran");
  await ours.close();
  await drop();
});

test("on a database where other tools take no such lock it is refused", async () => {
  const database = await openDatabase({ url: "sqlite::memory:" });
  const run = withLock(database, { table: "godwit_history", also: ["rails"] }, async () => "ran");
  expect(run).rejects.toThrow("also_lock is for PostgreSQL; on SQLite other tools take no lock that godwit could take");
  await run.catch(() => undefined);
  await database.close();
});
