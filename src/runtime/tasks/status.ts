import type { Entry, MigrationState } from "../../core/plan/reconcile.ts";
import type { OnEvent } from "../events.ts";
import { historyPlace, type Project } from "../project.ts";
import { withReadable } from "../read-only.ts";

/** Part of the public JSON. */
export interface StatusResult {
  readonly dialect: string;
  readonly tracks: readonly { readonly name: string; readonly migrations: readonly MigrationStatus[] }[];
  /** Counts of migrations; `applied` has the changed and the missing ones in it, as they are in the database. */
  readonly applied: number;
  readonly pending: number;
  readonly failed: number;
}

export interface MigrationStatus {
  readonly name: string;
  readonly state: MigrationState;
  /** ISO 8601, or null when it is not applied. */
  readonly applied_at: string | null;
  readonly checksum: string;
  readonly duration_ms: number | null;
}

/** Where the migrations of the project stand. Reads only: takes no lock, creates nothing. */
export const status = (project: Project, options: { readonly onEvent?: OnEvent } = {}): Promise<StatusResult> =>
  withReadable(project, options, ({ survey, dialect }) => {
    const { entries } = survey.state;
    const count = (...states: readonly MigrationState[]): number =>
      entries.filter((e) => states.includes(e.state)).length;
    return Promise.resolve({
      dialect: dialect.name,
      tracks: [{ name: historyPlace(project).track, migrations: entries.map(statusOf) }],
      applied: count("applied", "changed", "missing"),
      pending: count("pending"),
      failed: count("failed"),
    });
  });

const statusOf = ({ name, state, checksum, applied }: Entry): MigrationStatus => ({
  name,
  state,
  applied_at: applied?.appliedAt ?? null,
  checksum,
  duration_ms: applied?.durationMs ?? null,
});
