import type { Row, Value } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import { splitScript } from "../../core/sql-files/split.ts";
import { wordsOf } from "../../core/sql-files/words.ts";
import type { ConnectOptions, Driver, OpenDriver } from "../../runtime/driver.ts";
import { connectFailure, Refused, statementFailure } from "./failure.ts";
import { schemeOf } from "./scheme.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { type Answer, openSession, type Session } from "./session.ts";
import { parseYdbUrl, type YdbTarget } from "./url.ts";

/**
 * YDB by its gRPC interface (@ydbjs/api), on one connection and one session, which are never replaced: a transaction belongs to them. So the servers that the cluster would name
 * instead are not asked for.
 */
const open: OpenDriver = async (url, options = {}) => {
  const target = parseYdbUrl(url);
  try {
    return driverOf(await openSession(target, options), target, options);
  } catch (error) {
    throw error instanceof ToolError ? error : connectFailure(error, target);
  }
};

export default open;

interface Transaction {
  readonly id: string;
  /** A query that fails takes its transaction with it. */
  readonly isBroken: boolean;
}

/** What is done on a session, one thing after the other, because it does one at a time. */
interface Work {
  run(sql: string, values?: readonly Value[]): Promise<Answer>;
  begin(sql: string): Promise<void>;
  end(how: "commit" | "rollback"): Promise<void>;
  inTransaction(): boolean;
  cancel(): void;
}

function workOn(session: Session, target: YdbTarget, onNotice: ConnectOptions["onNotice"]): Work {
  const scheme = schemeOf(session, target.database);
  let transaction: Transaction | undefined;
  let running: AbortController | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const named = async <T>(work: Promise<T>, sql: string, statement = { text: sql, offset: 0 }): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (transaction) transaction = { ...transaction, isBroken: true };
      throw error instanceof ToolError ? error : statementFailure(lostOr(error, session), sql, target, statement);
    }
  };
  const send = async (sql: string, values: readonly Value[]): Promise<Answer> => {
    const answer = scheme.answerTo(sql);
    if (answer) return { rows: await answer(), changes: 0 };
    running = new AbortController();
    return session.run(sql, values, { transaction: transaction?.id, signal: running.signal, onNotice });
  };
  const sendAll = async (sql: string, values: readonly Value[]): Promise<Answer> => {
    const parts = values.length === 0 ? splitScript(sql, scriptSyntax) : [{ text: sql, offset: 0 }];
    let answer: Answer = { rows: [], changes: 0 };
    for (const part of parts) answer = await named(send(part.text, values), sql, part);
    return answer;
  };
  const end = async (how: "commit" | "rollback"): Promise<void> => {
    const ended = transaction;
    transaction = undefined;
    if (!ended) return;
    const work = named(session[how](ended.id), how.toUpperCase());
    await (how === "rollback" && ended.isBroken ? work.catch(() => undefined) : work);
  };
  return {
    run: (sql, values = []) => inTurn(() => sendAll(sql, values)),
    begin: (sql) =>
      inTurn(async () => {
        transaction = { id: await named(session.begin(/READ ONLY$/i.test(sql)), sql), isBroken: false };
      }),
    end: (how) => inTurn(() => end(how)),
    inTransaction: () => transaction !== undefined && !transaction.isBroken,
    cancel: () => running?.abort(),
  };
}

function driverOf(session: Session, target: YdbTarget, options: ConnectOptions): Driver {
  const work = workOn(session, target, options.onNotice);
  const run: Work["run"] = async (sql, values) => {
    if (options.readOnly) refuseWriting(sql);
    return work.run(sql, values);
  };
  return {
    execute: async (sql, values) => {
      const { rows, changes } = await run(sql, values);
      return { changes: returning.test(sql) ? rows.length : changes };
    },
    query: async (sql, values) => (await run(sql, values)).rows,
    begin: work.begin,
    commit: () => work.end("commit"),
    rollback: () => work.end("rollback"),
    inTransaction: work.inTransaction,
    cancel: () => Promise.resolve(work.cancel()),
    close: session.close,
    serverVersion: async () => versionIn((await run("SELECT CAST(Version() AS Utf8) AS `version`")).rows),
  };
}

/** Exactly those that the statement has changed: https://ydb.tech/docs/en/yql/reference/syntax/returning */
const returning = /\bRETURNING\s+(?:\*|`?\w+`?(?:\s*,\s*`?\w+`?)*)\s*;?\s*$/i;

/** Of a session that the server has ended, nothing is to be had any more. */
const lostOr = (error: unknown, session: Session): unknown =>
  error instanceof Refused && /^(?:BAD_SESSION|SESSION_EXPIRED)$/.test(error.status) && session.isLost()
    ? new Error(`the server has ended the session: ${error.message}`)
    : error;

/** `stable-25-1-4` is 25.1.4. */
function versionIn(rows: readonly Row[]): string {
  const text = String(rows[0]?.["version"] ?? "");
  return /(\d+(?:[.-]\d+)+)/.exec(text)?.[1]?.replaceAll("-", ".") ?? text;
}

/** A session that only reads is not told so: each statement is looked at. */
function refuseWriting(sql: string): void {
  const words = wordsOf(sql, scriptSyntax);
  const word = words.find((each, i) => (i === 0 || words[i - 1] === ";") && writes.test(each));
  if (word === undefined) return;
  throw new ToolError("database", `${word.toUpperCase()} is refused: this connection is for reading only`, {
    sql,
    code: "UNAUTHORIZED",
  });
}

const writes =
  /^(?:INSERT|UPSERT|REPLACE|UPDATE|DELETE|BATCH|CREATE|ALTER|DROP|TRUNCATE|GRANT|REVOKE|BACKUP|RESTORE|COMMIT)$/i;
