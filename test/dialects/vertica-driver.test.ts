import { afterEach, describe, expect, test } from "bun:test";
import open from "../../src/dialects/vertica/driver.ts";
import { parseVerticaUrl } from "../../src/dialects/vertica/url.ts";
import { bytes } from "../../src/dialects/vertica/values.ts";
import type { Driver } from "../../src/runtime/driver.ts";
import { type Answer, type VerticaDouble, verticaDouble } from "../helpers/vertica-double.ts";

// No Vertica can be had here. What is tested is what the driver says and makes of answers that the documentation shows.

let server: VerticaDouble | undefined;
let driver: Driver | undefined;
afterEach(async () => {
  await driver?.close();
  await server?.stop();
  [server, driver] = [undefined, undefined];
});

async function connect(answer: (sql: string) => Answer, readOnly = false): Promise<Driver> {
  server = await verticaDouble(answer);
  driver = await open(`vertica://ann:secret@127.0.0.1:${server.port}/shop`, { readOnly });
  return driver;
}

const failureOf = (work: Promise<unknown>): Promise<Error & { code?: string; data?: Record<string, unknown> }> =>
  work.then(
    () => expect.unreachable("it should have failed"),
    (error: Error) => error,
  );

describe("URLs", () => {
  test("say where and how", () => {
    expect(
      parseVerticaUrl(
        "vertica://ann:p%40s@db.example.org/shop?tls_mode=verify-ca&tls_trusted_certs=/ca.pem&connect_timeout=7",
      ),
    ).toEqual({
      host: "db.example.org",
      port: 5433,
      user: "ann",
      password: "p@s",
      database: "shop",
      tls: "verify-ca",
      ca: "/ca.pem",
      label: "godwit",
      connectTimeoutMs: 7000,
    });
    expect(parseVerticaUrl("vertica://[::1]:5434").host).toBe("::1");
  });

  test.each([
    ["vertica://ann:secret@h:port/d", /"port" is not a port/],
    ["vertica://ann:secret@h/d?tls_mode=prefer", /tls_mode is "prefer"; use one of disable, require/],
    ["vertica://ann:secret@h/d?sslmode=require", /parameter "sslmode", which is not known; use tls_mode/],
    ["vertica://ann:secret@h/d?connect_timeout=soon", /connect_timeout is "soon"/],
    ["vertica://ann:secret@h/d%", /its database holds a %/],
    ["vertica:ann:secret@h", /does not have the form vertica:\/\/user:password@host:port\/database/],
  ])("%s is refused for what is wrong, and the password is not repeated", async (url, why) => {
    const error = await failureOf(open(url));
    expect(error.code).toBe("url");
    expect(error.message).toMatch(why);
    expect(error.message).not.toContain("secret");
  });
});

describe("a connection that does not come about", () => {
  test("for a wrong password", async () => {
    server = await verticaDouble(() => undefined);
    const error = await failureOf(open(`vertica://ann:wrong@127.0.0.1:${server.port}/shop`));
    expect(error.code).toBe("connect");
    expect(error.message).toBe('the server does not accept user "ann" with that password; check both in the URL');
  });

  test("where nobody listens", async () => {
    const other = await verticaDouble(() => undefined);
    await other.stop();
    const error = await failureOf(open(`vertica://ann:secret@127.0.0.1:${other.port}/shop`));
    expect(error.message).toContain(`no server answers at 127.0.0.1:${other.port}`);
    expect(error.data?.["starting"]).toBe(true);
  });

  test("to a host that is not known", async () => {
    const error = await failureOf(open("vertica://ann:secret@no-such-host.invalid/shop"));
    expect(error.message).toContain('the host "no-such-host.invalid" cannot be found');
  });
});

test("values are exact", async () => {
  const { query } = await connect((sql) =>
    sql.startsWith("SELECT")
      ? [
          {
            small: [6, "7"],
            large: [6, "9007199254740993"],
            yes: [5, "t"],
            ratio: [7, "0.5"],
            sum: [16, "1.10"],
            raw: [17, "a\\\\\\377"],
            at: [13, "2024-01-01 00:00:00+00"],
            none: [6, null],
          },
        ]
      : undefined,
  );
  expect(await query("SELECT 1")).toEqual([
    {
      small: 7,
      large: 9007199254740993n,
      yes: true,
      ratio: 0.5,
      sum: "1.10",
      raw: Uint8Array.of(97, 92, 255),
      at: "2024-01-01 00:00:00+00",
      none: null,
    },
  ]);
  expect(bytes("\\000\\\\b")).toEqual(Uint8Array.of(0, 92, 98));
});

test("what is outside of a transaction is committed, and what fails is rolled back", async () => {
  const { execute, begin, commit } = await connect((sql) =>
    sql.startsWith("UPDATE")
      ? 3
      : sql === "bad"
        ? { error: 'Syntax error at or near "bad"', code: "42601", position: 1 }
        : undefined,
  );
  const from = server?.sent.length ?? 0;
  expect(await execute("UPDATE a SET b = 1; UPDATE a SET b = 2")).toEqual({ changes: 3 });
  const error = await failureOf(execute("SELECT 1; bad"));
  expect(error.message).toBe('Syntax error at or near "bad"');
  expect(error.data).toMatchObject({ code: "42601", offset: 10 });
  await begin("BEGIN");
  await execute("UPDATE a SET b = 3");
  await commit();
  expect(server?.sent.slice(from)).toEqual([
    ...["UPDATE a SET b = 1", "UPDATE a SET b = 2", "COMMIT"],
    ...["SELECT 1", "bad", "ROLLBACK"],
    ...["BEGIN", "UPDATE a SET b = 3", "COMMIT"],
  ]);
});

test("parameters are sent beside the statement", async () => {
  const { execute } = await connect((sql) => (sql.startsWith("INSERT") ? 1 : undefined));
  const { changes } = await execute("INSERT INTO a VALUES (?, ?, ?, ?)", [
    "it's",
    9007199254740993n,
    null,
    Uint8Array.of(0, 255),
  ]);
  expect(changes).toBe(1);
  expect(server?.sent.at(-2)).toBe(
    'INSERT INTO a VALUES (?, ?, ?, ?) ← ["it\'s","9007199254740993",null,"\\\\000\\\\377"]',
  );
});

test("a statement is cancelled by a connection of its own", async () => {
  const { query, cancel } = await connect((sql) => (sql.includes("SLEEP") ? "silence" : undefined));
  const work = query("SELECT SLEEP(60)").catch(() => "ended");
  while (!server?.sent.includes("SELECT SLEEP(60)")) await Bun.sleep(1);
  await cancel?.();
  expect(server.cancels()).toBe(1);
  await server.stop();
  expect(await work).toBe("ended");
});

test("what only reads writes nothing", async () => {
  const { execute } = await connect(() => undefined, true);
  expect((await failureOf(execute("DROP TABLE a"))).message).toBe(
    "DROP is refused: this connection is for reading only",
  );
});
