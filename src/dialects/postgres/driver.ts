import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ConnectionOptions as TlsOptions } from "node:tls";
import postgres from "postgres";
import type { Row, Value } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import type { ConnectOptions, Driver, OpenDriver } from "../../runtime/driver.ts";
import { untilTheEnd } from "./answer.ts";
import { calledOtherwise, connectFailure, type Place, statementFailure } from "./failure.ts";
import { type Ask, isPooled, readingOnly, sharesSessions } from "./pooler.ts";
import { type Send, transactionOf } from "./transaction.ts";
import { type PostgresTarget, parsePostgresUrl } from "./url.ts";
import { ownVersion, versionIn } from "./versions.ts";
import { wireTypes } from "./wire-types.ts";

/** For variants. */
export { parsePostgresUrl } from "./url.ts";

/** How a server that speaks the protocol of PostgreSQL is met. */
export interface Ways {
  /** Understands a URL; throws ToolError `url`. */
  parse(url: string): PostgresTarget;
  readonly port: number;
  /** What the session is told as it begins. */
  readonly settings: Readonly<Record<string, string>>;
  /**
   * It is another database behind that protocol: nothing is asked about poolers and standbys, statements are sent one at a time, and a session that
   * writes nothing says so with each transaction.
   */
  readonly apart?: true;
  /** What errors call it, where that is not PostgreSQL. */
  readonly called?: { readonly title: string; readonly scheme: string };
}

/** A moment without a zone means the same whatever zone the server is set to. */
const settings = { DateStyle: "ISO", TimeZone: "UTC", standard_conforming_strings: "on" };

/**
 * By postgres.js, on one connection that is never replaced: a lock and a transaction belong to it, so a lost
 * connection is an error and not a reason to open another one.
 */
export const openBy =
  (ways: Ways): OpenDriver =>
  (url, options) =>
    openFirst(ways)(url, options).catch((error: unknown) => {
      throw calledOtherwise(error, ways.called);
    });

const openFirst =
  (ways: Ways): OpenDriver =>
  async (url, options = {}) => {
    const target = ways.parse(url);
    const failures: ToolError[] = [];
    for (const { host, port } of target.hosts) {
      const place = placeOf(target, host, port ?? ways.port);
      try {
        const session = await connect(target, place, options, ways);
        if (ways.apart) return plainDriver(session);
        if (await wanted(session, target))
          return driverOf(session, () => connect(target, place, { connectTimeoutMs: 2000 }, ways));
        failures.push(new ToolError("connect", `the server at ${place.name} is not ${target.session}`));
        await session.sql.end({ timeout: 1 });
      } catch (error) {
        failures.push(error instanceof ToolError ? error : connectFailure(error, place));
      }
    }
    throw failures.length === 1
      ? failures[0]
      : new ToolError("connect", `none of the servers can be used: ${failures.map((f) => f.message).join("; ")}`, {
          ...(failures.some((f) => f.data["starting"]) && { starting: true }),
        });
  };

/** PostgreSQL. */
export default openBy({
  parse: (url) => parsePostgresUrl(url),
  get port() {
    return Number(process.env["PGPORT"] ?? 5432);
  },
  settings,
});

type Client = postgres.Sql<Record<string, unknown>>;
type ClientOptions = postgres.Options<Record<string, postgres.PostgresType>>;

interface Session {
  readonly sql: Client;
  readonly place: Place;
  readonly lost: () => boolean;
  /** What to call when the connection ends: postgres.js says nothing to a statement that is sent between a network error and the end. */
  readonly waiting: Set<(ended: unknown) => void>;
  /** Something stands between here and the server that has sessions of its own. */
  readonly pooled: boolean;
  /** Nothing is to be written, and the session could not be told so. */
  readonly readOnly: boolean;
  /** The session was told to write nothing, whatever the server allows. */
  readonly restrained: boolean;
}

async function connect(
  target: PostgresTarget,
  place: Place,
  options: ConnectOptions,
  { settings: begin, apart }: Ways,
): Promise<Session> {
  const timeoutMs = options.connectTimeoutMs ?? target.connectTimeoutMs ?? 30_000;
  let lost = false;
  const waiting: Session["waiting"] = new Set();
  const client = {
    ...addressOf(place),
    ...(target.password !== undefined && { pass: target.password }),
    ...(place.user !== undefined && { user: place.user }),
    ...(place.database !== undefined && { database: place.database }),
    ssl: place.socket ? false : tlsOf(target),
    ...(target.directTls && { sslnegotiation: "direct" }),
    max: 1,
    idle_timeout: 0,
    // The default closes a connection after half an hour or more, and with it the lock.
    max_lifetime: null,
    connect_timeout: timeoutMs / 1000,
    fetch_types: false,
    prepare: false,
    types: wireTypes,
    connection: { ...begin, ...target.settings },
    onnotice: ({ message }: postgres.Notice) => options.onNotice?.(String(message)),
    onclose: () => {
      lost = true;
      for (const fail of waiting) fail({ code: "CONNECTION_CLOSED" });
    },
  };
  // The declared types leave out hosts as a list, and the list is what keeps an IPv6 address in one piece.
  const sql: Client = postgres(client as unknown as ClientOptions);
  try {
    const pooled = await withinTime(apart ? reached(askOf(sql)) : isPooled(askOf(sql)), timeoutMs, place);
    // Through a pooler, the next client would find the session like this.
    const restrained = options.readOnly === true && !pooled && !apart;
    if (restrained) await sql.unsafe("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY");
    const readOnly = options.readOnly === true && (pooled || apart === true);
    return { sql, place, lost: () => lost, waiting, pooled, readOnly, restrained };
  } catch (error) {
    await sql.end({ timeout: 0 }).catch(() => undefined);
    throw error instanceof ToolError ? error : connectFailure(error, place);
  }
}

const whetherReadOnly =
  "SELECT pg_catalog.pg_is_in_recovery() AS standby WHERE pg_catalog.current_setting('transaction_read_only') = 'on'";

/** The same of a session that was told to write nothing: what holds where nobody says otherwise. */
const whetherReadOnlyAnyway =
  "SELECT pg_catalog.pg_is_in_recovery() AS standby FROM pg_catalog.pg_settings WHERE name = 'default_transaction_read_only' AND (reset_val = 'on' OR pg_catalog.pg_is_in_recovery())";

function obstacleIn(row: Row | undefined): string | undefined {
  if (!row) return undefined;
  return row["standby"]
    ? "the server is a standby, which repeats what another one does; connect to its primary (of several hosts in the URL, target_session_attrs=primary chooses it)"
    : "default_transaction_read_only is on; set it to off for this user or database, or connect as one for whom it is";
}

/** A server that accepts and hangs up at once makes postgres.js try again for ever; the clock here ends that. */
async function withinTime<T>(work: PromiseLike<T>, timeoutMs: number, place: Place): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(connectFailure({ code: "CONNECT_TIMEOUT" }, place)), timeoutMs + 100);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}

/** Whatever stands between here and the server, nothing is asked about it. */
const reached = async (ask: Ask): Promise<false> => {
  await ask("SELECT 1 AS reached");
  return false;
};

/** What every server of this protocol does. */
function plainDriver(session: Session): Driver {
  const { send, readUpTo, cancel } = statementsOf(session);
  const transaction = transactionOf(send);
  const { run, started, commit, rollback } = transaction;
  const only = session.readOnly ? readingOnly(transaction) : run;
  return {
    execute: async (text, parameters) => ({ changes: (await only(text, parameters)).count ?? 0 }),
    query: async (text, parameters = [], most) => {
      if (most === undefined || session.readOnly || !givesRows.test(text)) return [...(await only(text, parameters))];
      await started();
      return readUpTo(most, text, parameters);
    },
    begin: async (text) => {
      await transaction.begin(text);
      await started();
    },
    commit,
    rollback,
    cancel,
    close: () => session.sql.end({ timeout: session.lost() ? 0 : 5 }),
    serverVersion: async () => ownVersion(String((await run("SELECT version() AS version"))[0]?.["version"])),
  };
}

function driverOf(session: Session, again: () => Promise<Session>): Driver {
  const { sql, pooled } = session;
  const { check, send, readUpTo, cancel } = statementsOf(session);
  const transaction = transactionOf(send);
  const { run, started, begin, commit, rollback } = transaction;
  const only = session.readOnly ? readingOnly(transaction) : run;
  return {
    execute: async (text, parameters) => ({ changes: (await only(text, parameters)).count ?? 0 }),
    query: async (text, parameters = [], most) => {
      if (most === undefined || session.readOnly || !givesRows.test(text)) return [...(await only(text, parameters))];
      await started();
      return readUpTo(most, text, parameters);
    },
    ...(!session.readOnly && {
      executeAhead: (text: string): Promise<void> => {
        // Here and not when it is sent: what follows must not be sent when this is not.
        check(text);
        return transaction.ahead(text);
      },
      commitAhead: transaction.commitAhead,
      transactions: transaction.several,
    }),
    begin,
    commit,
    rollback,
    pooled,
    // What only reads through a pooler is wrapped in transactions, one after the other.
    ...(!session.readOnly && { pipelines: true }),
    sharesSessions: once(async () => pooled && withAnother(again, (ask) => sharesSessions(askOf(sql), ask))),
    cancel,
    obstacle: async () => obstacleIn((await run(session.restrained ? whetherReadOnlyAnyway : whetherReadOnly))[0]),
    ...versionIn(sql.parameters),
    // postgres.js waits the whole time for the farewell of a server that is gone.
    close: () => sql.end({ timeout: session.lost() ? 0 : 5 }),
    serverVersion: async () => String((await run("SHOW server_version"))[0]?.["server_version"]),
  };
}

interface Statements {
  /** Throws ToolError for a text that cannot be sent. */
  check(text: string): void;
  readonly send: Send;
  /** The rows of one statement, until there are enough; the server stops there, too. */
  readUpTo(most: number, text: string, parameters: readonly Value[]): Promise<readonly Row[]>;
  cancel(): Promise<void>;
}

interface Cancellable {
  cancel(): unknown;
}

function statementsOf({ sql, place, lost, waiting }: Session): Statements {
  const working = new Set<Cancellable>();
  let cancelled: Promise<unknown> | undefined;
  const settled = async <T>(query: Cancellable, work: PromiseLike<T>, text: string, lead = 0): Promise<T> => {
    working.add(query);
    try {
      return await untilTheEnd(waiting, work);
    } catch (error) {
      // A request to cancel that is still on its way would hit the statement after this one.
      await cancelled;
      throw statementFailure(error, text, place, lead);
    } finally {
      working.delete(query);
    }
  };
  const check = (text: string): void => {
    if (lost()) throw statementFailure({ code: "CONNECTION_CLOSED" }, text, place);
    // The protocol ends a text at its first zero byte: the rest would be left out without a word.
    if (text.includes("\0"))
      throw new ToolError("database", "the SQL contains the NUL character, which PostgreSQL cannot read", {
        sql: text,
      });
  };
  return {
    check,
    send: async (text, parameters, before = "") => {
      check(text);
      const simple = parameters.length === 0;
      const query = simple ? sql.unsafe(before + text).simple() : sql.unsafe(text, [...parameters] as never[]);
      const result = await settled(query, query, text, before.length);
      if (Array.isArray(result)) return result;
      endCopy(result);
      throw new ToolError(
        "database",
        "COPY … FROM STDIN or TO STDOUT needs a client that sends or takes data; use INSERT, or COPY with a file of the server",
        { sql: text },
      );
    },
    readUpTo: async (most, text, parameters) => {
      check(text);
      const rows: Row[] = [];
      const query = sql.unsafe(text, [...parameters] as never[]);
      await settled(query, collect(query.cursor(1000), rows, most), text);
      return rows.slice(0, most);
    },
    cancel: async () => {
      const [first] = working;
      cancelled = Promise.resolve(first?.cancel()).catch(() => undefined);
      await cancelled;
    },
  };
}

async function collect(parts: AsyncIterable<readonly Row[]>, rows: Row[], most: number): Promise<void> {
  for await (const part of parts) {
    rows.push(...part);
    if (rows.length >= most) return;
  }
}

/** Of what SHOW and its kind give, postgres.js loses the rows when it is asked to read them part by part. */
const givesRows = /^[\s(]*(?:select|values|with|table|insert|update|delete|merge)\b/i;

const askOf =
  (sql: Client): Ask =>
  (text) =>
    sql.unsafe(text).simple();

/** Asks the first time only. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}

/** What `work` finds on a second connection; `false` where there is none to be had. */
async function withAnother(again: () => Promise<Session>, work: (ask: Ask) => Promise<boolean>): Promise<boolean> {
  const other = await again().catch(() => undefined);
  return other ? work(askOf(other.sql)).finally(() => other.sql.end({ timeout: 1 })) : false;
}

/** A stream in place of rows: the statement is a COPY that waits for data. Destroying it tells the server, which answers with an error. */
function endCopy(stream: unknown): void {
  const { on, destroy } = stream as NodeJS.WritableStream & { destroy(error: Error): void };
  on.call(stream, "error", () => undefined);
  destroy.call(stream, new Error("no data"));
}

/** Whether this is one of the servers that `target_session_attrs` asks for; `prefer-standby` takes what it can get. */
async function wanted({ sql }: Session, { session }: PostgresTarget): Promise<boolean> {
  if (session === "any" || session === "prefer-standby") return true;
  const [row] = await sql.unsafe(
    "SELECT pg_is_in_recovery() AS standby, current_setting('transaction_read_only') = 'on' AS read_only",
  );
  if (session === "primary" || session === "standby") return row?.["standby"] === (session === "standby");
  return row?.["read_only"] === (session === "read-only");
}

function placeOf(target: PostgresTarget, givenHost: string | undefined, port: number): Place {
  const { PGHOST, PGUSER, PGDATABASE } = process.env;
  const host = givenHost ?? PGHOST ?? "localhost";
  const user = target.user ?? PGUSER;
  const database = target.database ?? PGDATABASE;
  const socket = host.startsWith("/") ? join(host, `.s.PGSQL.${port}`) : undefined;
  return {
    host,
    port,
    name: socket ?? `${host}:${port}`,
    ...(socket && { socket }),
    ...(user && { user }),
    ...(database && { database }),
  };
}

const addressOf = ({ socket, host, port }: Place) =>
  socket ? { path: socket, host: "localhost", port } : { host: [host], port: [port] };

/** What libpq does in each mode; `require` with a certificate authority verifies it, as `verify-ca` does. */
function tlsOf({ ssl, sslFiles }: PostgresTarget): false | "prefer" | TlsOptions {
  const files = {
    ...(sslFiles.root !== undefined && sslFiles.root !== "system" && { ca: readPem(sslFiles.root, "sslrootcert") }),
    ...(sslFiles.cert !== undefined && { cert: readPem(sslFiles.cert, "sslcert") }),
    ...(sslFiles.key !== undefined && { key: readPem(sslFiles.key, "sslkey") }),
    ...(sslFiles.passphrase !== undefined && { passphrase: sslFiles.passphrase }),
  };
  if (ssl === "disable") return false;
  if (ssl === "allow" || ssl === "prefer") return "prefer";
  if (ssl === "verify-full") return { ...files, rejectUnauthorized: true };
  const verified = ssl === "verify-ca" || sslFiles.root !== undefined;
  return { ...files, rejectUnauthorized: verified, checkServerIdentity: () => undefined };
}

function readPem(path: string, parameter: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new ToolError(
      "url",
      `the file "${path}" that ${parameter} of the PostgreSQL URL names cannot be read`,
      { path, parameter },
      { cause },
    );
  }
}
