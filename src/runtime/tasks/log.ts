import { timeFrom } from "../../core/plan/since.ts";
import type { Database } from "../database.ts";
import type { OnEvent } from "../events.ts";
import { readHistory } from "../history.ts";
import { entriesOf, type LogEntry, namedBy, timeOfMigration } from "../log-entries.ts";
import { namesOf } from "../namespace.ts";
import { readPast } from "../past.ts";
import { historyPlace, type Project } from "../project.ts";
import { withReadableDatabase } from "../read-only.ts";
import { ofTrack, tracksOf } from "../tracks.ts";
import { dialectOf } from "../url.ts";

export interface LogOptions {
  /** A time, or the name of a migration or how only that one begins: what happened since then, or since that was last applied; `head`, `-1` and `base` count from the newest. */
  readonly since?: string | undefined;
  /** Only what happened to the migration of this name, or to those that begin so. */
  readonly name?: string | undefined;
  /** Entries at most; absent: all. */
  readonly limit?: number | undefined;
  readonly onEvent?: OnEvent | undefined;
}

/** Part of the public JSON. */
export interface LogResult {
  readonly dialect: string;
  /** Newest first. */
  readonly entries: readonly LogEntry[];
  /** How many older ones the limit left out. */
  readonly more: number;
}

/**
 * What happened to migrations, newest first: what was applied and taken back, by whom, when, and how long it took. Reads no files, takes no lock, creates nothing.
 * Throws ToolError `unknown-migration` when the history has no migration of the name in `since` or `name`, or several of that in `since`.
 */
export const log = (project: Project, { since, name, limit, onEvent }: LogOptions = {}): Promise<LogResult> =>
  withReadableDatabase(project, { onEvent }, async (database) => {
    if (!database) onEvent?.({ type: "note", message: "the database does not exist yet" });
    const all = database ? await entriesIn(database, project) : [];
    const { name: dialect } = database?.dialect ?? (await dialectOf(project.database));
    const from = since === undefined ? "" : (timeFrom(since) ?? timeOfMigration(since, all));
    const named = name === undefined ? all : namedBy(name, all);
    const found = named.filter(({ at }) => at >= from).toReversed();
    const entries = found.slice(0, limit);
    return { dialect, entries, more: found.length - entries.length };
  });

/** Of all tracks, oldest first. */
async function entriesIn(database: Database, project: Project): Promise<readonly LogEntry[]> {
  const entries: LogEntry[] = [];
  const projects = tracksOf(project);
  const names = await namesOf(database, projects);
  for (const each of projects) {
    await names.leadTo(each);
    const place = historyPlace(each);
    const read = async () => entriesOf(await readHistory(database, place), await readPast(database, place));
    entries.push(...(await read().catch((error: unknown) => Promise.reject(ofTrack(each, error)))));
  }
  // Several that share a transaction may be of one millisecond.
  return entries.sort((a, b) => compareText(a.at, b.at) || compareText(a.name, b.name));
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
