import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { ToolError } from "../../src/core/errors.ts";
import open from "../../src/dialects/clickhouse/driver.ts";
import { driverSuite } from "../conformance/driver.ts";
import { type ClickhouseDatabase, clickhouseServer } from "../helpers/clickhouse-server.ts";

let home: ClickhouseDatabase;
let port: number;

beforeAll(async () => {
  const server = await clickhouseServer();
  port = server.port;
  home = await server.createDatabase();
});
afterAll(() => home.drop());

driverSuite("clickhouse", {
  open: () => open(home.url),
  placeholder: (n) => `{p${n}}`,
  types: { integer: "Int64", bytes: "Nullable(String)", text: "Nullable(String)" },
  begin: "",
  codes: { unique: "", syntax: "SYNTAX_ERROR" },
  mistakeAt: "SELEC ".length,
  lacks: {
    transactions: "ClickHouse has none",
    uniqueKeys: "nothing in ClickHouse keeps two rows from having the same values",
    updateCounts: "nobody says how many rows a mutation changes",
  },
});

const failureOf = (work: Promise<unknown>): Promise<ToolError> =>
  work.then(
    () => expect.unreachable("it should have been refused"),
    (error: unknown) => (error instanceof ToolError ? error : expect.unreachable(`not a ToolError: ${error}`)),
  );

describe("connecting", () => {
  const at = (rest: string, user = ""): string => `clickhouse://${user}127.0.0.1:${port}/${rest}`;

  test("a user with odd characters in the password is let in, another one is told which user", async () => {
    const driver = await open(at("default", "ann:s3cr%2Ft%40%23%3F@"));
    expect(await driver.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
    const refused = await failureOf(open(at("default", "ann:wrong-secret@")));
    expect([refused.code, refused.message]).toEqual([
      "connect",
      `http://127.0.0.1:${port} does not let user "ann" in: check user and password`,
    ]);
    expect(JSON.stringify(refused.data)).not.toContain("wrong-secret");
  });

  test("a database that does not exist is named, with how to make it", async () => {
    const refused = await failureOf(open(at("nowhere")));
    expect(refused.message).toBe(
      `there is no database "nowhere" at http://127.0.0.1:${port}; create it first: CREATE DATABASE \`nowhere\``,
    );
  });

  test("a port where nobody listens may be a server that is about to start", async () => {
    const refused = await failureOf(open("clickhouse://127.0.0.1:9/x"));
    expect(refused.message).toBe(
      "no server answers at http://127.0.0.1:9; is it running there, and is the port right?",
    );
    expect(refused.data["starting"]).toBe(true);
  });

  test("a host that is not there, and TLS with a server that has none, are told apart", async () => {
    expect((await failureOf(open("clickhouse://nowhere.invalid/x"))).message).toContain("cannot be found");
    expect((await failureOf(open(at("default?secure=1")))).message).toContain("leave ?secure=1 out");
  });

  test("a server that does not answer is given up after the time that the URL says", async () => {
    const silent = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
    try {
      const refused = await failureOf(open(`clickhouse://127.0.0.1:${silent.port}/x?connect-timeout=1`));
      expect(refused.message).toContain("did not answer in time");
    } finally {
      silent.stop(true);
    }
  });
});

describe("sessions", () => {
  test("what is set holds for the next statement, and temporary tables do", async () => {
    const driver = await open(home.url);
    await driver.execute("SET max_threads = 3; CREATE TEMPORARY TABLE mine (id Int32)");
    expect(await driver.query("SELECT getSetting('max_threads') AS threads, count() AS rows FROM mine")).toEqual([
      { threads: 3, rows: 0 },
    ]);
  });

  test("statements that are asked for at once wait for each other", async () => {
    const driver = await open(home.url);
    const all = await Promise.all([1, 2, 3].map((n) => driver.query("SELECT {p1} AS n", [n])));
    expect(all).toEqual([[{ n: 1 }], [{ n: 2 }], [{ n: 3 }]]);
  });

  test("a statement is given up when somebody cancels it, and the connection goes on", async () => {
    const driver = await open(home.url);
    const long = failureOf(driver.query("SELECT sum(sleepEachRow(0.1)) FROM numbers(300) SETTINGS max_block_size = 1"));
    await Bun.sleep(300);
    await driver.cancel?.();
    expect((await long).data["code"]).toBe("QUERY_WAS_CANCELLED");
    expect(await driver.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("a mutation is done when its statement is", async () => {
    const driver = await open(home.url);
    await driver.execute(
      "CREATE TABLE slow (id Int32, v Int32) ORDER BY id; INSERT INTO slow SELECT number, 0 FROM numbers(4)",
    );
    await driver.execute("ALTER TABLE slow UPDATE v = 1 + sleepEachRow(0.1) WHERE true");
    expect(await driver.query("SELECT sum(v) AS sum FROM slow")).toEqual([{ sum: 4 }]);
  });

  test("whoever opens for reading only cannot write", async () => {
    const driver = await open(home.url, { readOnly: true });
    expect((await failureOf(driver.execute("CREATE TABLE x (id Int32) ORDER BY id"))).data["code"]).toBe("READONLY");
  });
});

describe("results", () => {
  test("types arrive as what they are, and never less exact", async () => {
    const driver = await open(home.url);
    const [row] = await driver.query(
      "SELECT toUInt64(18446744073709551615) AS big, toInt128(-5) AS small, true AS yes, toDecimal64('1.50', 2) AS price, [1, 2] AS list, " +
        "inf AS endless, CAST(NULL, 'Nullable(UInt8)') AS nothing, CAST('x', 'LowCardinality(String)') AS word, toDateTime64('2024-02-29 12:00:00.25', 2, 'UTC') AS at",
    );
    expect(row).toEqual({
      big: 18446744073709551615n,
      small: -5,
      yes: true,
      price: "1.5",
      list: "[1,2]",
      endless: Number.POSITIVE_INFINITY,
      nothing: null,
      word: "x",
      at: "2024-02-29 12:00:00.25",
    });
  });

  test("parameters are bound, whatever is in them, and texts in quotes are left alone", async () => {
    const driver = await open(home.url);
    const values = ["tab\tnew\nline \\ '", 9007199254740993n, -1.5, true, null, new Uint8Array([0, 255])];
    const [row] = await driver.query(
      "SELECT {p1} AS a, {p2} AS b, {p3} AS c, {p4} AS d, {p5} AS e, {p6} AS f, '{p1}' AS g, {p2:String} AS h",
      values,
    );
    expect(row).toEqual({
      ...{ a: values[0], b: 9007199254740993n, c: -1.5, d: true, e: null, f: new Uint8Array([0, 255]) },
      ...{ g: "{p1}", h: "9007199254740993" },
    });
  });

  test("a result in a format that the author chose is refused rather than misread", async () => {
    const driver = await open(home.url);
    const refused = await failureOf(driver.query("SELECT 1 AS one FORMAT JSON"));
    expect(refused.message).toContain("leave FORMAT out");
  });
});
