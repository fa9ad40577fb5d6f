import { afterEach, describe, expect, test } from "bun:test";
import { createServer } from "node:net";
import open from "../../src/dialects/ydb/driver.ts";
import { parseYdbUrl } from "../../src/dialects/ydb/url.ts";
import type { Driver } from "../../src/runtime/driver.ts";
import { makeCertificates } from "../helpers/certificates.ts";
import { type Answer, type Cell, type Objects, type YdbDouble, ydbDouble } from "../helpers/ydb-double.ts";

// No YDB can be had here. What is tested is what the driver says over a real connection of gRPC, and makes of answers that the definitions of the protocol and the documentation show.

let server: YdbDouble | undefined;
let driver: Driver | undefined;
afterEach(async () => {
  await driver?.close();
  await server?.stop();
  [server, driver] = [undefined, undefined];
});

async function connect(answer: (sql: string) => Answer, objects: Objects = {}, readOnly = false): Promise<Driver> {
  server = await ydbDouble(answer, objects);
  driver = await open(`ydb://ann:secret@127.0.0.1:${server.port}/Root/shop`, { readOnly });
  return driver;
}

const failureOf = (work: Promise<unknown>): Promise<Error & { code?: string; data?: Record<string, unknown> }> =>
  work.then(
    () => expect.unreachable("it should have failed"),
    (error: Error) => error,
  );

const id = (typeId: number) => ({ type: { case: "typeId", value: typeId } }) as const;
const optional = (typeId: number) => ({ type: { case: "optionalType", value: { item: id(typeId) } } }) as const;
const text = (value: string): Cell => [id(4608), { value: { case: "textValue", value } }];

describe("URLs", () => {
  test("say where and how", () => {
    expect(parseYdbUrl("ydb://ann:p%40s@db.example.org/Root/shop?connect_timeout=7")).toEqual({
      host: "db.example.org",
      port: 2136,
      tls: false,
      database: "/Root/shop",
      user: "ann",
      password: "p@s",
      connectTimeoutMs: 7000,
    });
    expect(parseYdbUrl("grpcs://h:2135/?database=/ru/b1g/etn&token=t&ca=/ca.pem&tls_server_name=n")).toEqual({
      host: "h",
      port: 2135,
      tls: true,
      database: "/ru/b1g/etn",
      token: "t",
      ca: "/ca.pem",
      serverName: "n",
    });
    expect(parseYdbUrl("ydbs://[::1]/local").port).toBe(2135);
  });

  test.each([
    ["ydb://ann:secret@h:port/d", /"port" is not a port/],
    ["ydb://ann:secret@h", /it names no database; its path comes behind the host, such as "\/local"/],
    ["ydb://ann:secret@h/a?database=/b", /it names two databases, "\/a" and "\/b"/],
    ["ydb://ann:secret@h/d?sslmode=require", /parameter "sslmode", which is not known; use database, token, ca/],
    ["ydb://ann:secret@h/d?ca=x.pem", /"ca", which is for ydbs:\/\/ and grpcs:\/\/ only/],
    ["ydb://ann:secret@h/d?connect_timeout=soon", /connect_timeout is "soon"/],
    ["ydb://ann:secret@h/d%", /its database holds a %/],
    [
      "ydbs://ann:secret@h/d?ca=/no/such/file",
      /the file "\/no\/such\/file", which the YDB URL names as ca, cannot be read/,
    ],
    ["ydb:ann:secret@h", /does not have the form ydb:\/\/user:password@host:port\/path\/to\/database/],
  ])("%s is refused for what is wrong, and the password is not repeated", async (url, why) => {
    const error = await failureOf(open(url));
    expect(error.code).toBe("url");
    expect(error.message).toMatch(why);
    expect(error.message).not.toContain("secret");
  });
});

describe("a connection", () => {
  test("says which database, who and what it is, and ends its session", async () => {
    const { execute, close } = await connect(() => undefined);
    await execute("SELECT 1");
    expect(server?.metadata()).toEqual({
      "x-ydb-database": "/Root/shop",
      "x-ydb-auth-ticket": "ticket-of-ann",
      "x-ydb-application-name": "godwit",
    });
    await close();
    expect(server?.sent).toEqual(["SELECT 1", "(session ends)"]);
  });

  test("with a token needs no login", async () => {
    server = await ydbDouble();
    driver = await open(`grpc://127.0.0.1:${server.port}/?database=/Root/shop&token=abc`);
    await driver.execute("SELECT 1");
    expect(server.metadata()["x-ydb-auth-ticket"]).toBe("abc");
  });
});

describe("a connection that does not come about", () => {
  const refused = async (url: string, connectTimeoutMs = 10_000) => {
    const error = await failureOf(open(url, { connectTimeoutMs }));
    expect(error.code).toBe("connect");
    expect(error.message).not.toContain("secret");
    return error;
  };

  test("for a wrong password", async () => {
    server = await ydbDouble();
    const error = await refused(`ydb://ann:secret2@127.0.0.1:${server.port}/Root/shop`);
    expect(error.message).toBe(
      'the server does not accept user "ann" with that password (Invalid password); check both in the URL',
    );
  });

  test("for a database that is not there", async () => {
    server = await ydbDouble();
    const error = await refused(`ydb://ann:secret@127.0.0.1:${server.port}/Root/ship`);
    expect(error.message).toContain('there is no database "/Root/ship" on the server');
  });

  test("where nobody listens", async () => {
    const other = await ydbDouble();
    await other.stop();
    const error = await refused(`ydb://ann:secret@127.0.0.1:${other.port}/Root/shop`);
    expect(error.message).toContain(`no server answers at 127.0.0.1:${other.port}`);
    expect(error.data?.["starting"]).toBe(true);
  });

  test("to a host that is not known", async () => {
    const error = await refused("ydb://ann:secret@no-such-host.invalid/Root/shop");
    expect(error.message).toContain('the host "no-such-host.invalid" cannot be found');
  });

  test("with TLS, to a server without", async () => {
    server = await ydbDouble();
    const error = await refused(`ydbs://ann:secret@localhost:${server.port}/Root/shop`);
    expect(error.message).toContain(`the server at localhost:${server.port} does not speak TLS there`);
  });

  test("with TLS, to an address", async () => {
    server = await ydbDouble();
    const error = await refused(`ydbs://ann:secret@127.0.0.1:${server.port}/Root/shop`);
    expect(error.message).toContain("say tls_server_name");
  });

  test("to what says nothing", async () => {
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const { port } = silent.address() as { port: number };
    const error = await refused(`ydb://ann:secret@127.0.0.1:${port}/Root/shop`, 200);
    expect(error.message).toContain(`127.0.0.1:${port} does not answer`);
    silent.close();
  });
});

test("with TLS, a certificate is held against its authority and its name", async () => {
  const files = makeCertificates();
  try {
    server = await ydbDouble(() => undefined, {}, files);
    const at = (host: string, more: string): string => `ydbs://ann:secret@${host}:${server?.port}/Root/shop?${more}`;
    const ca = `ca=${encodeURIComponent(files.authority)}`;
    expect((await failureOf(open(at("localhost", "")))).message).toMatch(
      /certificate of localhost:\d+ is not trusted: .*; name the file of its authority in ca/,
    );
    expect((await failureOf(open(at("localhost", `${ca}&tls_server_name=other`)))).message).toMatch(/is not trusted/);
    for (const url of [at("localhost", ca), at("127.0.0.1", `${ca}&tls_server_name=localhost`)]) {
      driver = await open(url);
      expect(await driver.query("SELECT 1")).toEqual([]);
      await driver.close();
    }
  } finally {
    files.remove();
  }
});

test("values are exact, and times in UTC", async () => {
  const uuid = { value: { case: "low128", value: 0x4111_2222_1111_1111n }, high128: 0x5555_4433_2211_3381n } as const;
  const row: Record<string, Cell> = {
    large: [id(3), { value: { case: "int64Value", value: 9007199254740993n } }],
    small: [optional(3), { value: { case: "int64Value", value: 7n } }],
    most: [id(4), { value: { case: "uint64Value", value: 18446744073709551615n } }],
    none: [optional(4608), { value: { case: "nullFlagValue", value: 0 } }],
    yes: [id(6), { value: { case: "boolValue", value: true } }],
    float: [id(33), { value: { case: "floatValue", value: Math.fround(0.1) } }],
    sum: [
      { type: { case: "decimalType", value: { precision: 22, scale: 9 } } },
      { value: { case: "low128", value: BigInt.asUintN(64, -1_100_000_000n) }, high128: 0xffff_ffff_ffff_ffffn },
    ],
    raw: [id(4097), { value: { case: "bytesValue", value: Uint8Array.of(0, 255) } }],
    day: [id(64), { value: { case: "int32Value", value: -1 } }],
    at: [id(66), { value: { case: "int64Value", value: -1n } }],
    old: [id(50), { value: { case: "uint64Value", value: 1_700_000_000_000_001n } }],
    second: [id(49), { value: { case: "uint32Value", value: 86_400 } }],
    took: [id(67), { value: { case: "int64Value", value: -93_784_500_000n } }],
    who: [id(4611), uuid],
    list: [
      { type: { case: "listType", value: { item: id(1) } } },
      { items: [{ value: { case: "int32Value", value: 1 } }, { value: { case: "int32Value", value: 2 } }] },
    ],
  };
  const { query } = await connect((sql) => (sql === "SELECT 1" ? [row, row] : undefined));
  const [first, second] = await query("SELECT 1");
  expect(first).toEqual({
    large: 9007199254740993n,
    small: 7,
    most: 18446744073709551615n,
    none: null,
    yes: true,
    float: 0.1,
    sum: "-1.100000000",
    raw: Uint8Array.of(0, 255),
    day: "1969-12-31",
    at: "1969-12-31T23:59:59.999999Z",
    old: "2023-11-14T22:13:20.000001Z",
    second: "1970-01-02T00:00:00Z",
    took: "-P1DT2H3M4.5S",
    who: "11111111-2222-4111-8133-112233445555",
    list: [1, 2],
  });
  expect(second).toEqual(first);
});

test("parameters are sent beside the statement, but for whole numbers and NULL, which fit columns of several types", async () => {
  const { execute } = await connect(() => ({ changes: 1 }));
  const { changes } = await execute("UPSERT INTO a VALUES ($p1, $p2, $p3, $p4, $p5, '$p1') -- $p1", [
    "it's",
    9007199254740993n,
    null,
    Uint8Array.of(0, 255),
    0.5,
  ]);
  expect(changes).toBe(1);
  expect(server?.sent.at(-1)).toBe("UPSERT INTO a VALUES ($p1, 9007199254740993, NULL, $p4, $p5, '$p1') -- $p1");
  expect(server?.parameters()).toEqual({ $p1: "it's", $p4: Uint8Array.of(0, 255), $p5: 0.5 });
});

test("a text of several statements is sent one by one, and what an UPDATE returns is what it changed", async () => {
  const { execute } = await connect((sql) =>
    sql.includes("RETURNING") ? [{ id: text("a") }, { id: text("b") }] : undefined,
  );
  expect(
    await execute("CREATE TABLE a (b Int32, PRIMARY KEY (b)); DROP TABLE a; UPDATE a SET b = 1 RETURNING `id`"),
  ).toEqual({
    changes: 2,
  });
  expect(server?.sent).toHaveLength(3);
});

test("a transaction is one of the session, and a query that fails takes it with it", async () => {
  const refusal = {
    status: "GENERIC_ERROR",
    issues: [
      { message: "Type annotation", issues: [{ message: "Member not found: b", position: { row: 2, column: 3 } }] },
    ],
  } as const;
  const { execute, begin, commit, rollback, inTransaction } = await connect((sql) =>
    sql.includes("bad")
      ? refusal
      : sql === "ROLLBACK"
        ? { status: "NOT_FOUND", issues: [{ message: "Transaction not found" }] }
        : undefined,
  );
  await begin("BEGIN");
  await execute("UPDATE a SET b = 1");
  await commit();
  await begin("BEGIN READ ONLY");
  const error = await failureOf(execute("SELECT 1; SELECT é,\nbad"));
  expect(error.message).toBe("Member not found: b");
  expect(error.data).toMatchObject({ code: "GENERIC_ERROR", offset: 22 });
  expect(inTransaction?.()).toBe(false);
  await rollback();
  await execute("SELECT 2");
  expect(server?.sent).toEqual([
    ...["BEGIN serializableReadWrite", "UPDATE a SET b = 1 [tx]", "COMMIT [tx]"],
    ...["BEGIN snapshotReadOnly", "SELECT 1 [tx]", "SELECT é,\nbad [tx]", "ROLLBACK [tx]", "SELECT 2"],
  ]);
});

test("a commit that came too late is told as what may be done again", async () => {
  const { begin, commit } = await connect((sql) =>
    sql === "COMMIT"
      ? { status: "ABORTED", issues: [{ message: "Transaction locks invalidated. Table: /Root/shop/a" }] }
      : undefined,
  );
  await begin("BEGIN");
  const error = await failureOf(commit());
  expect(error.data).toMatchObject({ code: "ABORTED" });
});

test("a statement is cancelled", async () => {
  const { query, cancel } = await connect((sql) => (sql.includes("long") ? "silence" : undefined));
  const work = failureOf(query("SELECT long"));
  while (!server?.sent.includes("SELECT long")) await Bun.sleep(1);
  await cancel?.();
  expect((await work).message).toBe("the statement was cancelled");
  while (server.cancels() === 0) await Bun.sleep(1);
  expect(await query("SELECT 1")).toEqual([]);
});

test("a server that goes away is told as a connection that was lost", async () => {
  const { query } = await connect((sql) => (sql.includes("long") ? "silence" : undefined));
  const work = failureOf(query("SELECT long"));
  while (!server?.sent.includes("SELECT long")) await Bun.sleep(1);
  await server.stop();
  const error = await work;
  expect(error.code).toBe("connect");
  expect(error.message).toContain("what became of the statement is not known");
});

test("what only reads writes nothing", async () => {
  const { execute } = await connect(() => undefined, {}, true);
  expect((await failureOf(execute("PRAGMA a; DROP TABLE a"))).message).toBe(
    "DROP is refused: this connection is for reading only",
  );
});

test("the version is that of the node", async () => {
  const { serverVersion } = await connect((sql) =>
    sql.includes("Version()") ? [{ version: text("stable-25-1-4-hotfix-1") }] : undefined,
  );
  expect(await serverVersion()).toBe("25.1.4");
});

describe("what no query tells", () => {
  const utf8 = { type: { case: "typeId", value: 4608 } } as const;
  const columns = [
    { name: "id", type: id(3), notNull: true, defaultValue: { case: "fromSequence", value: {} } },
    {
      name: "note",
      type: { type: { case: "optionalType", value: { item: utf8 } } },
      defaultValue: {
        case: "fromLiteral",
        value: { type: utf8, value: { value: { case: "textValue", value: "it's" } } },
      },
    },
  ] as const;
  const objects: Objects = {
    "b/notes": {
      columns: [...columns],
      primaryKey: ["id"],
      indexes: [
        { name: "by_note", indexColumns: ["note"], type: { case: "globalIndex", value: {} }, status: 1, sizeBytes: 5n },
      ],
    },
    a_topic: "TOPIC",
    ".sys/partition_stats": "TABLE",
  };

  test("is asked of the scheme", async () => {
    const { query } = await connect(() => expect.unreachable("nothing is to be queried"), objects);
    const rows = await query("DESCRIBE SCHEME");
    expect(rows.map(({ kind, name }) => [kind, name])).toEqual([
      ["topic", "a_topic"],
      ["table", "b/notes"],
    ]);
    const [, table] = rows;
    expect(table?.["defaults"]).toBe(`{"note":"'it\\\\'s'u"}`);
    expect(JSON.parse(String(table?.["description"]))).toEqual({
      columns: [
        { name: "id", type: { typeId: "INT64" }, notNull: true, fromSequence: {} },
        {
          name: "note",
          type: { optionalType: { item: { typeId: "UTF8" } } },
          fromLiteral: { type: { typeId: "UTF8" }, value: { textValue: "it's" } },
        },
      ],
      primaryKey: ["id"],
      indexes: [{ name: "by_note", indexColumns: ["note"], globalIndex: {}, status: "STATUS_READY" }],
    });
    expect(await query("DESCRIBE TABLE `b/notes`")).toEqual(table ? [table] : []);
    expect(await query("DESCRIBE TABLE `gone`")).toEqual([]);
    expect(await query("DESCRIBE INDEX `by_note` ON `b/notes` NOT UNIQUE")).toEqual([{ name: "by_note" }]);
    expect(await query("AWAIT INDEXES OF `b/notes`")).toEqual([]);
  });
});
