import { describe, expect, test } from "bun:test";
import { godwitBinary } from "../helpers/binary.ts";
import { executable } from "../helpers/transition-hands.ts";
import { openStage } from "../helpers/transition-story.ts";
import { loadTransitions, transitionDialects } from "../helpers/transitions.ts";

/** Five of each dialect, from all over the corpus, by the executable: what it prints is what scripts see. */
describe.each(transitionDialects)("transitions of %s with the executable", (dialect) => {
  const all = loadTransitions(dialect).filter(({ known, refused }) => known === undefined && refused === undefined);
  const sample = all.filter((_, i) => i % Math.ceil(all.length / 5) === 0);
  test("five of them", async () => {
    const stage = await openStage(dialect, { hands: executable(await godwitBinary()) });
    try {
      expect(sample).toHaveLength(5);
      for (const transition of sample)
        expect(await stage.play(transition)).toEqual({ transition, result: "converged" });
    } finally {
      await stage.close();
    }
  }, 120_000);
});
