import type { Row } from "../core/ddl/dialect.ts";
import { journalSql } from "../core/ddl/journal.ts";
import type { Applied } from "../core/plan/migration.ts";
import { commandsOf, type Step, sqlOf } from "../core/plan/plan.ts";
import { stoppedGoingDown } from "../core/plan/reconcile.ts";
import { canonicalJson } from "../core/schema/canonical.ts";
import type { Database } from "./database.ts";
import { historyExists } from "./history.ts";

/** The journal of one migration: what it has done while it is not done as a whole. Empty for all others. */
export interface JournalPlace {
  /** Name of the history table. */
  readonly table: string;
  readonly track: string;
}

/** A note of the journal: a statement that stood alone, or the last one of a transaction. */
export interface JournalEntry {
  readonly migration: string;
  /** Index of the command among those of its migration, from 0. */
  readonly position: number;
  readonly sqlHash: string;
  /** The SQL, as much of it as people need to find it. */
  readonly statement: string;
  /** What the database said before it began, where that can be compared. */
  readonly trace?: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Absent: it was begun, and nobody has seen it end. */
  readonly finishedAt?: string;
  /** What the database said when it refused the statement. */
  readonly error?: string;
}

/** How many commands are done: as the journal says, or, of a run of before there was one, the row. */
export function doneOf(half: Applied, entries: readonly JournalEntry[]): number {
  const counted = stoppedGoingDown(half) ? -1 - half.stepsDone : half.stepsDone;
  const ends = entries.filter((entry) => entry.finishedAt !== undefined).map((entry) => entry.position + 1);
  return Math.max(counted, 0, ...ends);
}

export const journalTableOf = (historyTable: string): string => `${historyTable}_journal`;

/** SHA-256, in hexadecimal digits: it tells whether a statement is the one that was begun. */
export const hashOf = (sql: string): string => new Bun.CryptoHasher("sha256").update(sql).digest("hex");

const longest = 4000;

/** Creates the table if there is none. Call it with the lock held. */
export async function createJournal(database: Database, { table, track }: JournalPlace): Promise<void> {
  const name = journalTableOf(table);
  if (await historyExists(database, { table: name, track })) return;
  for (const sql of database.dialect.bookkeeping.createJournal(name)) await database.driver.execute(sql);
}

/** All notes of a track by migration, each in order; none when there is no journal. Only reads. */
export async function readJournal(
  database: Database,
  { table, track }: JournalPlace,
): Promise<ReadonlyMap<string, readonly JournalEntry[]>> {
  const name = journalTableOf(table);
  if (!(await historyExists(database, { table: name, track }))) return new Map();
  const rows = await database.driver.query(journalSql(database.dialect).list(name), [track]);
  return Map.groupBy(rows.map(entryOf), (entry) => entry.migration);
}

/** Notes that a statement begins, or in a transaction, with `finishedAt`, that one is done. */
export async function noteStart(
  { driver, dialect }: Database,
  { table, track }: JournalPlace,
  entry: JournalEntry,
): Promise<void> {
  await driver.execute(journalSql(dialect).insert(journalTableOf(table)), [
    track,
    entry.migration,
    entry.position,
    entry.sqlHash,
    entry.statement.slice(0, longest),
    entry.trace ?? null,
    entry.startedAt,
    entry.finishedAt ?? null,
    entry.error ?? null,
  ]);
}

/** Notes the end of a statement, or with `error` that the database refused it. */
export async function noteEnd(
  { driver, dialect }: Database,
  { table, track }: JournalPlace,
  entry: Pick<JournalEntry, "migration" | "position" | "finishedAt" | "error">,
): Promise<void> {
  const { finishedAt = null, error, migration, position } = entry;
  const values = [finishedAt, error?.slice(0, longest) ?? null, track, migration, position];
  await driver.execute(journalSql(dialect).end(journalTableOf(table)), values);
}

/** Forgets what is noted of a migration; with `position`, only that. */
export async function clearJournal(
  { driver, dialect }: Database,
  { table, track }: JournalPlace,
  migration: string,
  position?: number,
): Promise<void> {
  const { clear, clearOne } = journalSql(dialect);
  const name = journalTableOf(table);
  if (position === undefined) await driver.execute(clear(name), [track, migration]);
  else await driver.execute(clearOne(name), [track, migration, position]);
}

/** The note of a step: it is about all of its commands, and stands at the position of the last. */
export function noteOf(step: Step): JournalEntry {
  const commands = commandsOf(step);
  const statement = commands.map(sqlOf).join("\n");
  const position = step.position + Math.max(0, commands.length - 1);
  return {
    migration: step.migration,
    position,
    sqlHash: hashOf(statement),
    statement,
    startedAt: new Date().toISOString(),
  };
}

/** What a query of `compare` returns, as one text. */
export const traceOf = async ({ driver }: Database, query: string): Promise<string> =>
  hashOf(canonicalJson((await driver.query(query)).map(plain)));

/** Numbers of any size and bytes as texts: only whether they are the same matters. */
const plain = (row: Row): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [key, String(value)]));

function entryOf(row: Row): JournalEntry {
  const text = (key: string): Record<string, string> =>
    row[key] === null || row[key] === undefined ? {} : { [camel(key)]: String(row[key]) };
  return {
    migration: String(row["name"]),
    position: Number(row["position"]),
    sqlHash: String(row["sql_hash"]),
    statement: String(row["statement"]),
    startedAt: String(row["started_at"]),
    ...text("trace"),
    ...text("finished_at"),
    ...text("error"),
  };
}

const camel = (key: string): string => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
