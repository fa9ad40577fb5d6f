import { afterAll, beforeAll } from "bun:test";
import postgres from "../../src/dialects/postgres/dialect.ts";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { dialectSuite, type Scratch } from "../conformance/dialect.ts";
import { emptyPostgres } from "../helpers/empty-postgres.ts";
import { postgresServer, type TestDatabase } from "../helpers/postgres-server.ts";

let home: TestDatabase;
let database: Database;

beforeAll(async () => {
  home = await (await postgresServer()).createDatabase();
  database = await openDatabase({ url: home.url });
});

afterAll(async () => {
  await database.close();
  await home.drop();
});

/** One database, emptied for each test: creating one takes ten times as long. */
async function open(): Promise<Scratch> {
  await emptyPostgres(database.driver);
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

dialectSuite({ dialect: postgres, engine: "a server", open });
