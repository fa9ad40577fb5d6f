import type { Connection, Pool, PoolConnection, ResultSetHeader } from "mysql2/promise";
import type { Row } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import type { Driver } from "../../runtime/driver.ts";
import { driverOf, type Session, sessionSettings } from "./driver.ts";
import { connectFailure, type Place } from "./failure.ts";

/**
 * A driver for a connection or a pool of mysql2, with callbacks or promises, that belongs to somebody else; `undefined` for anything
 * else. Closing the driver leaves the connection open, with the settings that it had, or gives it back to its pool. Rejects with
 * ToolError `usage` when a transaction is open, which the first change of a table would commit, and `connect`.
 */
export async function adoptMysql(handle: unknown): Promise<Driver | undefined> {
  const promised = promisedOf(handle);
  if (!promised) return undefined;
  const connection = await connectionOf(promised);
  const place = placeOf(connection);
  const release = (): void => {
    if (isPool(promised)) (connection as PoolConnection).release();
  };
  try {
    await refuseOpenTransaction(connection);
    const restore = await takeOver(connection);
    return { ...driverOf(sessionOf(connection, place), {}), close: () => restore().finally(release) };
  } catch (error) {
    release();
    throw error instanceof ToolError ? error : connectFailure(error, place);
  }
}

type Promised = Connection | Pool;

/** Those with callbacks can give one with promises; those have what they stand for inside. */
function promisedOf(handle: unknown): Promised | undefined {
  const { query, execute, promise, connection, pool } = (handle ?? {}) as Partial<Record<string, unknown>>;
  if (typeof query !== "function" || typeof execute !== "function") return undefined;
  if (typeof promise === "function") return (handle as { promise(): Promised }).promise();
  return typeof (connection ?? pool) === "object" ? (handle as Promised) : undefined;
}

const isPool = (promised: Promised): promised is Pool => "getConnection" in promised;

const connectionOf = async (promised: Promised): Promise<Connection> => {
  if (!isPool(promised)) return promised;
  return promised.getConnection().catch((error: unknown) => {
    throw new ToolError("connect", error instanceof Error ? error.message : String(error), {}, { cause: error });
  });
};

function placeOf({ config }: Connection): Place {
  const { host = "localhost", port = 3306, socketPath, user, database = "" } = config;
  return {
    host,
    port,
    name: socketPath ?? `${host}:${port}`,
    ...(socketPath && { socket: socketPath }),
    ...(user && { user }),
    database,
  };
}

function sessionOf(connection: Connection, place: Place): Session {
  let lost = false;
  connection.once("error", () => {
    lost = true;
  });
  return { connection, place, lost: () => lost };
}

/** `SERVER_STATUS_IN_TRANS` of the protocol. */
const inTransaction = 1;

async function refuseOpenTransaction(connection: Connection): Promise<void> {
  const [{ serverStatus }] = (await connection.query("DO 0")) as unknown as readonly [
    { readonly serverStatus: number },
  ];
  if ((serverStatus & inTransaction) !== 0)
    throw new ToolError("usage", "the MySQL connection that was handed over has a transaction open; end it first");
}

/** What a run sets for the session; not every server has all. */
const settings = [
  "sql_mode",
  "time_zone",
  "character_set_client",
  "character_set_results",
  "character_set_connection",
  "collation_connection",
  "lock_wait_timeout",
  "innodb_lock_wait_timeout",
  "max_statement_time",
];

/** Sets the session as the driver needs it; returns what sets it back. */
async function takeOver(connection: Connection): Promise<() => Promise<void>> {
  const [rows] = await connection.query<never>("SHOW SESSION VARIABLES WHERE Variable_name IN (?)", [settings]);
  const before = (rows as readonly Row[]).map((row) => [String(row["Variable_name"]), String(row["Value"])] as const);
  await connection.query(sessionSettings);
  const set = `SET ${before.map(([name]) => `SESSION ${name} = ?`).join(", ")}`;
  const values = before.map(([, value]) => (/^[\d.]+$/.test(value) ? Number(value) : value));
  return () => connection.query<ResultSetHeader>(set, values).then(nothing, nothing);
}

/** A connection that broke needs no settings, and its error has been reported where it broke. */
const nothing = (): void => undefined;
