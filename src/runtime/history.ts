import type { Dialect, Row } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";
import type { Applied } from "../core/plan/migration.ts";
import { type Database, errorClass } from "./database.ts";

/** One track's part of the history table. */
export interface HistoryPlace {
  readonly table: string;
  readonly track: string;
}

/**
 * The rows of the track in the order in which they were applied; none when there is no history table. Only reads.
 * Throws ToolError `history` when the table is not one of godwit's.
 */
export const readHistory = async (database: Database, place: HistoryPlace): Promise<readonly Applied[]> =>
  (await readHistories(database, place)).own;

/** The same, and the rows of all other tracks in that table. */
export async function readHistories(
  database: Database,
  place: HistoryPlace,
): Promise<{ readonly own: readonly Applied[]; readonly others: readonly Applied[] }> {
  if (!(await historyExists(database, place))) return { own: [], others: [] };
  const { driver, dialect } = database;
  const rows = await driver.query(dialect.bookkeeping.listHistory(place.table)).catch((error: unknown) => {
    throw isPassing(database, error) ? error : unreadable(place.table, error);
  });
  const applied = rows
    .map((row) => appliedOf(row, place.table))
    .toSorted((a, b) => compareText(a.appliedAt, b.appliedAt) || compareText(a.name, b.name));
  return {
    own: applied.filter((row) => row.track === place.track),
    others: applied.filter((row) => row.track !== place.track),
  };
}

export async function historyExists({ driver, dialect }: Database, place: HistoryPlace): Promise<boolean> {
  const rows = await driver.query(dialect.bookkeeping.historyExists(place.table));
  return rows.length > 0;
}

/** Creates the history table if there is none. Call it with the lock held. Throws ToolError `database` naming the table. */
export async function createHistory(database: Database, place: HistoryPlace): Promise<void> {
  if (await historyExists(database, place)) return;
  for (const sql of database.dialect.bookkeeping.createHistory(place.table)) {
    await database.driver.execute(sql).catch((error: unknown) => {
      throw isPassing(database, error) ? error : uncreatable(place.table, error);
    });
  }
}

/**
 * Adds the row; with `replace`, in place of the one of the same name. That makes two statements: run it inside a
 * transaction.
 */
export async function writeApplied(
  database: Database,
  place: HistoryPlace,
  row: Applied,
  replace = false,
): Promise<void> {
  const { driver, dialect } = database;
  if (replace && !dialect.bookkeeping.insertReplaces) await deleteApplied(database, place, row.name);
  await driver.execute(dialect.bookkeeping.insertHistory(place.table, valuesOf(dialect, row)));
}

/** Adds the row inside a transaction, which tells with its commit where that fails. */
export async function writeAppliedAhead(database: Database, place: HistoryPlace, row: Applied): Promise<void> {
  const { driver, dialect } = database;
  if (!driver.executeAhead) return writeApplied(database, place, row);
  ignored(driver.executeAhead(dialect.bookkeeping.insertHistory(place.table, valuesOf(dialect, row))));
}

/** The same before what it is about is done: it is the database that says when it is, and how long it took. False where it cannot. */
export function writeAppliedBefore({ driver, dialect }: Database, { table }: HistoryPlace, row: Applied): boolean {
  const { bookkeeping, literal } = dialect;
  const { sinceBegin } = bookkeeping;
  if (!driver.executeAhead || !sinceBegin) return false;
  const when = sinceBegin.after(literal(row.appliedAt));
  ignored(driver.executeAhead(bookkeeping.insertHistory(table, valuesOf(dialect, row, { when, took: sinceBegin.ms }))));
  return true;
}

/**
 * What adds the row in one of several transactions that are sent as one text, and gives how long it took: since the migration `previous` of the same text was
 * done, or since that began. `appliedAt` of the row is when the text is sent. Nothing where the database cannot say it.
 */
export function joinedRow(
  { dialect }: Database,
  { table }: HistoryPlace,
  row: Applied,
  previous?: string,
): string | undefined {
  const { bookkeeping, literal } = dialect;
  const { sinceBegin } = bookkeeping;
  if (!sinceBegin) return undefined;
  const when = sinceBegin.after(literal(row.appliedAt));
  const before = previous && { table, track: literal(row.track), name: literal(previous) };
  const took = before ? sinceBegin.msSince(before, when) : sinceBegin.ms;
  return sinceBegin.telling(bookkeeping.insertHistory(table, valuesOf(dialect, row, { when, took })));
}

/** For what was sent ahead: what comes after it tells of it. */
export const ignored = (answer: Promise<void>): void => void answer.catch(() => undefined);

/** The same in a batch, where the database itself has to say how long it took from the mark on. */
export async function writeAppliedFromMark(
  { dialect, batches }: Database,
  { table }: HistoryPlace,
  row: Applied,
): Promise<void> {
  const { bookkeeping, literal } = dialect;
  batches?.recordFromMark((duration) => bookkeeping.insertHistory(table, valuesOf(dialect, row, { took: duration })), {
    table,
    column: "duration_ms",
    where: { track: literal(row.track), name: literal(row.name) },
  });
}

const valuesOf = (
  { literal }: Dialect,
  row: Applied,
  {
    when = literal(row.appliedAt),
    took = literal(row.durationMs),
  }: { readonly when?: string; readonly took?: string } = {},
): readonly string[] => [
  ...[row.track, row.name, row.checksum, row.state, row.stepsDone].map((value) => literal(value)),
  when,
  took,
  literal(row.adoptedFrom === undefined ? row.toolVersion : `${row.toolVersion}${adoptedMark}${row.adoptedFrom}`),
  literal(row.appliedBy),
];

/** Between the version and the tool, in one column: a column more would make the history another one to older versions of godwit. */
const adoptedMark = ", adopted from ";

export async function deleteApplied({ driver, dialect }: Database, place: HistoryPlace, name: string): Promise<void> {
  const { bookkeeping, literal } = dialect;
  await driver.execute(bookkeeping.deleteHistory(place.table, literal(place.track), literal(name)));
}

/** A row of the history, or of another table that has its columns. Throws ToolError `history` when it is none. */
export function appliedOf(row: Row, table: string): Applied {
  const state = String(row["state"]);
  if (state !== "applied" && state !== "failed" && state !== "fake")
    throw unreadable(table, `its row "${row["name"]}" has the state "${state}"`);
  const [toolVersion = "", adoptedFrom] = String(row["tool_version"]).split(adoptedMark);
  return {
    track: String(row["track"]),
    name: String(row["name"]),
    checksum: String(row["checksum"]),
    state,
    stepsDone: Number(row["steps_done"]),
    appliedAt: isoTime(row["applied_at"]),
    durationMs: Number(row["duration_ms"]),
    toolVersion,
    appliedBy: String(row["applied_by"]),
    ...(adoptedFrom !== undefined && { adoptedFrom }),
  };
}

/** Databases print times in their own way; what cannot be read as a time is passed on as it is. */
export function isoTime(value: unknown): string {
  const text = value instanceof Date ? value.toISOString() : String(value);
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)) return text;
  const parsed = new Date(
    /\d{2}:\d{2}/.test(text) && !/(?:z|[+-]\d{2}(?::?\d{2})?)$/i.test(text) ? `${text.replace(" ", "T")}Z` : text,
  );
  return Number.isNaN(parsed.getTime()) ? text : parsed.toISOString();
}

/** Nothing is wrong with the table: the connection is lost, or somebody is in the way. */
export function isPassing(database: Database, error: unknown): boolean {
  const kind = errorClass(database, error);
  return kind === "connection" || kind === "busy";
}

/** The error for a table that is called as godwit's own and is none. */
export function unreadable(table: string, cause: unknown): ToolError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ToolError(
    "history",
    `the table "${table}" is not a history that this version of godwit can read: ${why}; choose another name for the history table, or move that table out of the way`,
    { table },
    { cause },
  );
}

/** Often the first thing that is written at all, so this is where a user without rights learns of it. */
function uncreatable(table: string, error: unknown): unknown {
  if (!(error instanceof ToolError)) return error;
  return new ToolError(
    error.code,
    `the history table "${table}" cannot be created: ${error.message}; nothing was changed, let this user create tables or connect as one who may`,
    { ...error.data, table },
    { cause: error },
  );
}

/** By code units: the order must not depend on the locale. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
