import type { Row } from "../core/ddl/dialect.ts";
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
  const { quote, placeholder } = database.dialect;
  const columns = ["name", "position", "sql_hash", "statement", "trace", "started_at", "finished_at", "error"];
  const rows = await database.driver.query(
    `SELECT ${columns.map(quote).join(", ")} FROM ${quote(name)} WHERE ${quote("track")} = ${placeholder(1)} ORDER BY ${quote("name")}, ${quote("position")}`,
    [track],
  );
  return Map.groupBy(rows.map(entryOf), (entry) => entry.migration);
}

/** Notes that a statement begins, or in a transaction, with `finishedAt`, that one is done. */
export async function noteStart(
  database: Database,
  { table, track }: JournalPlace,
  entry: JournalEntry,
): Promise<void> {
  const { driver, dialect } = database;
  const values: Readonly<Record<string, string | number | null>> = {
    track,
    name: entry.migration,
    position: entry.position,
    sql_hash: entry.sqlHash,
    statement: entry.statement.slice(0, longest),
    trace: entry.trace ?? null,
    started_at: entry.startedAt,
    finished_at: entry.finishedAt ?? null,
    error: entry.error ?? null,
  };
  const columns = Object.keys(values).map(dialect.quote).join(", ");
  const places = Object.keys(values).map((_, i) => dialect.placeholder(i + 1));
  await driver.execute(
    `INSERT INTO ${dialect.quote(journalTableOf(table))} (${columns}) VALUES (${places.join(", ")})`,
    Object.values(values),
  );
}

/** Notes the end of a statement, or with `error` that the database refused it. */
export async function noteEnd(
  { driver, dialect }: Database,
  { table, track }: JournalPlace,
  entry: Pick<JournalEntry, "migration" | "position" | "finishedAt" | "error">,
): Promise<void> {
  const { quote, placeholder } = dialect;
  await driver.execute(
    `UPDATE ${quote(journalTableOf(table))} SET ${quote("finished_at")} = ${placeholder(1)}, ${quote("error")} = ${placeholder(2)} WHERE ${quote("track")} = ${placeholder(3)} AND ${quote("name")} = ${placeholder(4)} AND ${quote("position")} = ${placeholder(5)}`,
    [entry.finishedAt ?? null, entry.error?.slice(0, longest) ?? null, track, entry.migration, entry.position],
  );
}

/** Forgets what is noted of a migration; with `position`, only that. */
export async function clearJournal(
  { driver, dialect }: Database,
  { table, track }: JournalPlace,
  migration: string,
  position?: number,
): Promise<void> {
  const { quote, placeholder } = dialect;
  const one = position === undefined ? "" : ` AND ${quote("position")} = ${placeholder(3)}`;
  await driver.execute(
    `DELETE FROM ${quote(journalTableOf(table))} WHERE ${quote("track")} = ${placeholder(1)} AND ${quote("name")} = ${placeholder(2)}${one}`,
    [track, migration, ...(position === undefined ? [] : [position])],
  );
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
