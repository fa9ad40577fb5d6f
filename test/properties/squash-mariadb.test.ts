import { expect, test } from "bun:test";
import { emptyMariadbDatabases } from "../helpers/empty-database.ts";
import { dumpMariadb } from "../helpers/mariadb-dump.ts";
import { squashAny } from "./squash.ts";
import { mariadbTraits } from "./traits.ts";

const { GODWIT_TEST_LONG: long, GODWIT_TEST_CASES: cases } = process.env;
const count = cases ? Number(cases) : long === "1" ? 200 : 12;
const withEmpty = emptyMariadbDatabases();

test("any range of a random history is one migration on MariaDB", async () => {
  const tally = await squashAny({ traits: mariadbTraits, count, withEmpty, dump: dumpMariadb });
  expect(tally.played).toBeGreaterThan(count * 0.8);
  expect(tally.withoutRows).toBeLessThan(count / 4);
  expect(tally.after).toBeLessThan(tally.before);
}, 1_800_000);
