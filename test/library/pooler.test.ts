import { afterEach, beforeEach, expect, test } from "bun:test";
import postgres from "postgres";
import { migrate } from "../../src/library/index.ts";
import { type Pooler, pgbouncer } from "../helpers/pgbouncer.ts";
import { postgresServer, type TestDatabase } from "../helpers/postgres-server.ts";
import { type Files, refusal, table } from "./program.ts";

let direct: TestDatabase;
let pooler: Pooler;
beforeEach(async () => {
  direct = await (await postgresServer()).createDatabase();
  pooler = await pgbouncer(direct.url, { mode: "transaction", size: 3 });
}, 60_000);
afterEach(async () => {
  await pooler.stop();
  await direct.drop();
});

const migrations: Files = { "0001_a.ts": table("a"), "0002_b.ts": table("b", "0001_a") };
const done = { applied: ["0001_a", "0002_b"] };

test("a URL that leads through PgBouncer needs a lock that no session has", async () => {
  const error = await refusal(migrate({ url: pooler.url, migrations }));
  expect([error.code, error.message]).toEqual(["lock", expect.stringContaining("lock: table")]);
  expect(await migrate({ url: pooler.url, migrations, lock: "table" })).toMatchObject(done);
});

for (const max of [1, 2]) {
  test(`so does a client with ${max} of its connections, and what it hands out is as it was`, async () => {
    const sql = postgres(pooler.url, { max, prepare: false, fetch_types: false, onnotice: () => undefined });
    const error = await refusal(migrate({ database: sql, migrations }));
    expect(error.code).toBe("lock");
    expect(await migrate({ database: sql, migrations, lock: "table" })).toMatchObject(done);
    const [row] =
      await sql`SELECT current_setting('lock_timeout') AS a, current_setting('default_transaction_read_only') AS b`;
    expect(row).toEqual({ a: "0", b: "off" });
    await sql.end();
  });
}

test("a client that talks to the server itself keeps locks of its session", async () => {
  const sql = postgres(direct.url, { max: 1, onnotice: () => undefined });
  expect(await migrate({ database: sql, migrations })).toMatchObject(done);
  await sql.end();
});

test("a lock that does not exist is refused before anything is opened", async () => {
  const error = await refusal(migrate({ url: "postgres://127.0.0.1:1/x", migrations, lock: "row" as "table" }));
  expect([error.code, error.message]).toEqual(["usage", '"lock" is "row"; use one of session, table']);
});
