import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import postgres from "postgres";
import { check, type Driver, migrate, type RunEvent, requireCurrent } from "../../src/library/index.ts";
import { openDatabase } from "../../src/runtime/database.ts";
import { postgresServer, type TestDatabase } from "../helpers/postgres-server.ts";
import { type Files, refusal, source, table } from "./program.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await (await postgresServer()).createDatabase();
});
afterEach(() => database.drop());

const v1: Files = { "0001_a.ts": table("a") };
const v2: Files = { ...v1, "0002_b.ts": table("b", "0001_a") };

async function withClient<T>(
  options: postgres.Options<Record<string, postgres.PostgresType>>,
  work: (sql: postgres.Sql) => Promise<T>,
): Promise<T> {
  const sql = postgres(database.url, { onnotice: () => undefined, ...options });
  try {
    return await work(sql as postgres.Sql);
  } finally {
    await sql.end();
  }
}

describe("verifying only, as a user who may only read", () => {
  const role = `godwit_verifier_${process.pid}`;
  let url: string;
  beforeEach(async () => {
    await withClient({}, (sql) => sql.unsafe(`CREATE ROLE ${role} LOGIN PASSWORD 'xyz'`));
    const given = new URL(database.url);
    [given.username, given.password] = [role, "xyz"];
    url = given.href;
  });
  afterEach(() => withClient({}, (sql) => sql.unsafe(`DROP OWNED BY ${role}; DROP ROLE ${role}`)));
  const allow = () => withClient({}, (sql) => sql.unsafe(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role}`));
  const objects = () =>
    withClient({}, (sql) => sql`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1`);

  test("no history is refused, and none is made", async () => {
    const error = await refusal(requireCurrent({ url, migrations: v1 }));
    expect([error.code, error.message]).toEqual(["found", expect.stringContaining("no history of migrations")]);
    expect([...(await objects())]).toEqual([]);
  });

  test("current and ahead are fine; behind is refused with both places; failed is refused", async () => {
    await migrate({ url: database.url, migrations: v2 });
    await allow();
    const made = [...(await objects())];
    const states = async (migrations: Files) => (await check({ url, migrations })).tracks.map(({ state }) => state);
    expect(await states(v2)).toEqual(["current"]);
    expect(await states(v1)).toEqual(["ahead"]);
    const error = await refusal(requireCurrent({ url, migrations: { ...v2, "0003_c.ts": table("c", "0002_b") } }));
    expect(error.message).toContain('the database is at "0002_b", and the program needs "0003_c"');
    await withClient({}, (sql) => sql`UPDATE godwit_history SET state = 'failed' WHERE name = '0002_b'`);
    expect(await states(v2)).toEqual(["failed"]);
    expect(await states(v1)).toEqual(["failed"]);
    expect([...(await objects())]).toEqual(made);
  });

  test("a database that cannot be reached is not taken for one without history", async () => {
    const nowhere = new URL(url);
    nowhere.port = "1";
    expect((await refusal(check({ url: nowhere, migrations: v1 }))).code).toBe("connect");
  });
});

describe("sql of postgres.js", () => {
  test("is migrated on one of its connections, which gets its settings back, and stays open", async () => {
    // As a program may have it: values are read in its own way, dates in its own style.
    const own = {
      max: 1,
      connection: { DateStyle: "German", TimeZone: "Asia/Tokyo" },
      types: { json: { to: 114, from: [114, 3802, 1184, 20], serialize: String, parse: () => "mine" } },
    };
    await withClient(own, async (sql) => {
      const migrations = {
        ...v2,
        "0003_c.ts": source(`runSQL({ forward: "SET statement_timeout = 1234; SELECT 1", backward: "" })`, "0002_b"),
      };
      expect(await migrate({ database: sql, migrations })).toEqual({
        applied: ["0001_a", "0002_b", "0003_c"],
        baselined: [],
        unknown: [],
      });
      expect(await migrate({ database: sql, migrations })).toMatchObject({ applied: [] });
      expect(await check({ database: sql, migrations })).toMatchObject({ ok: true });
      const [settings] =
        await sql`SELECT current_setting('DateStyle') AS style, current_setting('TimeZone') AS zone, current_setting('statement_timeout') AS timeout`;
      expect(settings).toEqual({ style: expect.stringContaining("German"), zone: "Asia/Tokyo", timeout: "0" });
    });
  });

  test("is given back after an error as well", async () => {
    await withClient({ max: 1 }, async (sql) => {
      const broken = { ...v1, "0002_b.ts": source(`runSQL({ forward: "SELECT * FROM nowhere" })`, "0001_a") };
      const error = await refusal(migrate({ database: sql, migrations: broken }));
      expect(error.data).toMatchObject({ applied: ["0001_a"], failed: "0002_b", code: "42P01" });
      expect([...(await sql`SELECT 1 AS one`)]).toEqual([{ one: 1 }]);
    });
  });

  test("with tables of somebody else is refused, and taken over", async () => {
    await withClient({}, async (sql) => {
      await sql`CREATE TABLE a (id serial PRIMARY KEY)`;
      expect((await refusal(migrate({ database: sql, migrations: v2 }))).data).toEqual({ tables: ["a"] });
      const taken = await migrate({ database: sql, migrations: v2, ifUnversioned: "baseline" });
      expect(taken).toMatchObject({ applied: ["0002_b"], baselined: ["0001_a"] });
    });
  });

  test("that renames columns is refused", async () => {
    await withClient({ transform: postgres.camel }, async (sql) => {
      expect((await refusal(migrate({ database: sql, migrations: v1 }))).message).toContain("transforms columns");
    });
  });
});

test("any driver will do; it is never closed", async () => {
  const { driver } = await openDatabase({ url: database.url });
  let closed = 0;
  const mine: Driver = { ...driver, close: async () => void closed++ };
  expect(await migrate({ driver: mine, dialect: "postgresql", migrations: v1 })).toMatchObject({ applied: ["0001_a"] });
  expect((await refusal(migrate({ driver: mine, migrations: v1 }))).message).toContain('dialect: "postgresql"');
  expect(closed).toBe(0);
  await driver.close();
});

test("two replicas that start at once: the second waits, looks again under the lock, and has nothing to do", async () => {
  const slow = { ...v1, "0002_slow.ts": source(`runSQL({ forward: "SELECT pg_sleep(0.5)", backward: "" })`, "0001_a") };
  const events: RunEvent[] = [];
  const start = () =>
    migrate({ url: database.url, migrations: slow, lockTimeout: "20s", onEvent: (event) => events.push(event) });
  const results = await Promise.all([start(), start()]);
  expect(results.map(({ applied }) => applied.length).toSorted()).toEqual([0, 2]);
  expect(events.filter((event) => event.type === "waiting").length).toBeGreaterThan(0);
});

test("a start that gives up waiting fails with who holds the lock, and changes nothing", async () => {
  const slow = { ...v1, "0002_slow.ts": source(`runSQL({ forward: "SELECT pg_sleep(2)", backward: "" })`, "0001_a") };
  const stop = new AbortController();
  const began = Promise.withResolvers<void>();
  const first = migrate({
    url: database.url,
    migrations: slow,
    signal: stop.signal,
    onEvent: (event) => void (event.type === "migration-end" && began.resolve()),
  });
  const outcome = refusal(first);
  await began.promise;
  const error = await refusal(migrate({ url: database.url, migrations: slow, lockTimeout: 50 }));
  expect([error.code, error.message]).toEqual(["lock", expect.stringContaining("process ")]);
  stop.abort();
  expect((await outcome).code).toBe("cancelled");
  expect(await check({ url: database.url, migrations: slow })).toMatchObject({
    tracks: [{ state: "behind", pending: ["0002_slow"] }],
  });
});

test("tracks live in schemas of their own, and a connection of the caller leads where it led", async () => {
  const tracks = [
    { name: "core", migrations: v1 },
    { name: "vector", migrations: v1, schema: "vectors" },
  ];
  await withClient({ max: 1 }, async (sql) => {
    expect(await migrate({ database: sql, tracks })).toMatchObject({ applied: ["core/0001_a", "vector/0001_a"] });
    expect(
      [...(await sql`SELECT schemaname FROM pg_tables WHERE tablename = 'a' ORDER BY 1`)].map(
        (row) => row["schemaname"],
      ),
    ).toEqual(["public", "vectors"]);
    const next = [tracks[0], { ...tracks[1], migrations: v2 }] as typeof tracks;
    expect(await check({ database: sql, tracks: next })).toMatchObject({
      ok: false,
      tracks: [
        { name: "core", state: "current" },
        { name: "vector", state: "behind" },
      ],
      problems: [expect.stringContaining('track "vector": the database is at "0001_a"')],
    });
    const [path] = await sql`SHOW search_path`;
    expect(path).toEqual({ search_path: '"$user", public' });
  });
});
