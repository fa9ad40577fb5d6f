import { afterAll, beforeAll } from "bun:test";
import mariadb from "../../src/dialects/mariadb/dialect.ts";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { dialectSuite, type Scratch } from "../conformance/dialect.ts";
import { adapted, emptyDatabase } from "../helpers/mariadb-database.ts";
import { type MariadbDatabase, mariadbServer } from "../helpers/mariadb-server.ts";

let home: MariadbDatabase;
let database: Database;

beforeAll(async () => {
  home = await (await mariadbServer()).createDatabase();
  database = await openDatabase({ url: home.url });
});

afterAll(async () => {
  await database.close();
  await home.drop();
});

/** One database, emptied for each test. */
async function open(): Promise<Scratch> {
  await emptyDatabase(database);
  const others: Database[] = [];
  return {
    database,
    async again() {
      const other = await openDatabase({ url: home.url });
      others.push(other);
      return other;
    },
    async close() {
      await Promise.all(others.map((other) => other.close()));
    },
  };
}

dialectSuite({ dialect: mariadb, engine: "a server", open, adapt: adapted });
