import { describe, expect, test } from "bun:test";
import { godwitBinary } from "../helpers/binary.ts";
import { mysqlIsHere } from "../helpers/mysql-server.ts";
import { executable } from "../helpers/transition-hands.ts";
import { openStage } from "../helpers/transition-story.ts";
import { loadTransitions, type TransitionDialect, transitionDialects } from "../helpers/transitions.ts";

const count: Readonly<Record<TransitionDialect, number>> = {
  postgresql: 5,
  sqlite: 5,
  mariadb: 5,
  mysql: 2,
  turso: 2,
  clickhouse: 2,
};

/** Some of each dialect, from all over the corpus, by the executable: what it prints is what scripts see. */
describe.each(transitionDialects.filter((dialect) => dialect !== "mysql" || mysqlIsHere()))(
  "transitions of %s with the executable",
  (dialect) => {
    const all = loadTransitions(dialect).filter(
      ({ known, refused, except }) => known === undefined && refused === undefined && except[dialect] === undefined,
    );
    const sample = all.filter((_, i) => i % Math.ceil(all.length / count[dialect]) === 0);
    test(`${count[dialect]} of them`, async () => {
      const stage = await openStage(dialect, { hands: executable(await godwitBinary()) });
      try {
        expect(sample).toHaveLength(count[dialect]);
        for (const transition of sample)
          expect(await stage.play(transition)).toEqual({ transition, result: "converged" });
      } finally {
        await stage.close();
      }
    }, 120_000);
  },
);
