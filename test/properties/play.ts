import type { WithEmpty } from "../helpers/empty-database.ts";
import type { Change } from "./change.ts";
import { holdsIn, isAboutRows } from "./laws.ts";
import type { Traits } from "./outline.ts";
import { isRefusal } from "./refusals.ts";

/** How many cases could not be played with all their rows: those that were refused, and those that had no way back. */
export interface Tally {
  refused: number;
  oneWay: number;
}

/** Plays a change with as many rows as it can be played with; `withEmpty` lends an empty database. */
export async function playWithRows(
  change: Change,
  rows: number,
  {
    traits,
    tally,
    withEmpty,
  }: {
    readonly traits: Traits;
    readonly tally: Tally;
    readonly withEmpty: WithEmpty;
  },
): Promise<void> {
  for (let left = rows; left >= 0; left--) {
    try {
      const way = await withEmpty((database) => holdsIn(database, change, left, traits));
      if (way === "both ways") return;
      tally.oneWay++;
    } catch (error) {
      if (isRefusal(error)) {
        tally.refused++;
        return;
      }
      if (left === 0 || !isAboutRows(error)) throw error;
      tally.refused++;
    }
  }
}
