import { expect, test } from "bun:test";
import { canonicalJson } from "../../../src/core/schema/canonical.ts";
import { allPairs, judge, type Pair, type Stage, type Tally } from "./matrix.ts";

const { GODWIT_TEST_LONG: long, GODWIT_TEST_PAIRS: only } = process.env;

/**
 * Two operations that are found to commute must give the same database in either order. In CI it is a sample, the same each time; all of them with
 * `GODWIT_TEST_LONG=1`, and those whose kinds match `GODWIT_TEST_PAIRS`.
 */
export function playPairs(stage: () => Promise<Stage>, { every }: { readonly every: number }): void {
  test("operations that are found to commute do", async () => {
    const on = await stage();
    const pairs = await allPairs(on);
    // A full run may be cut off, and then what it has seen is of all kinds.
    const chosen = only
      ? pairs.filter(matches(new RegExp(only)))
      : long === "1"
        ? pairs.toSorted((a, b) => (Bun.hash(pairKey(a)) < Bun.hash(pairKey(b)) ? -1 : 1))
        : pairs.filter((pair, i) => i % every === 0 || isPlainConflict(pair));
    const tally: Tally = { pairs: 0, commute: 0, conflict: 0, careful: 0, wrong: [] };
    for (const pair of chosen) {
      await judge(on, pair, tally);
      if (talks && (tally.pairs % 200 === 0 || tally.pairs === chosen.length)) tell(on, tally);
    }
    expect(tally.wrong).toEqual([]);
    // A sample in which nothing commutes, or nothing conflicts, would say nothing.
    if (!only) expect(Math.min(tally.commute, tally.conflict)).toBeGreaterThan(0);
  }, 3_600_000);
}

/** One that changes what the other drops, so that no sample is without a conflict. */
const isPlainConflict = ({ a, b, shared }: Pair): boolean =>
  shared && a.kind === "alterField" && b.kind === "dropField" && a.table === b.table && a.field.name === b.name;

const talks = long === "1" || only !== undefined;

/** A full run takes its time, and what it counts is worth knowing. */
function tell({ dialect }: Stage, tally: Tally): void {
  process.stderr.write(`${dialect}: ${JSON.stringify(tally, undefined, 1)}\n`);
}

const pairKey = (pair: Pair): string => canonicalJson(pair);

const matches =
  (pattern: RegExp) =>
  ({ a, b }: Pair): boolean =>
    pattern.test(`${a.kind} ${b.kind}`);
