import { ToolError } from "../core/errors.ts";
import { historyExists } from "../runtime/history.ts";
import { historyPlace, type Project } from "../runtime/project.ts";
import { type Reading, withReadableTracks } from "../runtime/read-only.ts";
import { trackName } from "../runtime/tracks.ts";
import type { RunOptions } from "./options.ts";

/**
 * How a track stands. `current`; `ahead`: there is more than the program knows; `behind`: something is pending; `unversioned`: there is
 * no history at all; `changed`: a migration is not what was applied; `failed`: one stopped half-way.
 */
export type TrackState = "current" | "ahead" | "behind" | "unversioned" | "changed" | "failed";

export interface TrackCheck {
  readonly name: string;
  readonly state: TrackState;
  /** The last migration that was applied to the database. */
  readonly database: string | null;
  /** The last migration that the program has. */
  readonly program: string | null;
  readonly pending: readonly string[];
  readonly unknown: readonly string[];
  readonly changed: readonly string[];
  readonly failed: readonly string[];
}

export interface CheckResult {
  /** Whether the program can work with the database: every track is current or ahead. */
  readonly ok: boolean;
  readonly tracks: readonly TrackCheck[];
  /** What is wrong and what to do about it, a sentence for each track that is not ok; empty when all are. */
  readonly problems: readonly string[];
}

/** The result, where it is ok. Throws ToolError `found` where it is not. */
export function refuseOthers(result: CheckResult): CheckResult {
  if (result.ok) return result;
  throw new ToolError("found", result.problems.join("; "), { tracks: result.tracks });
}

/** How all tracks of a project stand. Reads only. */
export const checkAll = (project: Project, { onEvent }: Pick<RunOptions, "onEvent">): Promise<CheckResult> =>
  withReadableTracks(project, onEvent ? { onEvent } : {}, async (readings) => {
    const tracks: TrackCheck[] = [];
    for (const reading of readings) {
      await reading.enter();
      tracks.push(await checkOne(reading));
    }
    const problems = tracks.filter((track) => !fine.has(track.state));
    const several = tracks.length > 1;
    return {
      ok: problems.length === 0,
      tracks,
      problems: problems.map((track) => (several ? `track "${track.name}": ${problemOf(track)}` : problemOf(track))),
    };
  });

const fine: ReadonlySet<TrackState> = new Set(["current", "ahead"]);

async function checkOne({ survey, database }: Reading): Promise<TrackCheck> {
  const { project, graph, history, state } = survey;
  const versioned = database !== undefined && (await historyExists(database, historyPlace(project)));
  const failed = history.filter((row) => row.state === "failed").map((row) => row.name);
  const lists = {
    pending: state.pending.map((migration) => migration.name),
    unknown: state.missing.map((entry) => entry.name),
    changed: state.changed.map((entry) => entry.name).filter((name) => !failed.includes(name)),
    failed,
  };
  return {
    name: trackName(project),
    state: stateOf(lists, versioned),
    database: history.findLast((row) => row.state !== "failed")?.name ?? null,
    program: graph.order.at(-1)?.name ?? null,
    ...lists,
  };
}

type Lists = Pick<TrackCheck, "pending" | "unknown" | "changed" | "failed">;

function stateOf({ pending, unknown, changed, failed }: Lists, versioned: boolean): TrackState {
  if (failed.length > 0) return "failed";
  if (changed.length > 0) return "changed";
  if (!versioned) return "unversioned";
  if (pending.length > 0) return "behind";
  return unknown.length > 0 ? "ahead" : "current";
}

function problemOf({ state, database, program, pending, changed, failed }: TrackCheck): string {
  switch (state) {
    case "failed":
      return `${quoted(failed)} stopped half-way; finish it with \`godwit migrate up\``;
    case "changed":
      return `${quoted(changed)} ${changed.length === 1 ? "is" : "are"} not what was applied to the database`;
    case "unversioned":
      return `the database has no history of migrations, and the program needs "${program}"; run \`godwit migrate up\``;
    case "behind": {
      const at = database === null ? "no migration is applied" : `the database is at "${database}"`;
      return `${at}, and the program needs "${pending.at(-1)}"; run \`godwit migrate up\``;
    }
    case "current":
    case "ahead":
      return "";
  }
}

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");
