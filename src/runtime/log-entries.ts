import { ToolError } from "../core/errors.ts";
import type { Applied } from "../core/plan/migration.ts";
import { stoppedGoingDown } from "../core/plan/reconcile.ts";
import type { EndReason, Past } from "./past.ts";

/** Something that happened to a migration. Part of the public JSON. */
export interface LogEntry {
  readonly track: string;
  readonly name: string;
  readonly event: LogEvent;
  /** ISO 8601. */
  readonly at: string;
  /** How long it took; 0 where nothing was run. */
  readonly duration_ms: number;
  /** `user@host`. */
  readonly by: string;
  readonly tool_version: string;
  /** Of the migration as it was then. */
  readonly checksum: string;
  /** Of what was adopted: the tool that had applied it. */
  readonly from?: string;
}

/**
 * `fake`: recorded and not run; `adopted`: the same, because another tool had applied it; `failed`: it stopped half-way, `rollback_failed` on its way back. The
 * others are ends.
 */
export type LogEvent = "applied" | "fake" | "adopted" | "failed" | "rollback_failed" | Exclude<EndReason, "going_back">;

/** What a track's history and its past tell, oldest first. */
export const entriesOf = (history: readonly Applied[], past: readonly Past[]): readonly LogEntry[] =>
  [...settled(history, past).flatMap(entriesOfPast), ...history.map((row) => begun(row))].toSorted((a, b) =>
    compareText(a.at, b.at),
  );

/**
 * Where there are no transactions, a row is copied before it is taken out, and a run that is cut short in between copies it again. Such a copy is none yet: the same
 * row comes after it.
 */
function settled(history: readonly Applied[], past: readonly Past[]): readonly Past[] {
  const identityOf = ({ name, appliedAt }: Applied): string => `${appliedAt} ${name}`;
  const next = new Map(history.map((row) => [identityOf(row), row.checksum]));
  const isTrue = ({ row }: Past): boolean => {
    const identity = identityOf(row);
    const repeated = next.get(identity) === row.checksum;
    next.set(identity, row.checksum);
    return !repeated;
  };
  return past.toReversed().filter(isTrue).toReversed();
}

function entriesOfPast({ row, reason, ...end }: Past): readonly LogEntry[] {
  // What was accepted is applied as before; what has gone back was on its way when this row was written.
  const isGoing = stoppedGoingDown(row) && wayBack.has(reason);
  const first = reason === "accepted" || isGoing ? [] : [begun(row)];
  if (reason === "going_back") return first;
  const { track, name, checksum } = row;
  const { endedAt: at, endedMs: duration_ms, endedBy: by, endedVersion: tool_version } = end;
  return [...first, { track, name, event: reason, at, duration_ms, by, tool_version, checksum }];
}

const wayBack: ReadonlySet<EndReason> = new Set(["rolled_back", "redone", "compensated"]);

const begun = (row: Applied): LogEntry => ({
  track: row.track,
  name: row.name,
  event: eventOf(row),
  at: row.appliedAt,
  duration_ms: row.durationMs,
  by: row.appliedBy,
  tool_version: row.toolVersion,
  checksum: row.checksum,
  ...(row.adoptedFrom !== undefined && { from: row.adoptedFrom }),
});

function eventOf(row: Applied): LogEvent {
  if (row.state !== "failed") return row.adoptedFrom === undefined ? row.state : "adopted";
  return stoppedGoingDown(row) ? "rollback_failed" : "failed";
}

/**
 * When the migration was last applied that a text means: its name, or how only that one begins; `head`, the one that was applied last, and `-1`, the one before it; `base`,
 * before all. Throws ToolError `unknown-migration` when the log has none, or
 * several.
 */
export function timeOfMigration(text: string, entries: readonly LogEntry[]): string {
  if (text === "base") return "";
  const back = text === "head" ? "0" : /^-(\d+)$/.exec(text)?.[1];
  if (back !== undefined) return timeBefore(Number(back), text, entries);
  const found = namedBy(text, entries, ", or a time such as 2026-11-21");
  const exact = found.some(({ name }) => name === text);
  const [only = "", ...others] = new Set(found.map(({ track, name }) => (exact ? `${track}/${name}` : name)));
  if (others.length === 0) return (found.findLast(({ event }) => begins.has(event)) ?? found[0])?.at ?? "";
  const candidates = [...new Set(found.map(({ track, name }) => `${track}/${name}`))];
  throw new ToolError(
    "unknown-migration",
    exact
      ? `several tracks have "${text}": ${quoted([only, ...others])}; choose one with --track`
      : `"${text}" is how several begin: ${quoted([only, ...others])}; name one`,
    { migration: text, candidates },
  );
}

function timeBefore(count: number, text: string, entries: readonly LogEntry[]): string {
  const applied = entries.filter(({ event }) => begins.has(event));
  const found = applied.at(-1 - count);
  if (found) return found.at;
  throw new ToolError("unknown-migration", `"${text}" is beyond the beginning: ${applied.length} applied`, {
    migration: text,
    applied: applied.length,
  });
}

const begins: ReadonlySet<LogEvent> = new Set(["applied", "fake", "adopted", "failed"]);

/** The entries of what has this name, or else of all that begin so. `orElse`: what else could be given. Throws ToolError `unknown-migration` when there are none. */
export function namedBy(text: string, entries: readonly LogEntry[], orElse = ""): readonly LogEntry[] {
  const exact = entries.filter(({ name }) => name === text);
  const found = exact.length > 0 || text === "" ? exact : entries.filter(({ name }) => name.startsWith(text));
  if (found.length > 0) return found;
  throw new ToolError(
    "unknown-migration",
    `the history has no migration "${text}"; give one that \`godwit migrate log\` lists${orElse}`,
    { migration: text },
  );
}

const quoted = (names: readonly string[]): string =>
  `${names
    .slice(0, 5)
    .map((name) => `"${name}"`)
    .join(", ")}${names.length > 5 ? ` and ${names.length - 5} more` : ""}`;

/** By code units: the order must not depend on the locale. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
