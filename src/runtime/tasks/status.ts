import type { Conflict } from "../../core/plan/conflict-text.ts";
import { type Entry, type MigrationState, stoppedGoingDown } from "../../core/plan/reconcile.ts";
import { resolveReference } from "../../core/plan/reference.ts";
import type { Squash } from "../../core/plan/replacing.ts";
import { timeFrom } from "../../core/plan/since.ts";
import { conflictsIn } from "../conflicts-in.ts";
import type { OnEvent } from "../events.ts";
import { doneOf, type JournalEntry, readJournal } from "../journal.ts";
import { historyPlace, type Project } from "../project.ts";
import { type Reading, withReadableTracks } from "../read-only.ts";
import type { Survey } from "../survey.ts";
import { inTrack, trackName } from "../tracks.ts";

/** Part of the public JSON. */
export interface StatusResult {
  readonly dialect: string;
  readonly tracks: readonly TrackStatus[];
  /** Counts of migrations; `applied` has the changed and the missing ones in it, as they are in the database. */
  readonly applied: number;
  readonly pending: number;
  readonly failed: number;
  /** ISO 8601; present where the server could not be reached and a replica was read: when that was last the same. */
  readonly as_of?: string;
}

export interface TrackStatus {
  readonly name: string;
  readonly migrations: readonly MigrationStatus[];
  /** How many migrations `--since` and `--limit` leave out; absent: none. The counts have them in them. */
  readonly omitted?: number;
  /** What branches disagree about, where they do: a merge has to say which runs first. */
  readonly conflicts?: readonly Conflict[];
  /** Migrations that stand for others, as long as files of those are there or the history has not recorded it; absent: none. */
  readonly squashes?: readonly SquashStatus[];
}

/**
 * `recorded`: it is in the history. `counted`: all that it replaces is applied, and the next `up` records it. `waiting`: some of that is applied, so
 * the rest is applied first. `lost`: the same, and files of the rest are gone. `fresh`: nothing of it is applied, and it runs itself.
 */
export interface SquashStatus {
  readonly name: string;
  readonly state: Squash["state"];
  readonly replaces: readonly string[];
  /** What of it is not applied, where some is. */
  readonly waits_for: readonly string[];
}

export interface MigrationStatus {
  readonly name: string;
  readonly state: MigrationState;
  /** ISO 8601, or null when it is not applied. */
  readonly applied_at: string | null;
  readonly checksum: string;
  readonly duration_ms: number | null;
  /** Of one that stopped half-way: how far it came. */
  readonly stopped?: Stopped;
}

/** Statements count from 1, as a person counts them. */
export interface Stopped {
  /** Which way it was going. */
  readonly direction: "up" | "down";
  /** How many statements are done. */
  readonly done: number;
  /** The one that was begun and not seen to end. */
  readonly statement?: {
    readonly number: number;
    readonly sql: string;
    /** ISO 8601. */
    readonly started_at: string;
    /** What the database said against it; absent: the run ended while it ran. */
    readonly error?: string;
  };
}

export interface StatusOptions {
  readonly onEvent?: OnEvent;
  /**
   * A time: what was applied then or later, and what is not applied. A reference to a migration: that one and all that come after it in the order in which they run.
   * The name of a migration has to be one of each track: choose a track where there are several.
   */
  readonly since?: string | undefined;
  /** Of each track, the last ones, this many at most; absent: all. */
  readonly limit?: number | undefined;
}

/**
 * Where the migrations of the project stand. Reads only: takes no lock, creates nothing. Throws ToolError `unknown-migration` for a `since` that is neither a time
 * nor a migration.
 */
export const status = (project: Project, options: StatusOptions = {}): Promise<StatusResult> =>
  withReadableTracks(project, options, async (readings) => {
    noteUndeclared(readings, options.onEvent);
    const entries = readings.flatMap(({ survey }) => survey.state.entries);
    const count = (...states: readonly MigrationState[]): number =>
      entries.filter((e) => states.includes(e.state)).length;
    const tracks: TrackStatus[] = [];
    for (const reading of readings) tracks.push(await statusOf(reading, options));
    const asOf = readings[0]?.database?.driver.copy?.asOf;
    return {
      ...(asOf !== undefined && { as_of: asOf }),
      dialect: readings[0]?.dialect.name ?? "",
      tracks,
      applied: count("applied", "changed", "missing"),
      pending: count("pending"),
      failed: count("failed"),
    };
  });

/** They may belong to a track that is not installed here, or to one that is called otherwise now. */
function noteUndeclared(readings: readonly Reading[], onEvent: OnEvent | undefined): void {
  const names = new Set(readings.flatMap(({ survey }) => survey.undeclared.map(({ track }) => track)));
  for (const name of names)
    onEvent?.({ type: "note", message: `the history also has track "${name}", which the project does not have` });
}

async function statusOf({ survey, database, enter }: Reading, options: StatusOptions): Promise<TrackStatus> {
  const { project, state, graph } = survey;
  const squashes = graph.squashes.filter(isOpen);
  const conflicts = await conflictsIn(graph);
  await enter();
  const stopped = state.entries.some((entry) => entry.applied?.state === "failed") && database;
  const journal = stopped ? await readJournal(database, historyPlace(project)) : new Map<string, never>();
  const shown = chosen(survey, options);
  return {
    name: trackName(project),
    ...(shown.length < state.entries.length && { omitted: state.entries.length - shown.length }),
    migrations: shown.map((entry) => ({ ...plainStatus(entry), ...stoppedAt(entry, journal) })),
    ...(conflicts.length > 0 && { conflicts }),
    ...(squashes.length > 0 && { squashes: squashes.map(squashStatus) }),
  };
}

/** Those of the entries that the options ask for. */
function chosen({ project, graph, state }: Survey, { since, limit }: StatusOptions): readonly Entry[] {
  const { entries } = state;
  const time = since === undefined ? "" : timeFrom(since);
  const wanted =
    since === undefined
      ? entries
      : time !== undefined
        ? entries.filter(({ applied }) => !applied || applied.state === "failed" || applied.appliedAt >= time)
        : entries.slice(inTrack(project, () => placeOf(since, { graph, state })));
  return limit === undefined ? wanted : wanted.slice(-limit);
}

function placeOf(since: string, { graph, state }: Pick<Survey, "graph" | "state">): number {
  // What has no file any more is not in the graph, and was applied all the same.
  const gone = state.entries.findIndex(({ name }) => name === since);
  if (gone >= 0) return gone;
  const found = resolveReference(since, { graph, state });
  return found === "base" ? 0 : state.entries.findIndex(({ name }) => name === found.name);
}

const isOpen = ({ state, hasOriginals }: Squash): boolean =>
  hasOriginals || (state !== "recorded" && state !== "fresh");

const squashStatus = ({ migration, state, open }: Squash): SquashStatus => ({
  name: migration.name,
  state,
  replaces: migration.replaces,
  waits_for: state === "waiting" || state === "lost" ? open : [],
});

/** How far a migration came that stopped half-way. */
export function stoppedAt(
  { name, applied }: Entry,
  journal: ReadonlyMap<string, readonly JournalEntry[]>,
): { readonly stopped?: Stopped } {
  if (applied?.state !== "failed") return {};
  const entries = journal.get(name) ?? [];
  const open = entries.find((entry) => entry.finishedAt === undefined);
  const { position = 0, statement: sql = "", startedAt: started_at = "", error } = open ?? {};
  const statement = { number: position + 1, sql, started_at, ...(error !== undefined && { error }) };
  const direction = stoppedGoingDown(applied) ? "down" : "up";
  return { stopped: { direction, done: doneOf(applied, entries), ...(open && { statement }) } };
}

const plainStatus = ({ name, state, checksum, applied }: Entry): MigrationStatus => ({
  name,
  state,
  applied_at: applied?.appliedAt ?? null,
  checksum,
  duration_ms: applied?.durationMs ?? null,
});
