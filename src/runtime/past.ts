import type { Applied } from "../core/plan/migration.ts";
import { version } from "../version.ts";
import { type Database, errorClass } from "./database.ts";
import type { OnEvent } from "./events.ts";
import {
  appliedOf,
  deleteApplied,
  type HistoryPlace,
  historyExists,
  ignored,
  isoTime,
  isPassing,
  unreadable,
} from "./history.ts";
import { whoAmI } from "./who-am-i.ts";

/**
 * Why a row is no part of the history any more. `rolled_back`, `redone` (to be applied again), `compensated` (a track failed in the same run); `forgotten` by
 * `fake --undo`, `repaired` by `repair --forget`; another row took its place: `replaced` by `fake`, `accepted` by `repair --accept`, `going_back` while it is rolled
 * back in pieces.
 */
export type EndReason =
  | "rolled_back"
  | "redone"
  | "compensated"
  | "forgotten"
  | "repaired"
  | "replaced"
  | "accepted"
  | "going_back";

/** A row that was taken out of the history, as it was, and its end. */
export interface Past {
  readonly row: Applied;
  readonly reason: EndReason;
  /** ISO 8601, UTC. */
  readonly endedAt: string;
  /** How long the way down took; 0 where none was gone. */
  readonly endedMs: number;
  readonly endedVersion: string;
  readonly endedBy: string;
}

/** What becomes of rows that are taken out: with `keep`, they go to the past. */
export interface Ending {
  readonly reason: EndReason;
  readonly keep: boolean;
}

export const pastTableOf = (historyTable: string): string => `${historyTable}_past`;

/**
 * Makes the table of the past if there is none, and says how rows end from now on. Call it with the lock held and no transaction open. A user who may not create
 * tables may take back all the same; a note says that the log will not show it. Throws ToolError `database`.
 */
export async function openPast(
  database: Database,
  { table, track }: HistoryPlace,
  { reason, onEvent }: { readonly reason: EndReason; readonly onEvent?: OnEvent | undefined },
): Promise<Ending> {
  const name = pastTableOf(table);
  if (await historyExists(database, { table: name, track })) return { reason, keep: true };
  try {
    for (const sql of database.dialect.bookkeeping.past.create(name)) await database.driver.execute(sql);
    return { reason, keep: true };
  } catch (error) {
    if (errorClass(database, error) !== "permission") throw error;
    const why = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    const message = `the log will not show what is taken back, because the table "${name}" cannot be created: ${why}`;
    onEvent?.({ type: "note", message });
    return { reason, keep: false };
  }
}

/** All rows of the track that ended, in that order; none where nothing was taken back yet. Only reads. Throws ToolError `history`. */
export async function readPast(database: Database, { table, track }: HistoryPlace): Promise<readonly Past[]> {
  const name = pastTableOf(table);
  if (!(await historyExists(database, { table: name, track }))) return [];
  const rows = await database.driver.query(database.dialect.bookkeeping.past.list(name)).catch((error: unknown) => {
    throw isPassing(database, error) ? error : unreadable(name, error);
  });
  return rows
    .filter((row) => String(row["track"]) === track)
    .map((row) => ({
      row: appliedOf(row, name),
      reason: String(row["reason"]) as EndReason,
      endedAt: isoTime(row["ended_at"]),
      endedMs: Number(row["ended_ms"]),
      endedVersion: String(row["ended_version"]),
      endedBy: String(row["ended_by"]),
    }));
}

/** How a row ends that took so long to take back, in milliseconds. */
export interface Ended extends Ending {
  readonly endedMs: number;
}

/**
 * Copies the row of a migration to the past, if it has one. In the transaction that takes it out of the history; where there are none, before that: what is in both
 * is still in the history.
 */
export async function keepPast(
  database: Database,
  place: HistoryPlace,
  name: string,
  { keep, reason, endedMs }: Ended,
): Promise<void> {
  if (!keep) return;
  const { endedAt, copy } = copyOf(database, place, name, reason);
  await database.driver.execute(copy(endedAt, database.dialect.literal(endedMs)));
}

/** Takes a row out of the history. */
export async function takeOut(database: Database, place: HistoryPlace, name: string, ending: Ended): Promise<void> {
  await keepPast(database, place, name, ending);
  await deleteApplied(database, place, name);
}

/** The same in a batch, where the database itself has to say how long it took from the mark on. */
export async function takeOutFromMark(
  database: Database,
  place: HistoryPlace,
  name: string,
  { keep, reason }: Ending,
): Promise<void> {
  if (keep) {
    const { past, row, endedAt, copy } = copyOf(database, place, name, reason);
    const rows = { table: past, column: "ended_ms", where: { ...row, ended_at: endedAt } };
    database.batches?.recordFromMark((took) => copy(endedAt, took), rows);
  }
  await deleteApplied(database, place, name);
}

/** The same, sent together with the statements that take it back, before they are done; false where the database cannot say then how long they took. */
export function takeOutBefore(
  database: Database,
  place: HistoryPlace,
  name: string,
  { keep, reason }: Ending,
): boolean {
  const { driver, dialect } = database;
  const { bookkeeping, literal } = dialect;
  const { sinceBegin } = bookkeeping;
  if (!driver.executeAhead || (keep && !sinceBegin)) return false;
  if (keep && sinceBegin) {
    const { endedAt, copy } = copyOf(database, place, name, reason);
    ignored(driver.executeAhead(copy(sinceBegin.after(endedAt), sinceBegin.ms)));
  }
  ignored(driver.executeAhead(bookkeeping.deleteHistory(place.table, literal(place.track), literal(name))));
  return true;
}

/** What copies a row, given when it ended and how long that took as SQL. */
function copyOf({ dialect }: Database, { table, track }: HistoryPlace, name: string, reason: EndReason) {
  const { bookkeeping, literal } = dialect;
  const past = pastTableOf(table);
  const row = { track: literal(track), name: literal(name) };
  return {
    past,
    row,
    endedAt: literal(new Date().toISOString()),
    copy: (endedAt: string, endedMs: string): string =>
      bookkeeping.past.keep({ past, history: table }, row, [
        literal(reason),
        endedAt,
        endedMs,
        literal(version),
        literal(whoAmI()),
      ]),
  };
}
