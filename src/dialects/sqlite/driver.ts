import { accessSync, constants, type Stats, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Row, Value } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import type { ConnectOptions, Driver } from "../../runtime/driver.ts";
import { type Bindable, type Connection, connectionOf } from "./connection.ts";
import { type Location, memory, parseLocation } from "./location.ts";
import { openFile, type SqliteHandle } from "./open-file.ts";
import { failure, runScript, symbolicCode } from "./script.ts";

export type { SqliteHandle } from "./open-file.ts";

/**
 * Opens a SQLite database; see `parseLocation` for the URLs. Foreign keys are enforced, writing processes are waited for.
 * Rejects with ToolError `url`, or `connect` with `data.missing` when the file does not exist and may not be created.
 */
export default async function openDriver(url: string, options: ConnectOptions = {}): Promise<Driver> {
  return (await openHandle(url, options)).driver;
}

/** The same, with what the runtime's library calls the database: it is what a program that opens its database goes on with. */
export async function openHandle(
  url: string,
  options: ConnectOptions = {},
): Promise<{ readonly handle: SqliteHandle; readonly driver: Driver }> {
  const location = parseLocation(url);
  const readOnly = options.readOnly === true || location.mode === "ro";
  checkFile(location, !readOnly && location.mode !== "rw" && options.create !== false);
  const { handle, connection } = await open(location, readOnly);
  return { handle, driver: { ...driverOf(connection), obstacle: async () => obstacleAt(location) } };
}

/** The driver for a connection, which it closes. */
export const driverOf = (database: Connection): Driver => ({
  execute: async (sql, parameters) =>
    parameters === undefined || parameters.length === 0 ? runAll(database, sql) : run(database, sql, parameters),
  query: async (sql, parameters = [], most = Number.POSITIVE_INFINITY) => query(database, sql, parameters, most),
  begin: async (sql) => void runScript(database, sql),
  commit: async () => void runScript(database, "COMMIT"),
  // SQLite rolls back by itself when a disk is full; there is nothing left to undo then.
  rollback: async () => void (database.inTransaction && runScript(database, "ROLLBACK")),
  inTransaction: () => database.inTransaction,
  // A commit waits for the disk several times (https://www.sqlite.org/atomiccommit.html).
  sharesTransactions: true,
  close: async () => database.close(),
  serverVersion: async () => String(query(database, "SELECT sqlite_version() AS version", [])[0]?.["version"]),
});

/** A script that fails in a transaction that it began itself must not leave it open: what is executed next would belong to it. */
function runAll(database: Connection, sql: string): { readonly changes: number } {
  const { inTransaction } = database;
  try {
    return runScript(database, sql);
  } catch (error) {
    if (!inTransaction && database.inTransaction) database.run("ROLLBACK");
    throw error;
  }
}

function run(database: Connection, sql: string, parameters: readonly Value[]): { readonly changes: number } {
  return attempt(sql, () => {
    using statement = database.prepare(sql);
    return { changes: Number(statement.run(...parameters.map(bindable)).changes) };
  });
}

function query(
  database: Connection,
  sql: string,
  parameters: readonly Value[],
  most = Number.POSITIVE_INFINITY,
): readonly Row[] {
  return attempt(sql, () => {
    using statement = database.prepare(sql);
    const values = parameters.map(bindable);
    if (most === Number.POSITIVE_INFINITY || !statement.iterate) return statement.all(...values).map(plainRow);
    const rows: Row[] = [];
    for (const row of statement.iterate(...values)) {
      rows.push(plainRow(row));
      if (rows.length >= most) break;
    }
    return rows;
  });
}

function attempt<T>(sql: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw failure(error, sql, 0);
  }
}

/** Bun would round an integer that it is given as a number beyond 2^53, and has no boolean to bind. */
function bindable(value: Value): Bindable {
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value;
}

/** Integers are numbers where that is exact, and else bigints. The row is nobody else's, so it is changed where it is. */
function plainRow(row: Record<string, unknown>): Row {
  for (const name in row) {
    const value = row[name];
    if (typeof value === "bigint") row[name] = exact(value);
  }
  return row;
}

function exact(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** SQLite says "unable to open database file" to all of this. */
function checkFile({ path }: Location, mayCreate: boolean): void {
  if (path === memory) return;
  const found = lookUp(path);
  if (found?.isDirectory()) throw cannotOpen(path, "it is a directory; name a file in it");
  if (found) {
    if (!isAllowed(path, constants.R_OK)) throw cannotOpen(path, "the file may not be read by this user");
    return;
  }
  const folder = lookUp(dirname(path));
  if (!folder)
    throw cannotOpen(path, `the directory "${dirname(path)}" does not exist; create it first`, {
      missing: true,
      directory: dirname(path),
    });
  if (!mayCreate)
    throw cannotOpen(path, "the file does not exist; check the path, or create it with migrate up", { missing: true });
  if (!folder.isDirectory()) throw cannotOpen(path, `"${dirname(path)}" is not a directory`);
  if (!isAllowed(dirname(path), constants.W_OK))
    throw cannotOpen(path, `this user may not create files in "${dirname(path)}"`);
}

/** Why SQLite, which opens what it may only read without a word, will not be able to write. */
function obstacleAt({ path, mode }: Location): string | undefined {
  if (mode === "ro") return "its URL says mode=ro; leave that out";
  if (path === memory) return undefined;
  if (!isAllowed(path, constants.W_OK))
    return "the file system is mounted for reading only, or this user may not write to the file";
  // Where there is a write-ahead log, nothing has to be made beside the file.
  if (isAllowed(dirname(path), constants.W_OK) || lookUp(`${path}-wal`)) return undefined;
  return `this user may not create files in "${dirname(path)}", where SQLite keeps its journal`;
}

/** What is at the path, if anything; a path through a file or a closed directory leads to nothing. */
function lookUp(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function isAllowed(path: string, how: number): boolean {
  try {
    accessSync(path, how);
    return true;
  } catch {
    return false;
  }
}

/**
 * A process that was killed leaves a transaction behind, which SQLite undoes before anybody reads. A connection that only
 * reads may not, so one that writes does it first.
 */
async function open(location: Location, readOnly: boolean): Promise<Opened> {
  try {
    return await connect(location, readOnly);
  } catch (error) {
    if (error instanceof ToolError) throw error;
    if (!readOnly || !isUnfinished(error)) throw cannotOpen(location.path, whyNot(error));
  }
  try {
    (await connect(location, false)).connection.close();
    return await connect(location, true);
  } catch (error) {
    throw cannotOpen(
      location.path,
      `a transaction that was interrupted must be undone first, and this user cannot (${whyNot(error)})`,
    );
  }
}

interface Opened {
  readonly handle: SqliteHandle;
  readonly connection: Connection;
}

async function connect({ path, busyTimeoutMs }: Location, readOnly: boolean): Promise<Opened> {
  const handle = await openFile(path, readOnly);
  try {
    const connection = connectionOf(handle);
    if (!connection) throw new ToolError("internal", "this runtime's library for SQLite is not known");
    connection.run(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    connection.run("PRAGMA foreign_keys = ON");
    // Nothing is read before the first query; this finds out now whether it is a database at all.
    connection.prepare("PRAGMA schema_version").all();
    return { handle, connection };
  } catch (error) {
    handle.close();
    throw error;
  }
}

/** `SQLITE_READONLY_ROLLBACK` for a journal, `SQLITE_READONLY_RECOVERY` and `…_CANTINIT` for a write-ahead log. */
const isUnfinished = (error: unknown): boolean => /^SQLITE_READONLY/.test(symbolicCode(error) ?? "");

function whyNot(error: unknown): string {
  const { message } = error as { readonly message: string };
  const code = symbolicCode(error);
  if (code === "SQLITE_NOTADB") return "the file is not a SQLite database (or it is encrypted)";
  if (code?.startsWith("SQLITE_BUSY"))
    return "another process has locked it; try again, or wait longer with ?busy_timeout=MS";
  return message;
}

function cannotOpen(
  path: string,
  why: string,
  data: { readonly missing?: true; readonly directory?: string } = {},
): ToolError {
  return new ToolError("connect", `cannot open the SQLite database "${path}": ${why}`, { path, ...data });
}
