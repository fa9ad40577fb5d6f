import { afterEach, describe, expect, test } from "bun:test";
import open from "../../src/dialects/starrocks/driver.ts";
import { changedBy } from "../../src/dialects/starrocks/jobs.ts";
import type { Driver } from "../../src/runtime/driver.ts";
import { type Answer, type ToldServer, toldServer } from "../helpers/mysql-protocol.ts";

// There is no StarRocks to be had, so that a server of its protocol answers as its documentation shows.

let server: ToldServer;
let driver: Driver | undefined;

afterEach(async () => {
  await driver?.close();
  await server.stop();
});

/** A job as SHOW ALTER TABLE tells it. */
const job = (id: number, state: string, said = ""): Answer => [
  { JobId: id, TableName: "hits", State: state, Msg: said },
];

const connect = async (answer: (sql: string) => Answer): Promise<Driver> => {
  server = await toldServer((sql) => (/CONNECTION_ID/.test(sql) ? [{ id: 7 }] : answer(sql)));
  driver = await open(`starrocks://ann@127.0.0.1:${server.port}/shop?ssl-mode=disabled`);
  return driver;
};

const isQuestion = (sql: string): boolean => sql.startsWith("SHOW ALTER TABLE COLUMN");

describe("a change of a table", () => {
  test("is waited for, until it is done", async () => {
    let altered = false;
    let asked = 0;
    const states = ["WAITING_TXN", "RUNNING", "FINISHED"];
    const { execute } = await connect((sql) => {
      if (/^ALTER/.test(sql)) altered = true;
      if (!sql.startsWith("SHOW ALTER")) return undefined;
      return altered && isQuestion(sql) ? job(2, states[asked++] ?? "FINISHED") : [];
    });
    await execute("ALTER TABLE `hits` ADD COLUMN `a` INT NULL");
    expect(asked).toBe(3);
    expect(server.sent.filter(isQuestion)[0]).toBe(
      "SHOW ALTER TABLE COLUMN WHERE TableName = 'hits' ORDER BY CreateTime DESC LIMIT 1",
    );
  });

  test("that is given up by the server fails with the reason, and an older one does not", async () => {
    let jobs = [job(1, "CANCELLED", "timeout of long ago")];
    const { execute } = await connect((sql) => {
      if (sql === "ALTER TABLE hits ADD COLUMN b INT") jobs = [job(2, "CANCELLED", "tablet 12 has few replicas")];
      return isQuestion(sql) ? jobs[0] : sql.startsWith("SHOW") ? [] : undefined;
    });
    await execute("ALTER TABLE hits DROP COLUMN c");
    const failed = await execute("ALTER TABLE hits ADD COLUMN b INT").catch((error: unknown) => error);
    expect(String(failed)).toContain("StarRocks gave the change up: tablet 12 has few replicas");
  });

  test("waits for one that runs already, and so does who asks what became of it", async () => {
    let asked = 0;
    const { execute, query } = await connect((sql) =>
      isQuestion(sql) ? job(1, asked++ % 2 === 0 ? "RUNNING" : "FINISHED") : sql.startsWith("SHOW") ? [] : undefined,
    );
    await execute("DROP INDEX `i` ON `hits`");
    expect(server.sent.findLastIndex(isQuestion)).toBeGreaterThan(server.sent.indexOf("DROP INDEX `i` ON `hits`"));
    const before = asked;
    await query("SHOW INDEX /* after all changes of `hits` */ FROM `hits`");
    expect(asked).toBe(before + 2);
  });

  test.each([
    ["ALTER TABLE `a` ADD COLUMN `b` INT", { table: "a" }],
    ["alter table shop.a set ('x' = 'y')", { database: "shop", table: "a" }],
    ["CREATE INDEX i ON `a` (b) USING BITMAP", { table: "a" }],
    ["DROP INDEX i ON a", { table: "a" }],
    ["ALTER TABLE a RENAME COLUMN b TO c", undefined],
    ["ALTER TABLE a COMMENT = 'x'", undefined],
    ["CREATE TABLE a (b INT)", undefined],
    ["ALTER VIEW v AS SELECT 1", undefined],
  ])("%s", async (sql, changed) => {
    await connect(() => undefined);
    expect(changedBy(sql)).toEqual(changed);
  });
});

test("parameters are written into the text, nothing is prepared, and no transaction is opened", async () => {
  const { execute, begin, commit } = await connect(() => undefined);
  await begin("");
  await execute("INSERT INTO t VALUES (?, ?, ?)", ["o'brien", 9007199254740993n, null]);
  await commit();
  expect(server.sent.at(-1)).toBe("INSERT INTO t VALUES ('o\\'brien', '9007199254740993', NULL)");
});

test("sessions are in UTC, and the version is its own", async () => {
  const { serverVersion } = await connect((sql) =>
    /CURRENT_VERSION/.test(sql) ? [{ version: "3.5.1-abc" }] : undefined,
  );
  expect(await serverVersion?.()).toBe("3.5.1-abc");
  expect(server.sent[0]).toBe("SET NAMES utf8mb4, SESSION time_zone = '+00:00'");
});

test("a refusal keeps the words of the server, and its number", async () => {
  const { execute } = await connect((sql) =>
    sql.startsWith("SELEC ") ? { error: "Getting syntax error at line 1, column 0.", code: 1064 } : undefined,
  );
  const refused = await execute("SELEC 1").catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: "database", data: { code: "1064", sql: "SELEC 1" } });
});

test("its URLs lead to port 9030, and a wrong one says what it should be", async () => {
  await connect(() => undefined);
  const gone = await open("starrocks://ann:s3cret@127.0.0.1:1/shop").catch((error: unknown) => error);
  expect(String(gone)).toContain("no server answers at 127.0.0.1:1");
  expect(JSON.stringify(gone)).not.toContain("s3cret");
  expect(await open("starrocks://ann@nowhere.invalid/shop").catch((error: unknown) => error)).toMatchObject({
    code: "connect",
    data: { port: 9030 },
  });
  const nameless = await open("starrocks://ann@db").catch((error: unknown) => error);
  expect(String(nameless)).toContain(
    "the StarRocks URL cannot be used: it names no database; add one: starrocks://user:password@host:port/database",
  );
});
