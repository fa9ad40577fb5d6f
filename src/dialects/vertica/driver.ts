/// <reference path="./vertica-nodejs.d.ts" />
import vertica, { type Client, type Result } from "vertica-nodejs";
import type { Row, Value } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import { splitScript } from "../../core/sql-files/split.ts";
import type { ConnectOptions, Driver, OpenDriver } from "../../runtime/driver.ts";
import { connectFailure, statementFailure } from "./failure.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { parseVerticaUrl, type VerticaTarget } from "./url.ts";
import { boundValue, types } from "./values.ts";

/** Vertica by vertica-nodejs, on one connection that is never replaced: a transaction belongs to it. Times are in UTC. */
const open: OpenDriver = async (url, options = {}) => {
  const target = parseVerticaUrl(url);
  const client = await connect(target, options);
  const driver = driverOf(client, target, options);
  await driver.execute("SET TIME ZONE TO 'UTC'; SET DATESTYLE TO ISO");
  return driver;
};

export default open;

const settingsOf = (target: VerticaTarget, connectTimeoutMs?: number) => ({
  host: target.host,
  port: target.port,
  ...(target.user !== undefined && { user: target.user }),
  ...(target.password !== undefined && { password: target.password }),
  ...(target.database !== undefined && { database: target.database }),
  tls_mode: target.tls,
  ...(target.ca !== undefined && { tls_trusted_certs: target.ca }),
  ...(target.backup !== undefined && { backup_server_node: target.backup }),
  ...(target.workload !== undefined && { workload: target.workload }),
  client_label: target.label,
  connectionTimeoutMillis: connectTimeoutMs ?? target.connectTimeoutMs ?? 30_000,
  types,
});

async function connect(target: VerticaTarget, options: ConnectOptions): Promise<Client> {
  const client = new vertica.Client(settingsOf(target, options.connectTimeoutMs));
  // What happens to a connection that nobody uses at the moment is told by the next statement.
  client.on("error", () => undefined);
  client.on("notice", ({ message }: { readonly message?: string }) => {
    if (message !== undefined && !usual.test(message)) options.onNotice?.(message);
  });
  try {
    await client.connect();
    return client;
  } catch (error) {
    await Promise.race([client.end().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 200))]);
    throw connectFailure(error, target);
  }
}

/** COMMIT and ROLLBACK where nothing is open. */
const usual = /no transaction in progress|there is no transaction/i;

interface Answer {
  readonly rows: readonly Row[];
  readonly changes: number;
}

interface Session {
  /** One statement or several; outside of a transaction, each text is committed. */
  run(sql: string, parameters?: readonly Value[]): Promise<Answer>;
  begin(sql: string): Promise<void>;
  end(sql: "COMMIT" | "ROLLBACK"): Promise<void>;
  readonly isLost: () => boolean;
}

/** A transaction begins by itself with the first statement: https://docs.vertica.com/24.1.x/en/admin/transactions/ */
function sessionOf(client: Client, target: VerticaTarget): Session {
  let [isOpen, isLost, last] = [false, false, Promise.resolve() as Promise<unknown>];
  client.on("end", () => {
    isLost = true;
  });
  /** One statement at a time is all that a connection can do. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const send = async (sql: string, parameters: readonly Value[] = [], offset = 0): Promise<Answer> => {
    if (isLost) throw statementFailure({ message: "Connection terminated" }, sql, target);
    const result = await client.query(sql, parameters.map(boundValue)).catch((error: unknown) => {
      throw statementFailure(error, sql, target, offset);
    });
    return answerIn(result);
  };
  const runAll = async (sql: string, parameters: readonly Value[]): Promise<Answer> => {
    const parts = parameters.length === 0 ? splitScript(sql, scriptSyntax) : [{ text: sql, offset: 0 }];
    let answer: Answer = { rows: [], changes: 0 };
    for (const { text, offset } of parts) answer = await send(text, parameters, offset);
    return answer;
  };
  const committed = async (work: Promise<Answer>): Promise<Answer> => {
    try {
      const answer = await work;
      await send("COMMIT");
      return answer;
    } catch (error) {
      await send("ROLLBACK").catch(() => undefined);
      throw error;
    }
  };
  return {
    run: (sql, parameters = []) =>
      inTurn(() => (isOpen ? runAll(sql, parameters) : committed(runAll(sql, parameters)))),
    begin: (sql) =>
      inTurn(async () => {
        await send(sql);
        isOpen = true;
      }),
    end: (sql) =>
      inTurn(async () => {
        isOpen = false;
        await send(sql);
      }),
    isLost: () => isLost,
  };
}

function driverOf(client: Client, target: VerticaTarget, options: ConnectOptions): Driver {
  const session = sessionOf(client, target);
  const run: Session["run"] = async (sql, parameters) => {
    if (options.readOnly) refuseWriting(sql);
    return session.run(sql, parameters);
  };
  return {
    execute: async (sql, parameters) => ({ changes: (await run(sql, parameters)).changes }),
    query: async (sql, parameters) => (await run(sql, parameters)).rows,
    begin: session.begin,
    commit: () => session.end("COMMIT"),
    rollback: () => session.end("ROLLBACK"),
    cancel: () => cancel(client, target),
    close: () => closed(client, session.isLost()),
    serverVersion: async () => {
      const text = String((await run("SELECT VERSION() AS version")).rows[0]?.["version"]);
      return /v?(\d+\.\d+[\d.-]*)/.exec(text)?.[1] ?? text;
    },
  };
}

function answerIn(result: Result | readonly Result[]): Answer {
  const all = Array.isArray(result) ? (result as readonly Result[]) : [result as Result];
  const one = all.at(-1);
  const rows = one?.rows ?? [];
  return { rows: rows.map((row) => ({ ...row })), changes: changesIn(one) };
}

/** A statement that changes rows answers with one row, their number: https://github.com/vertica/vertica-nodejs/issues/102 */
function changesIn(result: Result | undefined): number {
  const told = result?.rows[0]?.["OUTPUT"];
  return typeof told === "number" ? told : 0;
}

/** By a connection of its own, as the protocol has it; when the server has read the request, it hangs up. */
function cancel(client: Client, target: VerticaTarget): Promise<void> {
  const query = client.activeQuery;
  if (!query) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const other = new vertica.Client(settingsOf({ ...target, tls: "disable" }));
  other.connection.on("error", () => resolve());
  other.connection.on("end", () => resolve());
  const timer = setTimeout(resolve, 2000);
  other.cancel(client, query);
  return promise.finally(() => clearTimeout(timer));
}

const closed = (client: Client, isLost: boolean): Promise<void> =>
  isLost
    ? Promise.resolve()
    : Promise.race([client.end(), new Promise<void>((resolve) => setTimeout(resolve, 2000))]).catch(() => undefined);

/** A session that only reads is not told so: each statement is looked at. */
function refuseWriting(sql: string): void {
  const word = /^\s*(INSERT|UPDATE|DELETE|MERGE|CREATE|ALTER|DROP|TRUNCATE|GRANT|REVOKE|COPY|COMMENT)\b/i.exec(
    sql,
  )?.[1];
  if (word === undefined) return;
  throw new ToolError("database", `${word.toUpperCase()} is refused: this connection is for reading only`, {
    sql,
    code: "25006",
  });
}
