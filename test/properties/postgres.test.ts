import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { postgresServer } from "../helpers/postgres-server.ts";
import { holdsPurely } from "./laws.ts";
import { playWithRows, type Tally } from "./play.ts";
import { forAll } from "./report.ts";
import { postgresTraits } from "./traits.ts";

const count = Number(process.env["N"] ?? 500);

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
  await forAll({ traits: postgresTraits, count }, async (change, { rows }) => {
    holdsPurely(change, { yaml: false });
    await playWithRows(change, rows, { traits: postgresTraits, tally, withEmpty });
  });
  expect(tally.refused).toBeLessThan(count / 5);
}, 600_000);
