import { expect, test } from "bun:test";
import { type LockingTool, lockingTools, lockKeyOf } from "../../src/core/adopt/locks.ts";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { withLock } from "../../src/runtime/lock.ts";
import { mariadbServer } from "../helpers/mariadb-server.ts";
import { postgresServer } from "../helpers/postgres-server.ts";

const servers = {
  PostgreSQL: {
    open: postgresServer,
    keys: "number",
    // As the tools say it themselves.
    tries: ({ driver }: Database, key: string) =>
      driver.query("SELECT pg_try_advisory_lock($1::bigint) AS locked", [key]),
  },
  MariaDB: {
    open: mariadbServer,
    keys: "name",
    tries: ({ driver }: Database, key: string) => driver.query("SELECT GET_LOCK(?, 0) AS locked", [key]),
  },
} as const;

test.each(Object.keys(servers) as readonly (keyof typeof servers)[])(
  "%s: a run waits for the tools whose locks it takes too, and they for the run",
  async (title) => {
    const { open, keys, tries } = servers[title];
    const { url, name, drop } = await (await open()).createDatabase();
    const [ours, theirs] = [await openDatabase({ url }), await openDatabase({ url })];
    const place = { database: name, schema: title === "MariaDB" ? name : "public" };
    const tools = lockingTools.filter((tool) => lockKeyOf(tool, keys, place) !== undefined);
    const taken = async (tool: LockingTool): Promise<boolean> => {
      const [row] = await tries(theirs, lockKeyOf(tool, keys, place) ?? "");
      return !row?.["locked"];
    };
    const all = async (): Promise<readonly LockingTool[]> => {
      const held: LockingTool[] = [];
      for (const tool of tools) if (await taken(tool)) held.push(tool);
      return held;
    };
    const options = { table: "godwit_history", also: tools, timeoutMs: 0 } as const;
    expect(await withLock(ours, options, all)).toEqual([...tools]);
    // Now they have all of them.
    expect(await all()).toEqual([]);
    expect(withLock(ours, options, async () => "ran")).rejects.toThrow("another run holds the migration lock");
    // What was had before the other's is given back.
    expect(await withLock(theirs, { table: "godwit_history", timeoutMs: 0 }, async () => "free")).toBe("free");
    await theirs.close();
    expect(await withLock(ours, { ...options, timeoutMs: 5000 }, async () => "ran")).toBe("ran");
    await ours.close();
    await drop();
  },
);

test("a tool that takes no lock there is named, and nothing is held", async () => {
  const { url, drop } = await (await mariadbServer()).createDatabase();
  const [ours, theirs] = [await openDatabase({ url }), await openDatabase({ url })];
  const run = withLock(ours, { table: "godwit_history", also: ["prisma", "node-pg-migrate"] }, async () => "ran");
  await expect(run).rejects.toThrow('node-pg-migrate takes no lock on MariaDB; leave it out of "also_lock"');
  const free = withLock(theirs, { table: "godwit_history", also: ["prisma"], timeoutMs: 0 }, async () => "free");
  expect(await free).toBe("free");
  await ours.close();
  await theirs.close();
  await drop();
});

test("on a database where other tools take no such lock it is refused", async () => {
  const database = await openDatabase({ url: "sqlite::memory:" });
  const run = withLock(database, { table: "godwit_history", also: ["rails"] }, async () => "ran");
  expect(run).rejects.toThrow(
    "also_lock is for PostgreSQL, MariaDB and MySQL; on SQLite other tools take no lock that godwit could take",
  );
  await run.catch(() => undefined);
  await database.close();
});
