import type { Call, Work } from "./measure.ts";
import type { Stage } from "./stage.ts";

/** One measured job. */
export interface Bench {
  /** For `--only`, and in the results. */
  readonly name: string;
  readonly what: string;
  /** What godwit should keep to. `ratio` is against the first peer. */
  readonly hold: { readonly ms?: number; readonly mib?: number; readonly ratio?: number };
  /** Long jobs run less often: at most so many times. */
  readonly maxRuns?: number;
  /** Sets everything up; the first is godwit, the others are peers that do the same. */
  subjects(stage: Stage): Promise<readonly Subject[]>;
}

export interface Subject {
  readonly name: string;
  readonly work: Work | Call;
}

export const godwit = (work: Work | Call): Subject => ({ name: "godwit", work });
