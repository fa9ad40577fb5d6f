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
  /** Needs more than the machine has (the network, other tools), so it runs only when `--only` asks for it. */
  readonly onlyWhenNamed?: true;
  /** `rows`: a table of its own, with a row for each subject. Otherwise it is a row of the common table. */
  readonly layout?: "rows";
  /** Sets everything up; the first is godwit, the others are peers that do the same. */
  subjects(stage: Stage): Promise<readonly (Subject | Absent)[]>;
}

export interface Subject {
  readonly name: string;
  readonly version?: string;
  /** How migrations are grouped into transactions. */
  readonly transactions?: string;
  readonly work: Work | Call;
}

/** What should have been measured and could not be. */
export interface Absent {
  readonly name: string;
  readonly version?: string;
  /** Why. */
  readonly absent: string;
}

export const godwit = (work: Work | Call): Subject => ({ name: "godwit", work });
