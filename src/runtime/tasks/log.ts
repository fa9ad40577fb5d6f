import { ToolError } from "../../core/errors.ts";
import type { Applied } from "../../core/plan/migration.ts";
import { timeFrom } from "../../core/plan/since.ts";
import type { OnEvent } from "../events.ts";
import { readHistory } from "../history.ts";
import { namesOf } from "../namespace.ts";
import { historyPlace, type Project } from "../project.ts";
import { withReadableDatabase } from "../read-only.ts";
import { ofTrack, tracksOf } from "../tracks.ts";
import { dialectOf } from "../url.ts";

export interface LogOptions {
  /** A time, or the name of a migration or how only that one begins: what was applied then and later. */
  readonly since?: string | undefined;
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

export interface LogEntry {
  readonly track: string;
  readonly name: string;
  /** `fake`: recorded and not run; `failed`: it stopped half-way. */
  readonly state: Applied["state"];
  /** ISO 8601. */
  readonly applied_at: string;
  readonly duration_ms: number;
  /** `user@host`. */
  readonly applied_by: string;
  readonly tool_version: string;
  readonly checksum: string;
}

/**
 * What the history has, newest first: who applied it, when, and how long it took. Reads no files, takes no lock, creates nothing. Throws ToolError
 * `unknown-migration` when the history has no migration of the name in `since`, or several.
 */
export const log = (project: Project, { since, limit, onEvent }: LogOptions = {}): Promise<LogResult> =>
  withReadableDatabase(project, { onEvent }, async (database) => {
    const rows: Applied[] = [];
    if (database) {
      const projects = tracksOf(project);
      const names = await namesOf(database, projects);
      for (const each of projects) {
        await names.leadTo(each);
        const read = readHistory(database, historyPlace(each));
        rows.push(...(await read.catch((error: unknown) => Promise.reject(ofTrack(each, error)))));
      }
    } else onEvent?.({ type: "note", message: "the database does not exist yet" });
    const { name: dialect } = database?.dialect ?? (await dialectOf(project.database));
    const from = since === undefined ? "" : (timeFrom(since) ?? timeOf(since, rows));
    const found = rows
      .filter((row) => row.appliedAt >= from)
      .sort((a, b) => (a.appliedAt < b.appliedAt ? -1 : a.appliedAt > b.appliedAt ? 1 : 0))
      .reverse();
    const entries = found.slice(0, limit).map(entryOf);
    return { dialect, entries, more: found.length - entries.length };
  });

/** When the migration was applied that a text means. */
function timeOf(text: string, rows: readonly Applied[]): string {
  const exact = rows.filter(({ name }) => name === text);
  const [found, ...others] = exact.length > 0 ? exact : rows.filter(({ name }) => name.startsWith(text));
  if (!found || text === "")
    throw new ToolError(
      "unknown-migration",
      `the history has no migration "${text}"; give one that \`godwit migrate log\` lists, or a time such as 2026-11-21`,
      { migration: text },
    );
  if (others.length === 0) return found.appliedAt;
  const candidates = [found, ...others].map(({ track, name }) => `${track}/${name}`);
  throw new ToolError(
    "unknown-migration",
    exact.length > 0
      ? `several tracks have "${text}": ${quoted(candidates)}; choose one with --track`
      : `"${text}" is how several begin: ${quoted([found, ...others].map(({ name }) => name))}; name one`,
    { migration: text, candidates },
  );
}

const quoted = (names: readonly string[]): string =>
  `${names
    .slice(0, 5)
    .map((name) => `"${name}"`)
    .join(", ")}${names.length > 5 ? ` and ${names.length - 5} more` : ""}`;

const entryOf = (row: Applied): LogEntry => ({
  track: row.track,
  name: row.name,
  state: row.state,
  applied_at: row.appliedAt,
  duration_ms: row.durationMs,
  applied_by: row.appliedBy,
  tool_version: row.toolVersion,
  checksum: row.checksum,
});
