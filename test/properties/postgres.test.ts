import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { postgresServer } from "../helpers/postgres-server.ts";
import { holdsPurely } from "./laws.ts";
import { playWithRows, type Tally } from "./play.ts";
import { forAll } from "./report.ts";
import { postgresTraits } from "./traits.ts";

// In CI always the same cases, so that it says something about what changed; `npm run test:long` looks for new ones.
const long = process.env["GODWIT_TEST_LONG"] === "1";
const run = long ? { count: 500 } : { count: 25, seed: 11 };
const { count } = run;

let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const created = await (await postgresServer()).createDatabase();
  drop = created.drop;
  database = await openDatabase({ url: created.url });
});
afterAll(async () => {
  await database.close();
  await drop();
});

test("random changes on postgresql lead there and back", async () => {
  const tally: Tally = { refused: 0, oneWay: 0 };
  const withEmpty = async <T>(work: (empty: Database) => Promise<T>): Promise<T> => {
    await database.driver.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    return work(database);
  };
  await forAll({ traits: postgresTraits, ...run }, async (change, { rows }) => {
    holdsPurely(change, { yaml: false });
    await playWithRows(change, rows, { traits: postgresTraits, tally, withEmpty });
  });
  expect(tally.refused).toBeLessThan(count / 5);
}, 600_000);
