import { expect, test } from "bun:test";
import type { WithEmpty } from "../helpers/empty-database.ts";
import { holdsPurely } from "./laws.ts";
import type { Traits } from "./outline.ts";
import { playWithRows, type Tally } from "./play.ts";
import { forAll } from "./report.ts";

/** One of several files that share the cases of a database, so that all processes have some to play. */
interface Part {
  readonly traits: Traits;
  /** From 1. */
  readonly part: number;
  readonly parts: number;
  /** Cases of all parts together. */
  readonly total: number;
  /** Of the cases in CI. */
  readonly seed: number;
  readonly withEmpty: WithEmpty;
}

const { GODWIT_TEST_LONG: long, GODWIT_TEST_CASES: cases, GODWIT_TEST_SEED: given } = process.env;

/**
 * Plays a part of the random changes of a database. In CI they are always the same, so that they say something about what changed; `npm run
 * test:long` plays others each time. `GODWIT_TEST_CASES` says how many a part has.
 */
export function playPart({ traits, part, parts, total, seed, withEmpty }: Part): void {
  test(`random changes on ${traits.dialect} lead there and back, part ${part} of ${parts}`, async () => {
    // With the path of a failure it is one case, else all that come from there.
    const count = given?.includes(":") ? 1 : Number(cases ?? total / parts);
    const tally: Tally = { refused: 0, oneWay: 0 };
    await forAll({ traits, count, ...(long !== "1" && { seed }) }, async (change, { rows }) => {
      holdsPurely(change, { yaml: false });
      await playWithRows(change, rows, { traits, tally, withEmpty });
    });
    expect(tally.refused).toBeLessThan(Math.max(count / 4, 2));
  }, 1_800_000);
}
