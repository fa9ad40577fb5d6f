import { isAllOwn } from "./ahead.ts";
import type { RunEvent } from "./events.ts";
import { executeTogether } from "./execute.ts";
import { type Joined, type JoinedWay, triedInVain } from "./joined-way.ts";
import { recorder } from "./record.ts";

/** One transaction with their rows of the history: all of them are committed, or none. Nobody hears of one before that. */
export const inOneTransaction: JoinedWay = {
  most: 64,
  takes: (database, step, options) => step.limits === undefined && isAllOwn(database, step, options),
  attempt: async (database, steps, { history, onEvent, signal, limits, warnOnMissingDrop }) => {
    const applied: Joined[] = [];
    const begun = performance.now();
    let start = begun;
    let events: RunEvent[] = [];
    try {
      await executeTogether(database, steps, {
        warnOnMissingDrop,
        // One at a time, it is tried again.
        limits: { ...limits, asked: { ...limits?.asked, retries: 0 } },
        ...(onEvent && { onEvent: (event) => void events.push(event) }),
        record: async (step) => {
          await recorder(database, [step], { direction: "up", start })(history, { replace: false });
          const now = performance.now();
          applied.push({ durationMs: Math.round(now - start), events });
          events = [];
          start = now;
        },
        enough: () => signal?.aborted === true || start - begun >= LONGEST_MS,
      });
      return { applied, failed: false };
    } catch {
      return triedInVain(database, steps, history);
    }
  },
};

/** Others who write wait as long. */
const LONGEST_MS = 100;
