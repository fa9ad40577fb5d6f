import { createClient } from "@clickhouse/client-web";
import type { Row, Value } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import { splitScript } from "../../core/sql-files/split.ts";
import type { ConnectOptions, Driver } from "../../runtime/driver.ts";
import { connectFailure, statementFailure } from "./failure.ts";
import { bind } from "./parameters.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { type ClickhouseTarget, parseClickhouseUrl } from "./url.ts";
import { resultFormat, rowsOf } from "./values.ts";

export interface ClickhouseOptions extends ConnectOptions {
  /** `clickhouse://user:password@host:port/database?secure=1`, or the same with `https:`. */
  readonly url: string;
  /** In the place of those in the URL. */
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** In the place of the runtime's own. */
  readonly fetch?: Fetch;
}

/** The part of `fetch` that counts here. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * ClickHouse over HTTP, with nothing but `fetch`: for servers, and for runtimes that have no sockets. Statements go one after the other in
 * a session of the server, so that what one of them sets holds for the next. Rejects with ToolError `url` or `connect`.
 */
export async function openClickhouse(options: ClickhouseOptions): Promise<Driver> {
  const parsed = parseClickhouseUrl(options.url);
  const { user = parsed.user, password = parsed.password, database = parsed.database } = options;
  const target = { ...parsed, user, password, database };
  const wire = wireOf(target, options);
  try {
    const version = await greet(wire, options.connectTimeoutMs ?? target.connectTimeoutMs ?? 30_000);
    return driverOf(wire, target, version);
  } catch (error) {
    throw connectFailure(error, target);
  }
}

interface Answer {
  readonly rows: () => readonly Row[];
  readonly changes: number;
}

interface Wire {
  /** By this, the statements of this driver are found among those of the server. */
  readonly tag: string;
  send(sql: string, parameters: readonly Value[], signal?: AbortSignal): Promise<Answer>;
  /** Outside of the session, so while it is busy. */
  aside(sql: string): Promise<void>;
}

/** As long as a timer can be: how long a statement takes is for the server to limit. */
const unlimited = 2 ** 31 - 1;

function wireOf(target: ClickhouseTarget, options: ClickhouseOptions): Wire {
  const tag = `godwit ${crypto.randomUUID()}`;
  const client = createClient({
    url: target.origin,
    username: inLatin1(target.user),
    password: inLatin1(target.password),
    database: target.database,
    request_timeout: unlimited,
    log: { level: OFF },
    ...(options.headers && { http_headers: options.headers }),
    fetch: patient(options.fetch ?? fetch),
  });
  const session = target.session === false ? {} : { session_id: crypto.randomUUID() };
  const settings = { ...common, log_comment: tag, ...(options.readOnly && { readonly: "2" as const }) };
  return {
    tag,
    send: async (sql, values, signal) => {
      const { sql: query, parameters } = bind(sql, values);
      const { stream, response_headers: headers } = await client.exec({
        query,
        query_params: parameters,
        clickhouse_settings: settings,
        ...session,
        ...(signal && { abort_signal: signal }),
      });
      const body = new Uint8Array(await new Response(stream).arrayBuffer());
      return { rows: () => readRows(body, headers, sql), changes: writtenRows(headers) };
    },
    aside: async (query) => {
      const { stream } = await client.exec({ query, clickhouse_settings: { wait_end_of_query: 1 } });
      await new Response(stream).arrayBuffer();
    },
  };
}

/** `ClickHouseLogLevel.OFF`, which is a value of an enum that exists in declarations only. */
const OFF = 127;

/**
 * What holds for every statement: a failure comes in the place of a result and not after the beginning of one; times without a zone are UTC; what
 * changes rows is done when the answer comes; and while a statement runs, headers are sent, so that nothing on the way takes it for dead.
 */
const common = {
  wait_end_of_query: 1,
  default_format: resultFormat,
  session_timezone: "UTC",
  mutations_sync: "1",
  send_progress_in_http_headers: 1,
  http_headers_progress_interval_ms: "20000",
} as const;

/** Bun gives up after five minutes of silence unless told otherwise; other runtimes do not know the word. */
const patient = (send: Fetch): typeof fetch =>
  ((url, init) => send(url, { ...init, keepalive: false, timeout: false } as RequestInit)) as Fetch as typeof fetch;

/** The client makes the header of what it takes for Latin-1; the server reads UTF-8. */
const inLatin1 = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text));

async function greet(wire: Wire, timeoutMs: number): Promise<string> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), timeoutMs);
  try {
    const answer = await wire.send("SELECT version() AS version", [], giveUp.signal);
    return String(answer.rows()[0]?.["version"]);
  } finally {
    clearTimeout(timer);
  }
}

function driverOf(wire: Wire, target: ClickhouseTarget, version: string): Driver {
  let last: Promise<unknown> = Promise.resolve();
  /** The server refuses a statement while another one of its session runs. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const run = (sql: string, parameters: readonly Value[] = []): Promise<Answer> =>
    inTurn(async () => {
      const statements = parameters.length === 0 ? splitScript(sql, scriptSyntax) : [{ text: sql, offset: 0 }];
      let answer: Answer = { rows: () => [], changes: 0 };
      for (const statement of statements)
        answer = await wire.send(statement.text, parameters).catch((error: unknown) => {
          throw error instanceof ToolError ? error : statementFailure(error, sql, target, statement);
        });
      return answer;
    });
  return {
    execute: async (sql, parameters) => ({ changes: (await run(sql, parameters)).changes }),
    query: async (sql, parameters) => (await run(sql, parameters)).rows(),
    // There are no transactions: what is done is done.
    begin: () => Promise.resolve(),
    commit: () => Promise.resolve(),
    rollback: () => Promise.resolve(),
    cancel: () => wire.aside(`KILL QUERY WHERE Settings['log_comment'] = '${wire.tag}' ASYNC`),
    close: () => Promise.resolve(),
    serverVersion: () => Promise.resolve(version),
  };
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

function readRows(body: Uint8Array, headers: Headers, sql: string): readonly Row[] {
  const format = headers["x-clickhouse-format"];
  if (body.length === 0 || format === resultFormat || format === undefined) return rowsOf(body);
  throw new ToolError(
    "database",
    `the query asks for its result in the format "${String(format)}", which is not read here; leave FORMAT out`,
    { sql },
  );
}

/** How many rows an INSERT wrote; of what mutations change nobody says. */
function writtenRows(headers: Headers): number {
  const summary = headers["x-clickhouse-summary"];
  if (typeof summary !== "string") return 0;
  try {
    return Number((JSON.parse(summary) as { written_rows?: string }).written_rows ?? 0);
  } catch {
    return 0;
  }
}
