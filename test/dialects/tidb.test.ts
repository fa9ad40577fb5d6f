import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import type { Dialect } from "../../src/core/ddl/dialect.ts";
import { ToolError } from "../../src/core/errors.ts";
import { definitions, invert, type Operation } from "../../src/core/operations/index.ts";
import mariadb from "../../src/dialects/mariadb/dialect.ts";
import mysql from "../../src/dialects/mysql/dialect.ts";
import openMysql from "../../src/dialects/mysql/driver.ts";
import tidb from "../../src/dialects/tidb/dialect.ts";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import type { Driver } from "../../src/runtime/driver.ts";
import type { Scratch } from "../conformance/dialect.ts";
import { dialectSuite } from "../conformance/dialect.ts";
import { bookkeepingSuite } from "../conformance/dialect-bookkeeping.ts";
import { makeSchema, storyOf } from "../conformance/story.ts";
import { differences } from "../helpers/golden.ts";
import { emptyDatabase } from "../helpers/mariadb-database.ts";
import { type MariadbDatabase, mariadbServer } from "../helpers/mariadb-server.ts";

// What TiDB is sent is run on MariaDB, which takes what only TiDB reads for comments. The catalog is read as MariaDB's, and what TiDB is asked about
// itself is answered as it would be. With GODWIT_TEST_TIDB_URL, an empty database of a TiDB, all of it is run there as well.

const onMariadb: Dialect = { ...tidb, introspect: mariadb.introspect };

/** A session in which TiDB keeps checks and foreign keys. */
const answering = (driver: Driver): Driver => ({
  ...driver,
  query: (sql, ...rest) => (sql.includes("variables_info") ? Promise.resolve([]) : driver.query(sql, ...rest)),
});

let home: MariadbDatabase;
let database: Database;
const others: Database[] = [];

const door = (): Promise<Database> =>
  openDatabase({
    url: home.url,
    door: { dialect: onMariadb, open: async (options) => answering(await openMysql(home.url, options)) },
  });

beforeAll(async () => {
  home = await (await mariadbServer()).createDatabase();
  database = await door();
});

afterAll(async () => {
  for (const each of [...others, database]) await each.close();
  await home.drop();
});

const open = async (): Promise<Scratch> => {
  await emptyDatabase(database);
  const again = async (): Promise<Database> => {
    const other = await door();
    others.push(other);
    return other;
  };
  return { database, again, close: () => Promise.resolve() };
};

/** Without what TiDB does not have in an index, texts with a default as varchars, and with a character that names may have in the place of one that they may not. */
function adapt<T>(example: T): T {
  if (typeof example === "string") return example.replaceAll("😀", "☃") as T;
  if (Array.isArray(example)) return example.map((item) => adapt<unknown>(item)) as T;
  if (typeof example !== "object" || example === null || example instanceof Uint8Array) return example;
  const entries = Object.entries(example).filter(([key]) => key !== "order" && key !== "where");
  const isText = entries.some(([key, value]) => key === "type" && value === "text") && "default" in example;
  const adapted = Object.fromEntries(entries.map(([key, value]) => [adapt(key), adapt<unknown>(value)]));
  return { ...adapted, ...(isText && { type: "varchar", length: 200 }) } as T;
}

/** What TiDB cannot take back is refused before anything runs. */
const refusal = (work: Promise<void>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) =>
      error instanceof ToolError && error.code === "unsupported" ? error.code : Promise.reject(error),
  );

/** The examples for which TiDB is sent something else than MySQL. */
const examples = definitions.flatMap(({ kind, examples: all }) => all.map((example) => ({ kind, example })));
const own = differences(tidb, mysql)
  .filter(({ sql }) => !sql.startsWith("-- refused"))
  .flatMap(({ title }) => examples.filter(({ kind, example }) => `${kind}: ${example.title}` === title));

describe("what TiDB is sent and MySQL is not works on MariaDB", () => {
  beforeEach(async () => {
    await open();
  });

  test("there is enough of it", () => expect(own.length).toBeGreaterThan(20));

  for (const { kind, example } of own)
    test(`${kind}: ${example.title}`, async () => {
      const operation = { kind, ...adapt(example.params as object) } as Operation;
      const story = storyOf(database);
      await story.up("0001_before", makeSchema(adapt(example.before)));
      const before = story.state();
      await story.up("0002_operation", [operation]);
      await story.agrees();
      if (!invert(operation, before)) return;
      await refusal(story.down());
      await story.agrees();
    });
});

describe("history and lock of TiDB, on MariaDB", () => bookkeepingSuite({ dialect: onMariadb, open }));

const url = process.env["GODWIT_TEST_TIDB_URL"];

test.skipIf(url === undefined)("GODWIT_TEST_TIDB_URL names a TiDB", async () => {
  const session = await openDatabase({ url: url ?? "" });
  expect(await session.driver.serverVersion?.()).toContain("TiDB");
  await session.close();
});

if (url !== undefined)
  dialectSuite({
    dialect: tidb,
    open: async () => {
      const session = await openDatabase({ url: url ?? "" });
      await emptyDatabase(session);
      const more: Database[] = [session];
      const again = async (): Promise<Database> => {
        const other = await openDatabase({ url: url ?? "" });
        more.push(other);
        return other;
      };
      const close = async (): Promise<void> => {
        for (const each of more) await each.close();
      };
      return { database: session, again, close };
    },
  });
