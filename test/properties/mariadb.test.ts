import { expect, test } from "bun:test";
import { ToolError } from "../../src/core/errors.ts";
import { emptyMariadbDatabases } from "../helpers/empty-database.ts";
import { holdsIn } from "./laws.ts";
import { forAll } from "./report.ts";
import { mariadbTraits } from "./traits.ts";

const count = 60;

const withEmpty = emptyMariadbDatabases();

/**
 * What MariaDB has nothing like is refused while planning, or by itself: SET NULL of what is NOT NULL, a text in an index that had none, a numbered
 * column in a unique index with texts. Such cases say nothing about the order.
 */
const refused = (error: unknown): boolean =>
  error instanceof ToolError &&
  (error.code === "unsupported" ||
    error.code === "params" ||
    /SET NULL condition|\[(?:1170|4169)\]/.test(error.message));

test("random changes on mariadb lead there and back", async () => {
  let told = 0;
  await forAll({ traits: mariadbTraits, count, seed: 3 }, async (change) => {
    try {
      await withEmpty((database) => holdsIn(database, change, 0, mariadbTraits));
      told++;
    } catch (error) {
      if (!refused(error)) throw error;
    }
  });
  expect(told).toBeGreaterThan(count / 3);
}, 300_000);
