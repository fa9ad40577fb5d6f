import { readFileSync } from "node:fs";
import { anyUnpack } from "@bufbuild/protobuf/wkt";
import { credentials } from "@grpc/grpc-js";
import { AuthServiceDefinition, LoginResultSchema } from "@ydbjs/api/auth";
import { type Operation, StatusIds_StatusCode } from "@ydbjs/api/operation";
import { ExecMode, type ExecuteQueryRequest, QueryServiceDefinition, StatsMode, Syntax } from "@ydbjs/api/query";
import { SchemeServiceDefinition } from "@ydbjs/api/scheme";
import { TableServiceDefinition } from "@ydbjs/api/table";
import { type CallOptions, type Channel, type Client, createChannel, createClientFactory, Metadata } from "nice-grpc";
import type { Row, Value } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import type { ConnectOptions } from "../../runtime/driver.ts";
import { type Issue, Refused } from "./failure.ts";
import { bind } from "./parameters.ts";
import { parameterOf, plainValue } from "./results.ts";
import type { YdbTarget } from "./url.ts";

/** A session of YDB over one connection of gRPC: https://ydb.tech/docs/en/reference/ydb-sdk/overview-grpc-api */
export interface Session {
  readonly scheme: Client<typeof SchemeServiceDefinition>;
  readonly tables: Client<typeof TableServiceDefinition>;
  /** Rejects with Refused, or with what gRPC says. */
  run(sql: string, values: readonly Value[], call: RunOptions): Promise<Answer>;
  /** The id of a new transaction. */
  begin(readOnly: boolean): Promise<string>;
  commit(transaction: string): Promise<void>;
  rollback(transaction: string): Promise<void>;
  /** Whether the server has ended it. */
  isLost(): boolean;
  close(): Promise<void>;
}

export interface RunOptions {
  readonly transaction?: string | undefined;
  readonly signal: AbortSignal;
  readonly onNotice?: ((message: string) => void) | undefined;
}

export interface Answer {
  /** Of the last result. */
  readonly rows: readonly Row[];
  readonly changes: number;
}

/** Connects, logs in where the URL says who, and opens a session. Rejects with Refused, or with what gRPC says. */
export async function openSession(target: YdbTarget, options: ConnectOptions): Promise<Session> {
  const channel = channelTo(target);
  const giveUp = AbortSignal.timeout(options.connectTimeoutMs ?? target.connectTimeoutMs ?? 30_000);
  try {
    const ticket = await ticketFor(target, channel, giveUp);
    const clients = clientsOn(channel, target, ticket);
    const { query } = clients;
    const { status, issues, sessionId } = await query.createSession({}, { signal: giveUp });
    refuse(status, issues);
    const attachment = await attach(query, sessionId, giveUp);
    return sessionOf({ ...clients, sessionId, channel, attachment });
  } catch (error) {
    channel.close();
    throw error;
  }
}

function channelTo({ host, port, tls, ca, serverName }: YdbTarget): Channel {
  const address = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  return createChannel(
    address,
    tls ? credentials.createSsl(ca === undefined ? undefined : readCa(ca)) : credentials.createInsecure(),
    {
      // DDL may take hours, and what is between here and the server forgets connections that say nothing.
      "grpc.keepalive_time_ms": 30_000,
      "grpc.keepalive_timeout_ms": 20_000,
      "grpc.keepalive_permit_without_calls": 1,
      "grpc.max_receive_message_length": 64 * 1024 * 1024,
      "grpc.max_send_message_length": 64 * 1024 * 1024,
      ...(serverName !== undefined && { "grpc.ssl_target_name_override": serverName }),
    },
  );
}

function readCa(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new ToolError(
      "url",
      `the file "${path}", which the YDB URL names as ca, cannot be read`,
      { path },
      { cause: error },
    );
  }
}

/** How it is asked who somebody is: by a token, which YDB's own tools take from the environment, too, or by a login, whose token lasts for hours. */
async function ticketFor(
  target: YdbTarget,
  channel: Channel,
  signal: AbortSignal,
): Promise<() => Promise<string | undefined>> {
  const { user, password = "", database } = target;
  const token = target.token ?? (user === undefined ? tokenOfEnvironment() : undefined);
  if (user === undefined || token !== undefined) return () => Promise.resolve(token);
  const auth = createClientFactory().create(AuthServiceDefinition, channel);
  const login = async (until?: AbortSignal): Promise<string> => {
    const metadata = Metadata({ "x-ydb-database": database });
    const { operation } = await auth.login({ user, password }, { metadata, ...(until && { signal: until }) });
    return resultOf(operation, (any) => anyUnpack(any, LoginResultSchema)).token;
  };
  let [current, renewAt] = [await login(signal), Date.now() + renewAfterMs];
  return async () => {
    if (Date.now() > renewAt) [current, renewAt] = [await login(), Date.now() + renewAfterMs];
    return current;
  };
}

const renewAfterMs = 3_600_000;

const tokenOfEnvironment = (): string | undefined =>
  process.env["YDB_ACCESS_TOKEN_CREDENTIALS"] || process.env["YDB_TOKEN"] || undefined;

type Clients = ReturnType<typeof clientsOn>;

function clientsOn(channel: Channel, { database }: YdbTarget, ticket: () => Promise<string | undefined>) {
  const factory = createClientFactory().use(async function* named(call, options: CallOptions) {
    const metadata = Metadata(options.metadata).set("x-ydb-database", database).set("x-ydb-application-name", "godwit");
    const token = await ticket();
    return yield* call.next(call.request, {
      ...options,
      metadata: token === undefined ? metadata : metadata.set("x-ydb-auth-ticket", token),
    });
  });
  return {
    query: factory.create(QueryServiceDefinition, channel),
    scheme: factory.create(SchemeServiceDefinition, channel),
    tables: factory.create(TableServiceDefinition, channel),
  };
}

interface Attachment {
  readonly isLost: () => boolean;
  end(): void;
}

/** A session lives as long as somebody listens to its state. */
async function attach(query: Clients["query"], sessionId: string, giveUp: AbortSignal): Promise<Attachment> {
  const stop = new AbortController();
  const states = query.attachSession({ sessionId }, { signal: stop.signal })[Symbol.asyncIterator]();
  let lost = false;
  giveUp.addEventListener("abort", onTimeout);
  try {
    const first = await states.next();
    if (!first.done) refuse(first.value.status, first.value.issues);
  } finally {
    giveUp.removeEventListener("abort", onTimeout);
  }
  const listen = async (): Promise<void> => {
    for (let state = await states.next(); !state.done; state = await states.next())
      if (state.value.status !== StatusIds_StatusCode.SUCCESS) break;
  };
  listen()
    .catch(() => undefined)
    .finally(() => {
      lost = true;
    });
  return { isLost: () => lost, end: () => stop.abort() };

  function onTimeout(): void {
    stop.abort(giveUp.reason);
  }
}

interface Opened extends Clients {
  readonly sessionId: string;
  readonly channel: Channel;
  readonly attachment: Attachment;
}

function sessionOf({ query, scheme, tables, sessionId, channel, attachment }: Opened): Session {
  const ended = async (
    request: Promise<{ readonly status: StatusIds_StatusCode; readonly issues: readonly IssueLike[] }>,
  ) => {
    const { status, issues } = await request;
    refuse(status, issues);
  };
  return {
    scheme,
    tables,
    run: (sql, values, call) => execute(query, requestOf(sessionId, sql, values, call.transaction), call),
    begin: async (readOnly) => {
      const txMode = readOnly
        ? ({ case: "snapshotReadOnly", value: {} } as const)
        : ({ case: "serializableReadWrite", value: {} } as const);
      const { status, issues, txMeta } = await query.beginTransaction({ sessionId, txSettings: { txMode } });
      refuse(status, issues);
      return txMeta?.id ?? "";
    },
    commit: (txId) => ended(query.commitTransaction({ sessionId, txId })),
    rollback: (txId) => ended(query.rollbackTransaction({ sessionId, txId })),
    isLost: attachment.isLost,
    close: async () => {
      const within = AbortSignal.timeout(2000);
      if (!attachment.isLost()) await query.deleteSession({ sessionId }, { signal: within }).catch(() => undefined);
      attachment.end();
      channel.close();
    },
  };
}

type Request = Parameters<Clients["query"]["executeQuery"]>[0];

function requestOf(sessionId: string, sql: string, values: readonly Value[], transaction: string | undefined): Request {
  const bound = bind(sql, values);
  const parameters = Object.entries(bound.parameters).map(([name, value]) => [name, parameterOf(value)] as const);
  return {
    sessionId,
    execMode: ExecMode.EXECUTE,
    query: { case: "queryContent", value: { syntax: Syntax.YQL_V1, text: bound.sql } },
    parameters: Object.fromEntries(parameters) as ExecuteQueryRequest["parameters"],
    statsMode: StatsMode.BASIC,
    // Without it, the server decides: https://ydb.tech/docs/en/concepts/transactions#implicit
    ...(transaction !== undefined && { txControl: { txSelector: { case: "txId", value: transaction } } }),
  };
}

async function execute(query: Clients["query"], request: Request, { signal, onNotice }: RunOptions): Promise<Answer> {
  let [last, columns, rows, changes] = [-1n, [] as readonly ColumnLike[], [] as Row[], 0];
  for await (const part of query.executeQuery(request, { signal })) {
    refuse(part.status, part.issues);
    for (const issue of part.issues) onNotice?.(issue.message);
    for (const { tableAccess } of part.execStats?.queryPhases ?? [])
      for (const { name, updates, deletes } of tableAccess)
        if (!name.endsWith("indexImplTable")) changes += Number(updates?.rows ?? 0n) + Number(deletes?.rows ?? 0n);
    if (!part.resultSet) continue;
    if (part.resultSetIndex !== last) [last, columns, rows] = [part.resultSetIndex, part.resultSet.columns, []];
    if (part.resultSet.columns.length > 0) columns = part.resultSet.columns;
    const found = columns;
    rows.push(
      ...part.resultSet.rows.map(({ items }) =>
        Object.fromEntries(found.map(({ name, type }, i) => [name, plainValue(items[i], type)])),
      ),
    );
  }
  return { rows, changes };
}

type ColumnLike = { readonly name: string; readonly type?: Parameters<typeof plainValue>[1] };

/** What the generated code has of an issue. */
interface IssueLike {
  readonly message: string;
  readonly position?: { readonly row: number; readonly column: number };
  readonly issues: readonly IssueLike[];
}

const issueOf = ({ message, position, issues }: IssueLike): Issue => ({
  message,
  position: position && { row: position.row, column: position.column },
  issues: issues.map(issueOf),
});

/** Throws Refused unless the status is SUCCESS. */
export function refuse(status: StatusIds_StatusCode, issues: readonly IssueLike[]): void {
  if (status === StatusIds_StatusCode.SUCCESS) return;
  throw new Refused({ status: StatusIds_StatusCode[status] ?? String(status), issues: issues.map(issueOf) });
}

/** The result of an operation that is done when the answer comes. Throws Refused. */
export function resultOf<T>(
  operation: Operation | undefined,
  unpack: (any: NonNullable<Operation["result"]>) => T | undefined,
): T {
  if (!operation)
    throw new Refused({ status: "INTERNAL_ERROR", issues: [{ message: "the answer is empty", issues: [] }] });
  refuse(operation.status, operation.issues);
  const result = operation.result && unpack(operation.result);
  if (result === undefined)
    throw new Refused({ status: "INTERNAL_ERROR", issues: [{ message: "the answer has no result", issues: [] }] });
  return result;
}
