import { afterAll, beforeAll, expect, test } from "bun:test";
import mysql from "../../src/dialects/mysql/dialect.ts";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { dialectSuite, type Scratch } from "../conformance/dialect.ts";
import { adapted, emptyDatabase } from "../helpers/mariadb-database.ts";
import type { MariadbDatabase } from "../helpers/mariadb-server.ts";
import { mysqlIsFetched, mysqlIsHere, mysqlServer } from "../helpers/mysql-server.ts";

const isHere = mysqlIsHere();

test.skipIf(!isHere)(mysqlIsFetched, async () => {
  expect(await database?.driver.serverVersion()).toMatch(/^[89]\./);
});

let home: MariadbDatabase | undefined;
let database: Database | undefined;

beforeAll(async () => {
  if (!isHere) return;
  home = await (await mysqlServer()).createDatabase();
  database = await openDatabase({ url: home.url });
});

afterAll(async () => {
  await database?.close();
  await home?.drop();
});

/** One database, emptied for each test. */
async function open(): Promise<Scratch> {
  if (!home || !database) throw new Error("there is no MySQL");
  const { url } = home;
  await emptyDatabase(database);
  const others: Database[] = [];
  return {
    database,
    async again() {
      const other = await openDatabase({ url });
      others.push(other);
      return other;
    },
    async close() {
      await Promise.all(others.map((other) => other.close()));
    },
  };
}

/** With casts to what values are cast to there: https://dev.mysql.com/doc/refman/8.4/en/cast-functions.html#function_cast */
function adapt<T>(example: T): T {
  const casting = (part: unknown): unknown => {
    if (typeof part === "string") return part.replace(/\bAS INTEGER\)/g, "AS SIGNED)");
    if (Array.isArray(part)) return part.map(casting);
    if (typeof part !== "object" || part === null || part instanceof Uint8Array) return part;
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, casting(value)]));
  };
  return casting(adapted(example)) as T;
}

if (isHere) dialectSuite({ dialect: mysql, engine: "a server", open, adapt });
