import { type HttpClient, type HttpStream, openHttp } from "@libsql/hrana-client";
import type { Value } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import { splitScript } from "../../core/sql-files/split.ts";
import type { Batch, BatchOutcome, Driver } from "../../runtime/driver.ts";
import { isForgotten, obstacleOf, type Place, requestFailure, statementFailure } from "./failure.ts";
import { boundStatement, type Found, foundOf } from "./results.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { runSequence, type Sequence, type SequenceOutcome } from "./sequence.ts";
import { parseLibsqlUrl, type RemoteTarget } from "./url.ts";

export interface LibsqlOptions {
  /** `libsql://host`, `https://host`, or for a server without TLS `http://host:port`; each may have `?authToken=`. */
  readonly url: string;
  /** Goes before the one of the URL. */
  readonly authToken?: string;
  /** In place of the runtime's own. */
  readonly fetch?: (request: Request, init?: RequestInit) => Promise<Response>;
  /** How long the server may take for the first answer, in milliseconds; default 15 seconds. */
  readonly connectTimeoutMs?: number;
  /** Nothing is to be written: a token that lets nobody write will do. */
  readonly readOnly?: boolean;
}

/**
 * Opens a database of a libSQL server over HTTP; all it needs of a runtime is `fetch`. One stream of the server is the connection. Rejects with
 * ToolError `url`, or `connect` where the server is out of reach or does not accept the token.
 */
export async function openLibsql(options: LibsqlOptions): Promise<Driver> {
  const target = parseLibsqlUrl(options.url);
  if (target.kind === "file")
    throw new ToolError("url", "this URL names a file, which cannot be opened over HTTP; write libsql://host");
  const session = openSession(target, options);
  const driver = driverOf(session);
  try {
    await session.within(options.connectTimeoutMs ?? defaultConnectTimeoutMs, () => driver.serverVersion());
  } catch (error) {
    await session.close();
    throw asConnectFailure(error, target.name);
  }
  return driver;
}

const defaultConnectTimeoutMs = 15_000;

/** What the server said to the very first statement is about the connection. */
function asConnectFailure(error: unknown, server: string): unknown {
  if (!(error instanceof ToolError) || error.code === "connect") return error;
  return new ToolError("connect", `${server} cannot be used: ${error.message}`, { server }, { cause: error });
}

/** The stream of the moment, and whether a transaction is open in it. */
interface Session {
  readonly server: string;
  readonly token: string | undefined;
  inTransaction: boolean;
  /** How many are under way. */
  batches: number;
  /** Runs `work` on the stream; on a new one where the server has forgotten it and nothing was open in it. */
  use<T>(place: Pick<Place, "sql" | "statement" | "offset">, work: (stream: HttpStream) => Promise<T>): Promise<T>;
  /** Requests that `work` makes have to be answered within this time. */
  within<T>(milliseconds: number, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

function openSession({ base, name, authToken }: RemoteTarget, options: LibsqlOptions): Session {
  const requests = trackedFetch(options.fetch ?? ((request, init) => fetch(request, init)));
  const token = options.authToken ?? authToken;
  const client = openHttp(base, token, requests.fetch as typeof fetch);
  client.intMode = "bigint";
  let stream: HttpStream | undefined;
  const session: Session = {
    server: name,
    token,
    inTransaction: false,
    batches: 0,
    use: async (about, work) => {
      const place: Place = { ...about, server: name, token, inTransaction: session.inTransaction };
      for (let attempt = 0; ; attempt++) {
        if (stream?.closed && session.inTransaction) throw requestFailure(lostEarlier, name, place);
        if (!stream || stream.closed) stream = openStream(client, options);
        try {
          return await work(stream);
        } catch (error) {
          if (!isForgotten(error) || session.inTransaction || attempt > 0) throw statementFailure(error, place);
          stream.close();
        }
      }
    },
    within: requests.within,
    close: async () => {
      stream?.close();
      await requests.settled();
      client.close();
    },
  };
  return session;
}

const lostEarlier = { name: "Error", message: "it broke before this statement" };

/** Goes out with the first statement, in one request: what a session begins with is for the server's operator to say. It counts as writing. */
function openStream(client: HttpClient, { readOnly }: LibsqlOptions): HttpStream {
  const stream = client.openStream();
  if (readOnly) return stream;
  // What is wrong with the connection is said by the statement that comes with it.
  stream.run("PRAGMA foreign_keys = ON").catch(() => undefined);
  return stream;
}

/** Knows which requests are under way: the library does not say when the one is done that closes a stream. */
function trackedFetch(send: NonNullable<LibsqlOptions["fetch"]>) {
  const pending = new Set<Promise<unknown>>();
  let signal: AbortSignal | undefined;
  return {
    fetch: (request: Request): Promise<Response> => {
      // Bun gives up a request after five minutes, which a statement may well take.
      const init = { timeout: false, ...(signal && { signal }) };
      const answer = send(request, init as RequestInit);
      pending.add(answer);
      const forget = (): unknown => pending.delete(answer);
      answer.then(forget, forget);
      return answer;
    },
    within: async <T>(milliseconds: number, work: () => Promise<T>): Promise<T> => {
      signal = AbortSignal.timeout(milliseconds);
      return work().finally(() => {
        signal = undefined;
      });
    },
    settled: async (): Promise<void> => {
      // The library sends it in a microtask.
      await Promise.resolve();
      await Promise.resolve();
      await Promise.allSettled(pending);
    },
  };
}

function driverOf(session: Session): Driver {
  const one = (sql: string, parameters: readonly Value[] = []): Promise<Found> =>
    session.use(placeOf(sql), async (stream) => foundOf(await stream.query(boundStatement(sql, parameters))));
  return {
    execute: async (sql, parameters = []) => ({
      changes: parameters.length > 0 ? (await one(sql, parameters)).changes : await runScript(session, sql),
    }),
    query: async (sql, parameters) => (await one(sql, parameters)).rows,
    begin: async (sql) => {
      await one(sql);
      session.inTransaction = true;
    },
    commit: async () => {
      await one("COMMIT").catch((error: unknown) => Promise.reject(uncertain(error)));
      session.inTransaction = false;
    },
    rollback: async () => {
      if (!session.inTransaction) return;
      // Where the stream is gone, or the server has ended the transaction itself, nothing is left to undo.
      await one("ROLLBACK").catch(() => undefined);
      session.inTransaction = false;
    },
    batch: (batch) => runBatch(session, batch),
    interactive: true,
    get holdsWriteLock() {
      return session.inTransaction || session.batches > 0;
    },
    obstacle: async () => obstacleOf(session.token),
    close: () => session.close(),
    serverVersion: async () => String((await one("SELECT sqlite_version() AS version")).rows[0]?.["version"]),
  };
}

const placeOf = (sql: string, statement = { text: sql, offset: 0 }) => ({
  sql,
  statement: statement.text,
  offset: statement.offset,
});

/** Runs all statements of a text in one request; what follows one that fails is left out. */
async function runScript(session: Session, sql: string): Promise<number> {
  const statements = splitScript(sql, scriptSyntax);
  if (statements.length === 0) return 0;
  const { inTransaction } = session;
  const sequence = {
    statements: statements.map(({ text }) => text),
    // A text that opens a transaction and fails in it must not leave it open: what is executed next would belong to it.
    ...(!inTransaction && statements.length > 1 && { undo: "ROLLBACK" }),
  };
  const { results, failed } = await session.use(placeOf(sql), (stream) => sequenceOn(stream, sequence));
  if (failed) {
    const place = placeOf(sql, statements[failed.index]);
    throw statementFailure(failed.error, { ...place, server: session.server, inTransaction });
  }
  return results.reduce((sum, { changes }) => sum + changes, 0);
}

async function runBatch(session: Session, { before, begin, statements, after }: Batch): Promise<BatchOutcome> {
  const lead = [...before, begin];
  const bound = statements.map(({ sql, parameters = [] }) => boundStatement(sql, parameters));
  const sequence = { statements: [...lead, ...bound, "COMMIT"], undo: "ROLLBACK", after };
  session.batches++;
  const { results, failed } = await session
    .use(placeOf(begin), (stream) => sequenceOn(stream, sequence))
    .catch((error: unknown) => Promise.reject(uncertain(error)))
    .finally(() => session.batches--);
  const own = results.slice(lead.length, lead.length + statements.length);
  if (!failed) return { results: own };
  const sql = statements[failed.index - lead.length]?.sql ?? begin;
  const error = statementFailure(failed.error, { ...placeOf(sql), server: session.server, inTransaction: true });
  return { results: own, failed: { index: failed.index - lead.length, error } };
}

/** A session that the server has forgotten shows in the request as a whole, or in its first statement. */
async function sequenceOn(stream: HttpStream, sequence: Sequence): Promise<SequenceOutcome> {
  const outcome = await runSequence(stream, sequence);
  if (outcome.failed?.index === 0 && isForgotten(outcome.failed.error)) throw outcome.failed.error;
  return outcome;
}

function uncertain(error: unknown): unknown {
  if (!(error instanceof ToolError) || error.code !== "connect" || error.data["status"] !== undefined) return error;
  return new ToolError(
    "connect",
    `${error.message}; whether the commit arrived is not known: see where things stand with \`godwit migrate status\``,
    error.data,
    { cause: error },
  );
}
