import { test } from "bun:test";
import { holdsPurely } from "./laws.ts";
import { forAll } from "./report.ts";
import { mariadbTraits, postgresTraits, sqliteTraits } from "./traits.ts";

test.each([sqliteTraits, postgresTraits, mariadbTraits])(
  "random schemas of $dialect are generated, undone and written",
  async (traits) => {
    await forAll({ traits, count: 500, seed: 5 }, (change) => holdsPurely(change));
  },
  60_000,
);
