import { expect, test } from "bun:test";
import { withEmptySqlite } from "../helpers/empty-database.ts";
import { dumpSqlite } from "../helpers/sqlite-dump.ts";
import { squashAny } from "./squash.ts";
import { sqliteTraits } from "./traits.ts";

const { GODWIT_TEST_LONG: long, GODWIT_TEST_CASES: cases } = process.env;
const count = cases ? Number(cases) : long === "1" ? 5000 : 300;

test("any range of a random history is one migration on SQLite", async () => {
  const tally = await squashAny({ traits: sqliteTraits, count, withEmpty: withEmptySqlite, dump: dumpSqlite });
  expect(tally.played).toBeGreaterThan(count * 0.8);
  expect(tally.withoutRows).toBeLessThan(count / 4);
  expect(tally.after).toBeLessThan(tally.before);
}, 1_800_000);
