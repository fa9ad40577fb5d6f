import { afterEach, describe, expect, test } from "bun:test";
import { createServer } from "node:net";
import { ToolError } from "../../src/core/errors.ts";
import open from "../../src/dialects/sqlserver/driver.ts";
import { parseSqlserverUrl } from "../../src/dialects/sqlserver/url.ts";
import { boundValue, plainValue, withNulls } from "../../src/dialects/sqlserver/values.ts";
import { type TdsFront, type TdsFrontOptions, tdsFront } from "../helpers/tds-front.ts";

// No SQL Server can be had here. What a connection says when it does not come about is tested against a front that speaks as much of TDS as that takes.

const failureOf = (work: Promise<unknown>): Promise<ToolError> =>
  work.then(
    () => expect.unreachable("it should have failed"),
    (error: unknown) => (error instanceof ToolError ? error : Promise.reject(error)),
  );

const fronts: TdsFront[] = [];
afterEach(() => {
  for (const front of fronts.splice(0)) front.close();
});

async function front(options: TdsFrontOptions = {}): Promise<TdsFront> {
  const made = await tdsFront(options);
  fronts.push(made);
  return made;
}

describe("URLs", () => {
  const usual = {
    host: "db.example.org",
    user: "ann",
    password: "p@s;s",
    database: "shop",
    encrypt: "mandatory",
    trustsAny: false,
    authentication: "login",
    application: "godwit",
    reads: false,
  } as const;

  const urls: readonly (readonly [string, object])[] = [
    ["sqlserver://ann:p%40s%3Bs@db.example.org:1444/shop", { ...usual, port: 1444 }],
    ["mssql://ann:p%40s%3Bs@db.example.org/shop", usual],
    ["sqlserver://db.example.org;initial catalog=shop;user id=ann;password=p%40s%3Bs", usual],
    ["sqlserver://ann:p%40s%3Bs@db.example.org/SALES?database=shop", { ...usual, instance: "SALES" }],
    ["sqlserver://ann:p%40s%3Bs@db.example.org\\SALES/shop", { ...usual, instance: "SALES" }],
    [
      "sqlserver://ann:p%40s%3Bs@db.example.org/shop?encrypt=strict&trustServerCertificate=true&connection%20timeout=7",
      { ...usual, encrypt: "strict", trustsAny: true, connectTimeoutMs: 7000 },
    ],
    [
      "sqlserver://ann:p%40s%3Bs@db.example.org/shop?encrypt=disable&ca=/ca.pem&ApplicationIntent=ReadOnly&domain=CORP",
      { ...usual, encrypt: "optional", ca: "/ca.pem", reads: true, domain: "CORP" },
    ],
  ];
  test.each(urls)("%s", (url, target) => {
    expect(parseSqlserverUrl(url)).toEqual(target as ReturnType<typeof parseSqlserverUrl>);
  });

  const wrong: readonly (readonly [string, RegExp])[] = [
    ["sqlserver://ann:secret@h:port/d", /"port" is not a port/],
    ["sqlserver://ann:secret@h:70000/d", /"70000" is not a port/],
    ["sqlserver://ann:secret@h/d?encrypt=sometimes", /encrypt is "sometimes"; use one of true, false, strict/],
    ["sqlserver://ann:secret@h/d?sslmode=require", /parameter "sslmode", which is not known; use encrypt/],
    ["sqlserver://ann:secret@h/d%", /its database holds a %/],
    ["sqlserver://ann:secret@h/d?trustServerCertificate=maybe", /trustservercertificate is "maybe"/],
    ["sqlserver://ann:secret@h/d?connectTimeout=soon", /connectTimeout is "soon"/],
    [
      "sqlserver://ann:secret@h/d?ca=/nowhere.pem",
      /"\/nowhere\.pem" that ca of the SQL Server URL names cannot be read/,
    ],
    ["sqlserver:ann:secret@h", /does not have the form sqlserver:\/\/user:password@host:port\/database/],
  ];
  test.each(wrong)("%s is refused for what is wrong, and the password is not repeated", async (url, why) => {
    const error = await failureOf(open(url));
    expect(error.code).toBe("url");
    expect(error.message).toMatch(why);
    expect(error.message).not.toContain("secret");
  });
});

describe("connecting", () => {
  const refused = async (url: string, timeoutMs?: number): Promise<ToolError> => {
    const error = await failureOf(open(url, timeoutMs === undefined ? {} : { connectTimeoutMs: timeoutMs }));
    expect(error.code).toBe("connect");
    expect(error.message).not.toContain("hunter2");
    expect(JSON.stringify(error.data)).not.toContain("hunter2");
    return error;
  };

  test("a port where nobody listens", async () => {
    const error = await refused("sqlserver://sa:hunter2@127.0.0.1:1/shop");
    expect(error.message).toMatch(/no server answers at 127\.0\.0\.1:1; is SQL Server running there/);
    expect(error.data["starting"]).toBe(true);
  });

  test("a host that does not exist", async () => {
    const error = await refused("sqlserver://sa:hunter2@db.invalid/shop");
    expect(error.message).toMatch(/the host "db\.invalid" cannot be found/);
  });

  test("a server that says nothing", async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as { readonly port: number };
    const error = await refused(`sqlserver://sa:hunter2@127.0.0.1:${port}/shop`, 200);
    expect(error.message).toMatch(/did not answer in time/);
    silent.close();
  });

  test("a server that is none of SQL Server", async () => {
    const other = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.on("data", () => socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"));
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as { readonly port: number };
    const error = await refused(`sqlserver://sa:hunter2@127.0.0.1:${port}/shop`, 2000);
    expect(error.message).toMatch(/does not answer as SQL Server does/);
    other.close();
  });

  test("a server without TLS gets no password, unless that is asked for", async () => {
    const { port, packets } = await front();
    const error = await refused(`sqlserver://sa:hunter2@127.0.0.1:${port}/shop`);
    expect(error.message).toMatch(/does not offer TLS, so that the password would go over the network in the clear/);
    expect(packets.map(({ kind }) => kind)).toEqual([0x12]);
  });

  test("a server that wants TLS", async () => {
    const { port } = await front({ encryption: 3 });
    const error = await refused(`sqlserver://sa:hunter2@127.0.0.1:${port}/shop?encrypt=false`);
    expect(error.message).toMatch(/wants TLS; leave \?encrypt=false out/);
  });

  const refusals: readonly (readonly [string, number, string, RegExp])[] = [
    [
      "a wrong password",
      18456,
      "Login failed for user 'sa'.",
      /does not let user "sa" in: Login failed for user 'sa'\./,
    ],
    [
      "a database that is not there",
      4060,
      'Cannot open database "shop".',
      /there is no database "shop" at .*CREATE DATABASE \[shop\]/,
    ],
    ["an expired password", 18487, "Login failed. The password has expired.", /has expired, or has to be changed/],
    [
      "a database that is moving",
      40613,
      "Database 'shop' is not currently available.",
      /is not ready: Database 'shop'/,
    ],
  ];
  test.each(refusals)("%s", async (_, number, text, why) => {
    const { port } = await front({ refusal: { number, text } });
    const error = await refused(`sqlserver://sa:hunter2@127.0.0.1:${port}/shop?encrypt=false`);
    expect(error.message).toMatch(why);
    expect(error.data["code"]).toBe(String(number));
  });

  test("a failed statement says where, and a lost connection that it is lost", async () => {
    const made = await front({ batch: { word: "FORM", number: 102, line: 2, text: "Incorrect syntax near 'FORM'." } });
    const driver = await open(`sqlserver://sa:hunter2@127.0.0.1:${made.port}/shop?encrypt=false`);
    const sql = "SELECT 1\nGO\nSELECT *\nFORM t\nGO\n";
    const error = await failureOf(driver.execute(sql));
    expect(error).toMatchObject({ code: "database", message: "Incorrect syntax near 'FORM'." });
    expect(error.data).toMatchObject({ code: "102", sql, offset: sql.indexOf("FORM") });
    made.close();
    await Bun.sleep(20);
    expect(await failureOf(driver.execute("SELECT 1"))).toMatchObject({ code: "connect" });
    await driver.close();
  });

  test("GO never reaches the server", async () => {
    const made = await front();
    const driver = await open(`sqlserver://sa:hunter2@127.0.0.1:${made.port}/shop?encrypt=false`);
    const before = made.packets.length;
    await driver.execute("CREATE VIEW a AS SELECT 1 AS one\nGO\nCREATE VIEW b AS SELECT 2 AS two\nGO");
    const texts = made.packets.slice(before).map(({ body }) => body.subarray(body.readUInt32LE(0)).toString("utf16le"));
    expect(texts).toEqual(["CREATE VIEW a AS SELECT 1 AS one", "CREATE VIEW b AS SELECT 2 AS two"]);
    await driver.close();
  });

  test("a connection for reading writes nothing", async () => {
    const made = await front();
    const driver = await open(`sqlserver://sa:hunter2@127.0.0.1:${made.port}/shop?encrypt=false`, { readOnly: true });
    expect((await failureOf(driver.execute("DROP TABLE t"))).message).toMatch(/DROP is refused/);
    await driver.close();
  });
});

describe("values", () => {
  const column = (name: string, scale?: number) => ({ colName: "v", type: { name }, scale });
  const moment = (iso: string, nanosecondsDelta: number) => Object.assign(new Date(iso), { nanosecondsDelta });

  const read: readonly (readonly [string, unknown, ReturnType<typeof column>, unknown])[] = [
    ["a small integer of 64 bits", "42", column("BigInt"), 42],
    ["a large one", "9223372036854775807", column("IntN"), 9223372036854775807n],
    ["a moment", moment("2026-01-31T08:09:10.123Z", 0.0004567), column("DateTime2", 7), "2026-01-31 08:09:10.1234567"],
    ["a shorter one", moment("2026-01-31T08:09:10.100Z", 0), column("DateTime2", 1), "2026-01-31 08:09:10.1"],
    ["one without a fraction", moment("2026-01-31T08:09:10.000Z", 0), column("DateTime2", 0), "2026-01-31 08:09:10"],
    [
      "one with a zone",
      moment("2026-01-31T08:09:10.000Z", 0),
      column("DateTimeOffset", 0),
      "2026-01-31 08:09:10 +00:00",
    ],
    ["a day", new Date("0001-01-01T00:00:00Z"), column("Date"), "0001-01-01"],
    ["a time of day", moment("1970-01-01T23:59:59.999Z", 0.0009999), column("Time", 7), "23:59:59.9999999"],
    ["a DATETIME", new Date("2026-01-31T08:09:10.003Z"), column("DateTimeN"), "2026-01-31 08:09:10.003"],
    ["a decimal", 12.34, column("NumericN", 2), 12.34],
    ["NULL", null, column("NVarChar"), null],
  ];
  test.each(read)("%s arrives as it is stored", (_, value, of, expected) => {
    expect(plainValue(value, of)).toEqual(expected);
  });

  test("a decimal that a number cannot hold is refused, and not rounded", () => {
    expect(() => plainValue(1_234_567_890_123_456, column("NumericN", 4))).toThrow(/CAST\(v AS NVARCHAR\(50\)\)/);
  });

  test("NULL is written and not bound, because as a parameter it would have a type", () => {
    const sql = "SELECT @p1, '@p1', [@p1], @p10, @@p1 -- @p1";
    expect(withNulls(sql, [null])).toBe("SELECT NULL, '@p1', [@p1], @p10, @@p1 -- @p1");
    expect(withNulls(sql, ["a"])).toBe(sql);
  });

  test("parameters keep what they are", () => {
    expect(boundValue(2 ** 31)).toEqual({ type: "BigInt", value: 2147483648n });
    expect(boundValue(-5)).toEqual({ type: "Int", value: -5 });
    expect(boundValue(0.5)).toEqual({ type: "Float", value: 0.5 });
    expect(boundValue(2n ** 63n)).toEqual({ type: "NVarChar", value: "9223372036854775808" });
    expect(boundValue(new Uint8Array([0, 255]))).toEqual({ type: "VarBinary", value: Buffer.from([0, 255]) });
    expect(boundValue(true)).toEqual({ type: "Bit", value: true });
  });
});
