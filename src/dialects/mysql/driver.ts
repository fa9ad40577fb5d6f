import { readFileSync } from "node:fs";
import type { Connection, FieldPacket, ResultSetHeader, SslOptions, TypeCast } from "mysql2/promise";
import { createConnection } from "mysql2/promise";
import type { Row, Value } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import { splitScript } from "../../core/sql-files/split.ts";
import type { ConnectOptions, Driver, OpenDriver } from "../../runtime/driver.ts";
import { connectFailure, type Failure, type Place, statementFailure } from "./failure.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { type MysqlTarget, parseMysqlUrl } from "./url.ts";

/**
 * MySQL and MariaDB by mysql2, on one connection that is never replaced: a lock belongs to it. Bun's own client was measured
 * beside it: it loses the microseconds of times, reads JSON and dates into objects without a way to ask for their text, and does
 * not exist on Node. Here every value arrives as it is, and several statements are told apart before they are sent.
 */
const open: OpenDriver = openWith({});

export default open;

/** What a database that speaks the protocol of MySQL wants otherwise. */
export interface Speech {
  /** The port of its URLs that say none; absent: 3306. */
  readonly port?: number;
  /** Absent: `sessionSettings`. */
  readonly settings?: string;
  /** What makes a session read only; `false`: nothing does. */
  readonly readOnly?: string | false;
  /** A query for the one `id` that `cancel` is given; absent: the number of the connection that the server greets with. */
  readonly identity?: string;
  /** What makes the server give up the statement of the session; absent: `KILL QUERY`. */
  readonly cancel?: (id: string) => string;
  /** A query for its `version`; absent: of `VERSION()`. */
  readonly version?: string;
  /** `false`: it prepares few statements or none, so that parameters are written into the text. */
  readonly prepares?: false;
  /** `false`: what is done is done, and nothing opens or ends a transaction. */
  readonly transactions?: false;
  /** Called before each statement, with a way to ask the server; what it gives is called after it. Both may wait, and reject. */
  readonly watch?: (sql: string, query: (sql: string) => Promise<readonly Row[]>) => Promise<() => Promise<void>>;
}

/** The driver of MySQL, or of a database that speaks its protocol. */
export function openWith(speech: Speech): OpenDriver {
  return async (url, options = {}) => {
    const target = parseMysqlUrl(url, speech.port);
    const place = placeOf(target);
    const session = await connect(target, place, options);
    const { connection } = session;
    try {
      await connection.query(speech.settings ?? sessionSettings);
      const { readOnly = "SET SESSION TRANSACTION READ ONLY" } = speech;
      if (options.readOnly && readOnly !== false) await connection.query(readOnly);
      const id = await idOf(connection, speech);
      const cancel = (): Promise<void> => cancelQuery(speech.cancel?.(id) ?? `KILL QUERY ${id}`, target, place);
      return driverOf({ ...session, speech, cancel }, options);
    } catch (error) {
      connection.destroy();
      throw connectFailure(error, place);
    }
  };
}

async function idOf(connection: Connection, { identity }: Speech): Promise<string> {
  if (identity === undefined) return String(connection.threadId);
  const [rows] = await connection.query(identity);
  return String((rows as readonly Row[])[0]?.["id"]);
}

/**
 * Whatever the server is set to: a value that does not fit is an error, a backslash escapes, `"` quotes a text, names of functions may be names,
 * and times without a zone are UTC.
 */
export const sessionSettings =
  "SET NAMES utf8mb4, SESSION time_zone = '+00:00', SESSION sql_mode = 'STRICT_TRANS_TABLES,STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'";

/** A connection that is open, whoever opened it. */
export interface Session {
  readonly connection: Connection;
  readonly place: Place;
  readonly lost: () => boolean;
  /** Absent: that of MySQL. */
  readonly speech?: Speech;
  /** Makes the server give up the statement that it works on; absent where that needs a connection that cannot be made. */
  readonly cancel?: () => Promise<void>;
}

/** How values are read, whatever the connection says: as they are. */
const reading = { supportBigNumbers: true, bigNumberStrings: true, dateStrings: true, timezone: "Z" } as const;

/** As the client does by default, a server without TLS is talked to without it. */
async function connect(target: MysqlTarget, place: Place, options: ConnectOptions): Promise<Session> {
  try {
    return await connectWith(target, place, options, tlsOf(target));
  } catch (error) {
    const { code } = error as Failure;
    if (target.ssl !== "preferred" || code !== "HANDSHAKE_NO_SSL_SUPPORT")
      throw error instanceof ToolError ? error : connectFailure(error, place);
  }
  return connectWith(target, place, options, undefined).catch((error: unknown) => {
    throw connectFailure(error, place);
  });
}

async function connectWith(
  target: MysqlTarget,
  place: Place,
  options: ConnectOptions,
  ssl: SslOptions | undefined,
): Promise<Session> {
  const connection = await createConnection({
    ...(place.socket ? { socketPath: place.socket } : { host: place.host, port: place.port }),
    ...(place.user !== undefined && { user: place.user }),
    ...(target.password !== undefined && { password: target.password }),
    database: place.database,
    connectTimeout: options.connectTimeoutMs ?? target.connectTimeoutMs ?? 30_000,
    ...(ssl && { ssl }),
    // With the first, `count (id)` is a call and `CREATE TABLE count (…)` an error; with the second, a server may ask for files of this machine.
    flags: ["-IGNORE_SPACE", "-LOCAL_FILES"],
    // Parsers are not compiled at run time: that needs `eval`.
    disableEval: true,
    charset: "utf8mb4",
    ...reading,
  });
  let lost = false;
  connection.on("error", () => {
    lost = true;
  });
  return { connection, place, lost: () => lost };
}

/** Integers of 64 bits as numbers where that is exact, bytes as bytes of their own; all else as mysql2 has it, which is text. */
const exactValue: TypeCast = (field, next) => {
  // The next one would make an object of it; MariaDB's is a text with a mark.
  if (field.type === "JSON" || (field as { readonly extendedFormat?: string }).extendedFormat === "json")
    return field.string("utf8");
  // It would be a list of numbers, which no column takes.
  const value: unknown = (field.type as string) === "VECTOR" ? field.buffer() : next();
  if (field.type === "LONGLONG" && typeof value === "string")
    return Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value);
  return value instanceof Uint8Array ? new Uint8Array(value) : value;
};

type Result = readonly Row[] | ResultSetHeader;

/** The driver for a session, which it closes. */
export function driverOf(session: Session, options: ConnectOptions): Driver {
  const { connection, place, speech = {} } = session;
  let cancelled: Promise<unknown> | undefined;

  const run = async (sql: string, parameters: readonly Value[] = []): Promise<Result> => {
    if (session.lost()) throw statementFailure({ code: "PROTOCOL_CONNECTION_LOST" }, sql, place);
    const statements = parameters.length === 0 ? splitScript(sql, scriptSyntax) : [{ text: sql, offset: 0 }];
    let result: Result = [];
    for (const statement of statements) {
      const after = await speech.watch?.(statement.text, askAside);
      result = await send(session, statement.text, parameters).catch(async (error: unknown) => {
        // A request to cancel that is still on its way would hit the statement after this one.
        await cancelled;
        throw statementFailure(await explained(session, error), sql, place, statement);
      });
      await passWarnings(session, result, options);
      await after?.();
    }
    return result;
  };
  /** Without being watched itself. */
  const askAside = async (sql: string): Promise<readonly Row[]> => {
    const result = await send(session, sql, []).catch((error: unknown) => {
      throw statementFailure(error, sql, place);
    });
    return isRows(result) ? result : [];
  };
  const ask = async (sql: string, parameters?: readonly Value[]): Promise<readonly Row[]> => {
    const result = await run(sql, parameters);
    return isRows(result) ? result : [];
  };

  return {
    execute: async (sql, parameters) => ({ changes: changesOf(await run(sql, parameters)) }),
    query: ask,
    begin: async (sql) => void (await run(sql)),
    commit: async () => void (await run(speech.transactions === false ? "" : "COMMIT")),
    rollback: async () => void (await run(speech.transactions === false ? "" : "ROLLBACK")),
    ...(session.cancel && {
      cancel: async () => {
        cancelled = session.cancel?.().catch(() => undefined);
        await cancelled;
      },
    }),
    obstacle: () => obstacleIn(run),
    close: async () => {
      if (session.lost()) return connection.destroy();
      await connection.end().catch(() => connection.destroy());
    },
    serverVersion: async () =>
      String((await ask(speech.version ?? "SELECT VERSION() AS version"))[0]?.["version"] ?? ""),
  };
}

async function send({ connection, speech }: Session, sql: string, parameters: readonly Value[]): Promise<Result> {
  const values = parameters.map(bindable);
  const options = { sql, typeCast: exactValue, ...reading };
  // MySQL takes no parameters for KILL, so the client writes them into it.
  const [result, fields]: [unknown, FieldPacket[]] =
    values.length === 0 || speech?.prepares === false || /^KILL\b/.test(sql)
      ? await connection.query({ ...options, values })
      : await connection.execute(options, values as never);
  // A procedure may return several results; the last one only says that it is done.
  const several = Array.isArray(result) && Array.isArray(fields?.[0]);
  return (several ? ((result as Result[]).find(Array.isArray) ?? []) : result) as Result;
}

/** Rights that come with a role are not listed, so whoever has one is left to try. */
const whetherReadOnly = `SELECT 1 AS found WHERE @@global.read_only NOT IN ('0', 'OFF') AND COALESCE(CURRENT_ROLE(), 'NONE') = 'NONE' AND NOT EXISTS (
  SELECT 1 FROM information_schema.user_privileges WHERE privilege_type IN ('SUPER', 'READ_ONLY ADMIN', 'READ ONLY ADMIN', 'CONNECTION_ADMIN')
)`;

async function obstacleIn(run: (sql: string) => Promise<Result>): Promise<string | undefined> {
  // A server that does not know one of these words has its say at the first write.
  const result = await run(whetherReadOnly).catch(() => []);
  return isRows(result) && result.length > 0
    ? "the server is set to read_only, as replicas are; connect to the primary, or set it off"
    : undefined;
}

const isRows = (result: Result): result is readonly Row[] => Array.isArray(result);

const changesOf = (result: Result): number => (isRows(result) ? 0 : result.affectedRows);

/** Temporary tables are made and dropped whatever becomes of the transaction, which a rollback warns of; godwit asks with them. */
const ofTemporary: ReadonlySet<number> = new Set([1751, 1752]);

/** Only statements that change something say how many warnings they had. */
async function passWarnings({ connection }: Session, result: Result, { onNotice }: ConnectOptions): Promise<void> {
  if (!onNotice || isRows(result) || result.warningStatus === 0) return;
  const [rows] = await connection.query("SHOW WARNINGS");
  for (const row of rows as readonly Row[]) if (!ofTemporary.has(Number(row["Code"]))) onNotice(String(row["Message"]));
}

/** "Foreign key constraint is incorrectly formed" (1005) is all that the error says; why, only the warnings say. */
async function explained({ connection }: Session, error: unknown): Promise<unknown> {
  const failure = error as Failure;
  if (failure.errno !== 1005) return error;
  const [rows] = await connection.query("SHOW WARNINGS").catch(() => [[]]);
  const why = (rows as readonly Row[]).find((row) => Number(row["Code"]) === 150)?.["Message"];
  return why === undefined ? error : { ...failure, sqlMessage: `${failure.sqlMessage}: ${why}` };
}

/** mysql2 has no bigint; the server makes a number of the digits. */
const bindable = (value: Value): unknown =>
  typeof value === "bigint"
    ? String(value)
    : typeof value === "boolean"
      ? Number(value)
      : value instanceof Uint8Array
        ? Buffer.from(value)
        : value;

/** From a second connection: the first one is busy. */
async function cancelQuery(kill: string, target: MysqlTarget, place: Place): Promise<void> {
  const other = await connect(target, place, { connectTimeoutMs: 5000 });
  try {
    await other.connection.query(kill);
  } finally {
    other.connection.destroy();
  }
}

function placeOf(target: MysqlTarget): Place {
  const user = target.user ?? process.env["USER"];
  return {
    host: target.host,
    port: target.port,
    name: target.socket ?? `${target.host}:${target.port}`,
    ...(target.socket && { socket: target.socket }),
    ...(user && { user }),
    database: target.database,
  };
}

function tlsOf({ ssl, sslFiles, socket }: MysqlTarget): SslOptions | undefined {
  if (ssl === "disabled" || (socket !== undefined && ssl === "preferred")) return undefined;
  return {
    ...(sslFiles.ca !== undefined && { ca: readPem(sslFiles.ca, "ssl-ca") }),
    ...(sslFiles.cert !== undefined && { cert: readPem(sslFiles.cert, "ssl-cert") }),
    ...(sslFiles.key !== undefined && { key: readPem(sslFiles.key, "ssl-key") }),
    rejectUnauthorized: ssl === "verify_ca" || ssl === "verify_identity",
    verifyIdentity: ssl === "verify_identity",
  };
}

function readPem(path: string, parameter: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new ToolError(
      "url",
      `the file "${path}" that ${parameter} of the MySQL URL names cannot be read`,
      { path, parameter },
      { cause },
    );
  }
}
