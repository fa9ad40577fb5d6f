import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import openDriver from "../../src/dialects/libsql/driver.ts";
import { openLibsql } from "../../src/dialects/libsql/remote.ts";
import { openDatabase } from "../../src/runtime/database.ts";
import type { Driver } from "../../src/runtime/driver.ts";
import { withLock } from "../../src/runtime/lock.ts";
import { type SqldDatabase, sqldProgram, sqldServer, startPlainSqld } from "../helpers/sqld-server.ts";
import { refusal } from "../library/program.ts";

// What only a server of libSQL does: tokens, sessions that end, transactions that it takes away.

let home: SqldDatabase;
let open: Driver[] = [];

beforeAll(async () => {
  home = await (await sqldServer()).createDatabase();
});
afterAll(() => home.drop());

async function connect(options: Partial<Parameters<typeof openLibsql>[0]> = {}): Promise<Driver> {
  const driver = await openLibsql({ url: home.url, ...options });
  open.push(driver);
  return driver;
}

async function closeAll(): Promise<void> {
  for (const driver of open) await driver.close();
  open = [];
}

const begin = "BEGIN IMMEDIATE";
const idle = { before: [], after: [] };

describe("tokens", () => {
  let server: Awaited<ReturnType<typeof startPlainSqld>>;
  let sign: (claims: object) => Promise<string>;
  const inAnHour = Math.floor(Date.now() / 1000) + 3600;

  beforeAll(async () => {
    const keys = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
    if (!("publicKey" in keys)) throw new Error("no pair of keys");
    const publicKey = Buffer.from(await crypto.subtle.exportKey("raw", keys.publicKey)).toString("base64url");
    const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    sign = async (claims) => {
      const text = `${encoded({ alg: "EdDSA", typ: "JWT" })}.${encoded(claims)}`;
      const signature = await crypto.subtle.sign("Ed25519", keys.privateKey, Buffer.from(text));
      return `${text}.${Buffer.from(signature).toString("base64url")}`;
    };
    server = await startPlainSqld([], { SQLD_AUTH_JWT_KEY: publicKey });
  });
  afterAll(() => server.stop());

  test("a good one is taken from the URL, the options, the user's password and the environment", async () => {
    const token = await sign({ a: "rw", exp: inAnHour });
    const drivers = [
      await openLibsql({ url: `${server.url}?authToken=${token}` }),
      await openLibsql({ url: server.url, authToken: token }),
      await openLibsql({ url: server.url.replace("//", `//turso:${token}@`) }),
    ];
    process.env["TURSO_AUTH_TOKEN"] = token;
    try {
      drivers.push(await openDriver(server.url));
    } finally {
      delete process.env["TURSO_AUTH_TOKEN"];
    }
    for (const driver of drivers) {
      expect(await driver.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
      await driver.close();
    }
  });

  test.each([
    ["none", undefined, "it wants a token and got none"],
    ["one that has expired", { a: "rw", exp: 1000 }, "the token has expired"],
    ["one of somebody else", "ey.ey.secretsecret", "the token is not accepted"],
    ["one that only reads", { a: "ro", exp: inAnHour }, "does not give the right to write"],
  ])("%s is refused, saying why, and never shown", async (_, claims, words) => {
    const authToken = typeof claims === "object" ? await sign(claims) : claims;
    const error = await refusal(openLibsql({ url: server.url, ...(authToken && { authToken }) }));
    expect(error.code).toBe("connect");
    expect(error.message).toContain(words);
    expect(error.message).toContain("TURSO_AUTH_TOKEN");
    if (authToken) expect(JSON.stringify([error.message, error.data])).not.toContain(authToken);
  });

  test("one that only reads will do for what only reads", async () => {
    const url = `${server.url}?authToken=${await sign({ a: "ro", exp: inAnHour })}`;
    const database = await openDatabase({ url }, { readOnly: true });
    expect(await database.driver.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(database.url).toEndWith("?authToken=***");
    expect(await database.driver.obstacle?.()).toContain("does not give the right to write");
    await database.close();
  });
});

describe("what is no libSQL server", () => {
  const answering = async (answer: () => Response | Promise<Response>, options = {}) => {
    const server = Bun.serve({ port: 0, fetch: answer });
    try {
      return await refusal(openLibsql({ url: `http://127.0.0.1:${server.port}`, ...options }));
    } finally {
      await server.stop(true);
    }
  };

  test("is told by what it answers", async () => {
    const page = await answering(() => new Response("<html>", { headers: { "content-type": "text/html" } }));
    expect(page.message).toContain("does not answer as a libSQL server does");
    expect((await answering(() => new Response("", { status: 404 }))).message).toContain("no database of libSQL there");
    const busy = await answering(() => new Response("", { status: 503 }));
    expect(busy.data).toMatchObject({ starting: true, status: 503 });
  });

  test("that never answers is given up", async () => {
    const error = await answering(() => Bun.sleep(5000).then(() => new Response("")), { connectTimeoutMs: 200 });
    expect(error.message).toContain("did not answer in time");
  });

  test("that does not exist is told so", async () => {
    const unknown = await refusal(openLibsql({ url: "libsql://no-such-host.invalid" }));
    expect(unknown.message).toContain("the host of https://no-such-host.invalid cannot be found");
    const silent = await refusal(openLibsql({ url: "http+libsql://127.0.0.1:1" }));
    expect([silent.message.includes("no server answers"), silent.data["starting"]]).toEqual([true, true]);
    const file = await refusal(openLibsql({ url: "libsql:app.db" }));
    expect(file.code).toBe("url");
  });
});

describe("a session", () => {
  test("that the server has forgotten is opened again; not in the middle of a transaction", async () => {
    const [outside, inside, batching] = [await connect(), await connect(), await connect()];
    await outside.execute("CREATE TABLE forgotten (id INTEGER)");
    await inside.begin("BEGIN");
    await inside.query("SELECT * FROM forgotten");
    // Ten seconds without a word end it, when the server next looks.
    await Bun.sleep(14_000);
    await outside.execute("INSERT INTO forgotten VALUES (1); INSERT INTO forgotten VALUES (2)");
    await batching.batch?.({ ...idle, begin, statements: [{ sql: "INSERT INTO forgotten VALUES (3)" }] });
    const error = await refusal(inside.execute("INSERT INTO forgotten VALUES (99)"));
    expect(error).toMatchObject({ code: "connect", data: { code: "STREAM_EXPIRED" } });
    expect(error.message).toContain("all of the transaction is undone");
    await inside.rollback();
    expect(await inside.query("SELECT id FROM forgotten ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    await closeAll();
  }, 30_000);

  test("that stands still in a transaction loses it to another writer, which is worth another try", async () => {
    const [first, second] = [await openDatabase({ url: home.url }), await connect()];
    await first.driver.execute("CREATE TABLE taken (id INTEGER)");
    const singly = first.batches?.singly ?? expect.unreachable("a server takes both");
    await singly(async () => {
      await first.driver.begin(begin);
      await first.driver.execute("INSERT INTO taken VALUES (1)");
      // The server waits five seconds for the one that stands still.
      await second.execute("INSERT INTO taken VALUES (2)");
      const error = await refusal(first.driver.execute("INSERT INTO taken VALUES (3)"));
      const { code } = error.data;
      expect(first.dialect.bookkeeping.classify({ message: error.message, code: String(code) })).toBe("busy");
      expect(error.message).toContain("open for more than five seconds");
      await first.driver.rollback();
    });
    expect(await second.query("SELECT id FROM taken")).toEqual([{ id: 2 }]);
    await first.close();
    await closeAll();
  }, 30_000);

  test("that is cut in the middle of a transaction says that nothing of it is left", async () => {
    let cut = false;
    const driver = await connect({
      fetch: (request, init) => (cut ? Promise.reject(new TypeError("fetch failed")) : fetch(request, init)),
    });
    await driver.execute("CREATE TABLE cut (id INTEGER)");
    await driver.begin(begin);
    await driver.execute("INSERT INTO cut VALUES (1)");
    cut = true;
    const error = await refusal(driver.execute("INSERT INTO cut VALUES (2)"));
    expect([error.code, error.message.includes("is undone by the server")]).toEqual(["connect", true]);
    await driver.rollback();
    const lost = await refusal(driver.batch?.({ ...idle, begin, statements: [] }) ?? Promise.resolve());
    expect(lost.message).toContain("whether the commit arrived is not known");
    cut = false;
    expect(await driver.query("SELECT id FROM cut")).toEqual([]);
    await closeAll();
  }, 30_000);
});

test("a server that was started anew is spoken to as if it had never been away, but for the transaction that was open", async () => {
  const folder = mkdtempSync(join(tmpdir(), "godwit-sqld-"));
  const own = await ownSqld(folder);
  try {
    const driver = await openLibsql({ url: own.url });
    await driver.execute("CREATE TABLE kept (id INTEGER)");
    await own.restart();
    await driver.execute("INSERT INTO kept VALUES (1)");
    await own.restart();
    await driver.batch?.({ ...idle, begin, statements: [{ sql: "INSERT INTO kept VALUES (2)" }] });
    await driver.begin(begin);
    await driver.execute("INSERT INTO kept VALUES (3)");
    await own.restart();
    const error = await refusal(driver.execute("INSERT INTO kept VALUES (4)"));
    expect([error.code, error.message.includes("all of the transaction is undone")]).toEqual(["connect", true]);
    await driver.rollback();
    expect(await driver.query("SELECT id FROM kept ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
    const slow =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 90000000) SELECT count(*) FROM n";
    const lost = refusal(
      driver.batch?.({ ...idle, begin, statements: [{ sql: "INSERT INTO kept VALUES (5)" }, { sql: slow }] }) ??
        Promise.resolve(),
    );
    await Bun.sleep(300);
    await own.restart();
    expect((await lost).message).toContain("whether the commit arrived is not known");
    expect(await driver.query("SELECT id FROM kept ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
    await driver.close();
  } finally {
    await own.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);

/** A server on one port that can be killed and started again on what it had. */
async function ownSqld(folder: string) {
  const port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
  const start = async () => {
    const child = Bun.spawn([...sqldProgram().command(folder, port)], { stdout: "ignore", stderr: "ignore" });
    for (;;) {
      const up = await fetch(`http://127.0.0.1:${port}/health`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (up) return child;
      await Bun.sleep(20);
    }
  };
  let child = await start();
  const stop = async (): Promise<void> => {
    child.kill("SIGKILL");
    await child.exited;
  };
  const restart = async (): Promise<void> => {
    await stop();
    child = await start();
  };
  return { url: `http+libsql://127.0.0.1:${port}`, stop, restart };
}

describe("a batch", () => {
  test("is one request, all or nothing, and what surrounds it happens whatever becomes of it", async () => {
    let requests = 0;
    const driver = await connect({
      fetch: (request, init) => {
        requests++;
        return fetch(request, init);
      },
    });
    await driver.execute("CREATE TABLE whole (id INTEGER PRIMARY KEY)");
    requests = 0;
    const around = { before: ["PRAGMA foreign_keys = OFF"], after: ["PRAGMA foreign_keys = ON"] };
    const insert = { sql: "INSERT INTO whole VALUES (?1)", parameters: [1] };
    const keys = { sql: "SELECT foreign_keys FROM pragma_foreign_keys" };
    const good = await driver.batch?.({ ...around, begin, statements: [insert, keys] });
    expect(good).toEqual({
      results: [
        { rows: [], changes: 1 },
        { rows: [{ foreign_keys: 0 }], changes: 0 },
      ],
    });
    const bad = await driver.batch?.({ ...around, begin, statements: [{ sql: "DELETE FROM whole" }, insert, insert] });
    expect(bad?.failed).toMatchObject({ index: 2, error: { data: { code: "SQLITE_CONSTRAINT_UNIQUE" } } });
    const unread = await driver.batch?.({ ...around, begin, statements: [insert, { sql: "VACUUM" }] });
    expect(unread?.failed).toMatchObject({ index: 1, error: { data: { code: "SQL_UNSUPPORTED" } } });
    // Which statement the parser does not take is asked in a second request.
    expect(requests).toBe(4);
    expect(await driver.query("SELECT id, (SELECT foreign_keys FROM pragma_foreign_keys) AS keys FROM whole")).toEqual([
      { id: 1, keys: 1 },
    ]);
    await closeAll();
  });

  test("signs of life do not take the lock away from one that is at work", async () => {
    const database = await openDatabase({ url: home.url });
    const slow =
      "CREATE TABLE slow AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 45000000) SELECT count(*) AS n FROM n";
    const pulse = { beatMs: 100, deadAfterMs: 30_000 };
    await withLock(database, { table: "godwit_history", pulse }, async ({ driver, confirmLock }) => {
      await driver.begin(begin);
      await confirmLock?.();
      await driver.execute(slow);
      await driver.commit();
      await Bun.sleep(300);
      await confirmLock?.();
    });
    expect(await database.driver.query("SELECT n FROM slow")).toEqual([{ n: 45000000 }]);
    await database.close();
  }, 60_000);
});
