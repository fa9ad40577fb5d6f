import { readFileSync } from "node:fs";
import { Connection, type ConnectionConfiguration, Request, TYPES } from "tedious";
import type { Row, Value } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import { splitScript } from "../../core/sql-files/split.ts";
import type { ConnectOptions, Driver, OpenDriver } from "../../runtime/driver.ts";
import { connectFailure, type Failure, type Place, statementFailure } from "./failure.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { parseSqlserverUrl, type SqlserverTarget } from "./url.ts";
import { boundValue, plainValue, type ResultColumn, withNulls } from "./values.ts";

/** SQL Server by tedious, on one connection that is never replaced: a lock and a transaction belong to it. */
const open: OpenDriver = async (url, options = {}) => {
  const target = parseSqlserverUrl(url);
  const place = placeOf(target);
  const session = await connect(target, place, options);
  return driverOf(session, options);
};

export default open;

interface Session {
  readonly connection: Connection;
  readonly place: Place;
  readonly lost: () => boolean;
}

async function connect(target: SqlserverTarget, place: Place, options: ConnectOptions): Promise<Session> {
  const connection = new Connection(configuration(target, options));
  if (target.encrypt !== "optional") refuseClearText(connection);
  let lost = false;
  let said: Failure | undefined;
  connection.on("errorMessage", (message: unknown) => {
    said ??= message as Failure;
  });
  connection.on("end", () => {
    lost = true;
  });
  // What happens to a connection that nobody uses at the moment is told by the next statement.
  connection.on("error", () => {
    lost = true;
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  connection.connect((error) => (error ? reject(connectFailure(error, place, said)) : resolve()));
  await promise;
  if (options.onNotice) passNotices(connection, options.onNotice);
  return { connection, place, lost: () => lost };
}

/** Of another database or language, and of new names, nobody has to hear. */
function passNotices(connection: Connection, onNotice: (message: string) => void): void {
  const usual = new Set([5701, 5703, 15477]);
  connection.on("infoMessage", (message: unknown) => {
    const { number, message: text } = message as Failure;
    if (text && !usual.has(number ?? 0)) onNotice(text);
  });
}

/** tedious goes on without TLS where the server has none, whatever it was told. */
function refuseClearText(connection: Connection): void {
  type Negotiation = (payload: { readonly encryptionString?: string }, signal: AbortSignal) => Promise<void>;
  const negotiating = connection as unknown as { performTlsNegotiation: Negotiation };
  const negotiate = negotiating.performTlsNegotiation.bind(connection);
  negotiating.performTlsNegotiation = (payload, signal) =>
    payload.encryptionString === "NOT_SUP" || payload.encryptionString === "OFF"
      ? Promise.reject(Object.assign(new Error("the server does not offer TLS"), { code: "EPLAIN" }))
      : negotiate(payload, signal);
}

function configuration(target: SqlserverTarget, options: ConnectOptions): ConnectionConfiguration {
  const { host, port, instance, database, encrypt, application, certificateHost, ca } = target;
  return {
    server: host,
    authentication: authenticationOf(target),
    options: {
      ...(instance !== undefined && port === undefined ? { instanceName: instance } : { port: port ?? 1433 }),
      ...(database !== undefined && { database }),
      // To a database that is not the one that was named, nothing is to be done.
      fallbackToDefaultDb: false,
      encrypt: encrypt === "strict" ? "strict" : encrypt === "mandatory",
      trustServerCertificate: target.trustsAny,
      ...(certificateHost !== undefined && { serverName: certificateHost }),
      ...(ca !== undefined && { cryptoCredentialsDetails: { ca: readPem(ca) } }),
      connectTimeout: options.connectTimeoutMs ?? target.connectTimeoutMs ?? 30_000,
      // A statement may take as long as it takes.
      requestTimeout: 0,
      maxRetriesOnTransientErrors: 0,
      appName: application,
      readOnlyIntent: target.reads,
      abortTransactionOnError: true,
      useUTC: true,
      lowerCaseGuids: true,
    },
  };
}

function authenticationOf({
  user,
  password,
  domain,
  authentication,
}: SqlserverTarget): NonNullable<ConnectionConfiguration["authentication"]> {
  if (authentication === "token") return { type: "azure-active-directory-access-token", options: { token: password } };
  if (authentication === "azure") return { type: "azure-active-directory-default", options: {} };
  return domain === undefined
    ? { type: "default", options: { userName: user, password } }
    : { type: "ntlm", options: { userName: user, password, domain } };
}

interface Answer {
  readonly rows: readonly Row[];
  readonly changes: number;
}

function driverOf(session: Session, options: ConnectOptions): Driver {
  const { connection, place } = session;
  let last: Promise<unknown> = Promise.resolve();
  /** One statement at a time is all that a connection can do. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const run = (sql: string, parameters: readonly Value[] = []): Promise<Answer> =>
    inTurn(async () => {
      if (session.lost()) throw statementFailure({ code: "ECLOSE", message: "it was closed" }, sql, place);
      if (options.readOnly) refuseWriting(sql);
      const batches = parameters.length === 0 ? splitScript(sql, scriptSyntax) : [{ text: sql, offset: 0 }];
      let answer: Answer = { rows: [], changes: 0 };
      for (const batch of batches)
        answer = await send(connection, batch.text, parameters).catch((error: unknown) => {
          throw error instanceof ToolError ? error : statementFailure(error, sql, place, batch);
        });
      return answer;
    });
  return {
    execute: async (sql, parameters) => ({ changes: (await run(sql, parameters)).changes }),
    query: async (sql, parameters) => (await run(sql, parameters)).rows,
    begin: async (sql) => void (await run(sql)),
    commit: async () => void (await run("COMMIT TRANSACTION")),
    // What fails has ended the transaction already.
    rollback: async () => void (await run("IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION")),
    inTransaction: () => connection.inTransaction,
    cancel: () => {
      connection.cancel();
      return Promise.resolve();
    },
    obstacle: async () => {
      const { rows } = await run(
        "SELECT CONVERT(NVARCHAR(20), DATABASEPROPERTYEX(DB_NAME(), 'Updateability')) AS state",
      );
      return rows[0]?.["state"] === "READ_ONLY"
        ? "the database is read-only, as copies of others are; connect to the primary, or ALTER DATABASE … SET READ_WRITE"
        : undefined;
    },
    close: () => closed(connection, session.lost()),
    serverVersion: async () =>
      String(
        (await run("SELECT CONVERT(NVARCHAR(128), SERVERPROPERTY('ProductVersion')) AS version")).rows[0]?.["version"],
      ),
  };
}

/** Without parameters as a batch, so that what it sets holds for the session; the rows of a batch are those of its last result. */
function send(connection: Connection, sql: string, parameters: readonly Value[]): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  let rows: Row[] = [];
  let broken: unknown;
  const request = new Request(withNulls(sql, parameters), (error, count) => {
    if (error ?? broken) reject(error ?? broken);
    else resolve({ rows, changes: count ?? 0 });
  });
  request.on("columnMetadata", () => {
    rows = [];
  });
  request.on("row", (columns: readonly { readonly value: unknown; readonly metadata: ResultColumn }[]) => {
    try {
      rows.push(
        Object.fromEntries(columns.map(({ value, metadata }) => [metadata.colName, plainValue(value, metadata)])),
      );
    } catch (error) {
      broken ??= error;
    }
  });
  try {
    parameters.forEach((parameter, i) => {
      if (parameter === null) return;
      const { type, value } = boundValue(parameter);
      request.addParameter(`p${i + 1}`, TYPES[type], value);
    });
    if (parameters.length === 0) connection.execSqlBatch(request);
    else connection.execSql(request);
  } catch (error) {
    reject(error);
  }
  return promise;
}

/** No session of SQL Server can be told to write nothing. */
function refuseWriting(sql: string): void {
  const word = /^\s*(INSERT|UPDATE|DELETE|MERGE|CREATE|ALTER|DROP|TRUNCATE|GRANT|REVOKE|DENY)\b/i.exec(sql)?.[1];
  if (word === undefined) return;
  throw new ToolError("database", `${word.toUpperCase()} is refused: this connection is for reading only`, {
    sql,
    code: "3906",
  });
}

function closed(connection: Connection, isLost: boolean): Promise<void> {
  if (isLost) {
    connection.close();
    return Promise.resolve();
  }
  const { promise, resolve } = Promise.withResolvers<void>();
  connection.once("end", () => resolve());
  connection.close();
  return promise;
}

const placeOf = ({ host, port, instance, user, database }: SqlserverTarget): Place => ({
  name: instance !== undefined && port === undefined ? `${host}\\${instance}` : `${host}:${port ?? 1433}`,
  host,
  user,
  ...(database !== undefined && { database }),
});

function readPem(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new ToolError(
      "url",
      `the file "${path}" that ca of the SQL Server URL names cannot be read`,
      { path },
      { cause },
    );
  }
}
