import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { ToolError } from "../../src/core/errors.ts";
import openDriver from "../../src/dialects/postgres/driver.ts";
import { offsetOf } from "../../src/dialects/postgres/failure.ts";
import { parsePostgresUrl } from "../../src/dialects/postgres/url.ts";
import { driverSuite } from "../conformance/driver.ts";
import { postgresServer, type TestDatabase } from "../helpers/postgres-server.ts";

let home: TestDatabase;
beforeAll(async () => {
  home = await (await postgresServer()).createDatabase();
});
afterAll(() => home.drop());

driverSuite("PostgreSQL", {
  open: () => openDriver(home.url),
  placeholder: (n) => `$${n}`,
  types: { integer: "BIGINT", bytes: "BYTEA", text: "TEXT" },
  begin: "BEGIN",
  codes: { unique: "23505", syntax: "42601" },
});

const failureOf = (work: Promise<unknown>): Promise<ToolError> =>
  work.then(
    () => expect.unreachable("it should have failed"),
    (error: unknown) => (error instanceof ToolError ? error : Promise.reject(error)),
  );

/** The test database's URL with parts changed. */
const urlWith = (change: (url: URL) => void): string => {
  const url = new URL(home.url);
  change(url);
  return url.href;
};

describe("URLs", () => {
  const parts = (url: string) => {
    const { hosts, user, password, database, ssl, settings } = parsePostgresUrl(url);
    return { hosts, user, password, database, ssl, settings };
  };

  test("a plain URL", () => {
    expect(parts("postgres://ann:s%40cret@db.example.org:5433/shop")).toEqual({
      hosts: [{ host: "db.example.org", port: 5433 }],
      user: "ann",
      password: "s@cret",
      database: "shop",
      ssl: "prefer",
      settings: { application_name: "godwit" },
    });
  });

  const hosts: readonly (readonly [string, readonly object[]])[] = [
    ["postgres:///shop?host=/var/run/postgresql", [{ host: "/var/run/postgresql" }]],
    ["postgres://ann@%2Fvar%2Frun:5433/shop", [{ host: "/var/run", port: 5433 }]],
    ["postgres://localhost:5433/shop?host=/tmp", [{ host: "/tmp", port: 5433 }]],
    ["postgresql://[::1]:5433/shop", [{ host: "::1", port: 5433 }]],
    ["postgres://a:1,b:2,c/shop", [{ host: "a", port: 1 }, { host: "b", port: 2 }, { host: "c" }]],
    [
      "postgres:///shop?host=a,b&port=1,2",
      [
        { host: "a", port: 1 },
        { host: "b", port: 2 },
      ],
    ],
    [
      "postgres:///shop?host=a,b&port=7",
      [
        { host: "a", port: 7 },
        { host: "b", port: 7 },
      ],
    ],
    ["postgres://", [{}]],
  ];
  test.each(hosts)("%s leads to its hosts", (url, expected) => expect(parsePostgresUrl(url).hosts).toEqual(expected));

  test("what only libpq, poolers and other tools understand does not reach the server; settings do", () => {
    const query =
      "channel_binding=require&gssencmode=disable&pgbouncer=true&options=-c%20lock_timeout%3D5s&application_name=mine";
    expect(parsePostgresUrl(`postgres://h/d?${query}&schema=my"app`).settings).toEqual({
      application_name: "mine",
      options: "-c lock_timeout=5s",
      search_path: '"my""app"',
    });
  });

  test.each([
    ["postgres://h/d?sslmode=require", "require"],
    ["postgres://h/d?ssl=true", "require"],
    ["postgres://h/d?sslmode=no-verify", "require"],
    ["postgres://h/d?sslrootcert=system", "verify-full"],
    ["postgres://h/d?ssl=0", "disable"],
  ] as const)("%s means sslmode %s", (url, mode) => expect(parsePostgresUrl(url).ssl).toBe(mode));

  test.each([
    ["postgres://ann:se/cret@h/d", "port"],
    ["postgres://h:99999/d", '"99999"'],
    ["postgres://h/d?sslmode=maybe", "sslmode"],
    ["postgres://h/d?connect_timeout=soon", "connect_timeout"],
    ["postgres://h/d?target_session_attrs=best", "target_session_attrs"],
    ["postgres://h/%zz", "database"],
    ["postgres://ann:100%@h/d", "password"],
  ])("%s is refused with the part that is wrong, without the password", (url, part) => {
    let message = "";
    try {
      parsePostgresUrl(url);
    } catch (error) {
      message = error instanceof ToolError && error.code === "url" ? error.message : "";
    }
    expect(message).toContain(part);
    expect(message).not.toMatch(/cret|100%/);
  });
});

describe("connections that do not come about", () => {
  const cases: readonly (readonly [string, (url: URL) => void, string, RegExp])[] = [
    ["wrong password", (u) => (u.password = "wr0ng-secret"), "28P01", /does not let user "postgres" in/],
    ["unknown user", (u) => (u.username = "nobody_here"), "28P01", /nobody_here/],
    [
      "unknown host",
      (u) => (u.hostname = "no-such-host.invalid"),
      "ENOTFOUND",
      /host "no-such-host.invalid" cannot be found/,
    ],
    ["wrong port", (u) => (u.port = "1"), "ECONNREFUSED", /no server answers at 127.0.0.1:1;/],
    ["missing database", (u) => (u.pathname = "/nope"), "3D000", /no database "nope".*CREATE DATABASE "nope"/],
    ["unknown setting", (u) => (u.search = "?nonsense=1"), "42704", /"nonsense"/],
    ["missing socket", (u) => (u.search = "?host=/nowhere"), "ENOENT", /socket "\/nowhere\/\.s\.PGSQL/],
  ];
  test.each(cases)("%s", async (_, change, code, message) => {
    const error = await failureOf(openDriver(urlWith(change)));
    expect([error.code, error.data["code"]]).toEqual(["connect", code]);
    expect(error.message).toMatch(message);
    expect(JSON.stringify([error.message, error.data])).not.toContain(new URL(home.url).password);
  });

  test("a server without TLS where TLS is demanded", async () => {
    const error = await failureOf(openDriver(urlWith((u) => (u.search = "?sslmode=require"))));
    expect(error.message).toContain("sslmode=disable");
  });

  test("a certificate file that is not there", async () => {
    const error = await failureOf(
      openDriver(urlWith((u) => (u.search = "?sslmode=verify-full&sslrootcert=/nowhere.pem"))),
    );
    expect(error.code).toBe("url");
    expect(error.message).toContain('"/nowhere.pem" that sslrootcert');
  });

  test("a server that hangs up at once, and one that never answers, end at the time limit", async () => {
    for (const greet of [(socket: { end(): void }) => socket.end(), () => undefined]) {
      const server = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { open: greet, data: () => undefined } });
      const error = await failureOf(openDriver(`postgres://a@127.0.0.1:${server.port}/x`, { connectTimeoutMs: 300 }));
      expect(error.code).toBe("connect");
      server.stop(true);
    }
  });

  test("of several hosts the first that can be used is taken, and all are named when none can", async () => {
    const { username, password, host, pathname } = new URL(home.url);
    const login = `${username}:${password}`;
    const driver = await openDriver(`postgres://${login}@127.0.0.1:1,${host}${pathname}?target_session_attrs=primary`);
    expect(await driver.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await driver.close();
    const error = await failureOf(
      openDriver(`postgres://${login}@127.0.0.1:1,${host}${pathname}?target_session_attrs=standby`),
    );
    expect(error.message).toMatch(/127\.0\.0\.1:1;.*is not standby/);
  });
});

describe("a session", () => {
  test("introduces itself, keeps settings of the URL, and passes notices on", async () => {
    const notices: string[] = [];
    const url = urlWith((u) => (u.search = "?statement_timeout=5s&channel_binding=require"));
    const driver = await openDriver(url, { onNotice: (message) => notices.push(message) });
    const [row] = await driver.query(
      "SELECT current_setting('application_name') AS a, current_setting('statement_timeout') AS t",
    );
    expect(row).toEqual({ a: "godwit", t: "5s" });
    await driver.execute("DO $$ BEGIN RAISE NOTICE 'careful'; END $$");
    expect(notices).toEqual(["careful"]);
    expect(await driver.serverVersion()).toMatch(/^\d+\.\d+/);
    await driver.close();
  });

  test("opens a transaction together with its first statement, and nobody can tell", async () => {
    const notices: string[] = [];
    const driver = await openDriver(home.url, { onNotice: (message) => notices.push(message) });
    const inTransaction = async <T>(work: () => Promise<T>): Promise<T> => {
      await driver.begin("BEGIN");
      return work().finally(() => driver.rollback());
    };
    expect(await inTransaction(() => driver.query("SELECT 1 AS one, 'a' AS a"))).toEqual([{ one: 1, a: "a" }]);
    expect(await inTransaction(() => driver.query("SELECT 1 AS one WHERE false"))).toEqual([]);
    expect(await inTransaction(() => driver.query("SELECT $1::INTEGER AS one", [1]))).toEqual([{ one: 1 }]);
    const written = "INSERT INTO begun VALUES (1), (2); CREATE TABLE other (id INTEGER)";
    await driver.execute("CREATE TABLE begun (id INTEGER)");
    expect(await inTransaction(() => driver.execute("INSERT INTO begun VALUES (1), (2)"))).toEqual({ changes: 2 });
    await inTransaction(() => driver.execute(written));
    expect(await driver.query("SELECT to_regclass('other') AS other, count(*)::INTEGER AS n FROM begun")).toEqual([
      { other: null, n: 0 },
    ]);
    for (const [sql, offset] of [
      ["SELECT 1; SELEC 2", 10],
      ["SELECT missing", 7],
    ] as const) {
      const error = await failureOf(inTransaction(() => driver.query(sql)));
      expect(error.data).toMatchObject({ sql, offset });
    }
    await inTransaction(async () => undefined);
    await driver.begin("BEGIN");
    await driver.commit();
    expect(notices).toEqual([]);
    await driver.execute("DROP TABLE begun");
    await driver.close();
  });

  test("what is sent ahead fails with what comes after it, and then nothing is committed", async () => {
    const notices: string[] = [];
    const driver = await openDriver(home.url, { onNotice: (message) => notices.push(message) });
    const send = driver.executeAhead;
    if (!send) throw new Error("it waits for every answer");
    await driver.execute("CREATE TABLE ahead (n INTEGER PRIMARY KEY)");
    await driver.begin("BEGIN");
    send("SET LOCAL lock_timeout = 1000");
    await driver.execute("INSERT INTO ahead VALUES (1)");
    expect(await driver.query("SHOW lock_timeout")).toEqual([{ lock_timeout: "1s" }]);
    send("INSERT INTO ahead VALUES (2)");
    await driver.commit();
    await driver.begin("BEGIN");
    await driver.execute("INSERT INTO ahead VALUES (3)");
    send("INSERT INTO ahead VALUES (1)");
    const lost = await failureOf(driver.commit());
    expect([lost.code, lost.data["code"], lost.data["sql"]]).toEqual([
      "database",
      "23505",
      "INSERT INTO ahead VALUES (1)",
    ]);
    await driver.rollback();
    await driver.begin("BEGIN");
    send("SET LOCAL no_such_setting_at_all TO 1");
    const refused = await failureOf(driver.execute("INSERT INTO ahead VALUES (4)"));
    expect(refused.data["sql"]).toBe("SET LOCAL no_such_setting_at_all TO 1");
    await driver.rollback();
    expect(() => send("SELECT '\0'")).toThrow("NUL");
    expect(await driver.query("SELECT n FROM ahead ORDER BY n")).toEqual([{ n: 1 }, { n: 2 }]);
    await driver.execute("DROP TABLE ahead");
    expect(notices).toEqual([]);
    await driver.close();
  });

  test("that may only read refuses to write", async () => {
    const driver = await openDriver(home.url, { readOnly: true });
    expect((await failureOf(driver.execute("CREATE TABLE never (id INTEGER)"))).data["code"]).toBe("25006");
    await driver.close();
  });

  test("that was cut off says so from then on, and does not come back as another session", async () => {
    const driver = await openDriver(home.url);
    await driver.execute("SELECT pg_advisory_lock(77)");
    const first = await failureOf(driver.query("SELECT pg_terminate_backend(pg_backend_pid())"));
    const second = await failureOf(driver.query("SELECT 1"));
    for (const error of [first, second]) {
      expect(error.code).toBe("connect");
      expect(error.message).toContain("was lost");
    }
    await driver.close();
  });

  test("refuses what the protocol would cut off or wait for, and goes on", async () => {
    const driver = await openDriver(home.url);
    expect((await failureOf(driver.execute("SELECT 1; -- \0 SELECT 2"))).message).toContain("NUL");
    await driver.execute("CREATE TEMPORARY TABLE c (a INTEGER)");
    expect((await failureOf(driver.execute("COPY c FROM STDIN"))).message).toContain("COPY");
    expect((await failureOf(driver.execute("COPY c TO STDOUT"))).message).toContain("COPY");
    expect(await driver.query("SELECT count(*) AS n FROM c")).toEqual([{ n: 0 }]);
    await driver.close();
  });

  test("values come back exact", async () => {
    const driver = await openDriver(home.url);
    const [row] = await driver.query(
      `SELECT 1.50::NUMERIC AS n, '{"a": 1}'::JSONB AS j, '2024-02-29 12:34:56.123456'::TIMESTAMP AS t, ARRAY['a'] AS l, 'NaN'::REAL AS f`,
    );
    expect(row).toEqual({ n: "1.50", j: '{"a": 1}', t: "2024-02-29 12:34:56.123456", l: "{a}", f: Number.NaN });
    await driver.close();
  });
});

test("the server's position, counted in characters, becomes an offset in UTF-16 units", () => {
  expect(offsetOf("SELECT '😀' FRM t", 12)).toBe(12);
  expect(offsetOf("abc", 1)).toBe(0);
  expect(offsetOf("abc", 99)).toBe(3);
});
