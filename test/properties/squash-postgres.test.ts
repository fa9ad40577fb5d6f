import { expect, test } from "bun:test";
import { emptyPostgresDatabases } from "../helpers/empty-database.ts";
import { dumpPostgres } from "../helpers/postgres-dump.ts";
import { squashAny } from "./squash.ts";
import { postgresTraits } from "./traits.ts";

const { GODWIT_TEST_LONG: long, GODWIT_TEST_CASES: cases } = process.env;
const count = cases ? Number(cases) : long === "1" ? 500 : 20;
const withEmpty = emptyPostgresDatabases();

test("any range of a random history is one migration on PostgreSQL", async () => {
  const tally = await squashAny({ traits: postgresTraits, count, withEmpty, dump: dumpPostgres });
  expect(tally.played).toBeGreaterThan(count * 0.8);
  expect(tally.withoutRows).toBeLessThan(count / 4);
  expect(tally.after).toBeLessThan(tally.before);
}, 1_800_000);
