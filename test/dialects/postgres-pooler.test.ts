import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { withLock } from "../../src/runtime/lock.ts";
import { type Pooler, pgbouncer } from "../helpers/pgbouncer.ts";
import { postgresServer, type TestDatabase } from "../helpers/postgres-server.ts";

let direct: TestDatabase;
beforeAll(async () => {
  direct = await (await postgresServer()).createDatabase();
}, 60_000);
afterAll(() => direct.drop());

const withDatabase = async <T>(url: string, work: (database: Database) => Promise<T>, readOnly = false): Promise<T> => {
  const database = await openDatabase({ url }, { readOnly });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
};

test("a server by itself is no pooler", () =>
  withDatabase(direct.url, async ({ driver }) => {
    expect(driver.pooled).toBe(false);
    expect(await driver.sharesSessions?.()).toBe(false);
  }));

describe("PgBouncer with pool_mode = session", () => {
  let pooler: Pooler;
  beforeAll(async () => {
    pooler = await pgbouncer(direct.url, { mode: "session" });
  }, 60_000);
  afterAll(() => pooler.stop());

  test("is seen, and gives each client a session of its own, so that its locks hold", () =>
    withDatabase(pooler.url, async (database) => {
      expect(database.driver.pooled).toBe(true);
      expect(await database.driver.sharesSessions?.()).toBe(false);
      const lock = { table: "godwit_history", timeoutMs: 0 };
      const other = (): Promise<unknown> => withDatabase(direct.url, (d) => withLock(d, lock, () => Promise.resolve()));
      const refused = await withLock(database, lock, () => other().catch((error: unknown) => error));
      expect(refused).toMatchObject({ code: "lock" });
    }));

  test("a client who has the only session to himself is not taken for one who shares it", async () => {
    const narrow = await pgbouncer(direct.url, { mode: "session", size: 1 });
    await withDatabase(narrow.url, async ({ driver }) => expect(await driver.sharesSessions?.()).toBe(false));
    await narrow.stop();
  }, 20_000);
});

for (const size of [1, 5]) {
  describe(`PgBouncer with pool_mode = transaction and ${size} sessions`, () => {
    let pooler: Pooler;
    beforeAll(async () => {
      pooler = await pgbouncer(direct.url, { mode: "transaction", size });
    }, 60_000);
    afterAll(() => pooler.stop());

    test("is seen to give one session to several clients, and a lock of a session is refused", () =>
      withDatabase(pooler.url, async (database) => {
        expect(await database.driver.sharesSessions?.()).toBe(true);
        const error = await withLock(database, { table: "godwit_history" }, () => Promise.resolve()).catch((e) => e);
        expect(error).toMatchObject({ code: "lock" });
        expect(error.message).toContain("set `lock: table`");
        // Tests beside this one lock databases of their own on the same server.
        const here = "database = (SELECT oid FROM pg_database WHERE datname = current_database())";
        const locks = `SELECT 1 AS found FROM pg_locks WHERE locktype = 'advisory' AND ${here}`;
        expect(await database.driver.query(locks)).toEqual([]);
      }));

    test("a connection for reading writes nothing and leaves the session as it was", async () => {
      const error = await withDatabase(
        pooler.url,
        ({ driver }) => driver.execute("CREATE TABLE t (id INTEGER)").catch((e: unknown) => e),
        true,
      );
      expect(error).toMatchObject({ code: "database", data: { code: "25006" } });
      await withDatabase(pooler.url, async ({ driver }) => {
        expect(await driver.query("SHOW default_transaction_read_only")).toEqual([
          { default_transaction_read_only: "off" },
        ]);
      });
    });

    test("parameters work, and a statement can be given up", () =>
      withDatabase(pooler.url, async ({ driver }) => {
        expect(await driver.query("SELECT $1::TEXT AS a, $2::BIGINT AS b", ["x", 7])).toEqual([{ a: "x", b: 7 }]);
        const sleeping = driver.query("SELECT pg_sleep(30)").catch((error: unknown) => error);
        await Bun.sleep(100);
        await driver.cancel?.();
        expect(await sleeping).toMatchObject({ code: "database", data: { code: "57014" } });
      }));
  });
}
