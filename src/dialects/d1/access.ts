import type { Row, Value } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import { splitScript } from "../../core/sql-files/split.ts";
import type { Batch, BatchOutcome, BatchStatement, Driver } from "../../runtime/driver.ts";
import d1 from "./dialect.ts";
import { d1Failure } from "./failure.ts";

/** A way to a database of D1. */
export interface D1Access {
  /** For messages. */
  readonly name: string;
  /** Runs the statements as one transaction. Rejects with what D1 says. */
  batch(statements: readonly D1Statement[]): Promise<readonly D1Answer[]>;
}

export interface D1Statement {
  readonly sql: string;
  readonly parameters: readonly D1Value[];
}

export type D1Value = string | number | null | Uint8Array;

export interface D1Answer {
  readonly rows: readonly Row[];
  readonly changes: number;
}

/** The driver over it. Integers of queries are exact up to 2^53, because D1 gives them as JSON. */
export function driverOver(access: D1Access): Driver {
  const run = (statements: readonly BatchStatement[]): Promise<readonly D1Answer[]> =>
    access.batch(statements.map(boundStatement)).catch((error: unknown) => {
      throw d1Failure(error, statements.length === 1 ? (statements[0]?.sql ?? "") : "", access.name);
    });
  const query = async (sql: string, parameters: readonly Value[] = []): Promise<readonly Row[]> =>
    ((await run([{ sql, parameters }]))[0]?.rows ?? []).map(plainRow);
  return {
    query,
    execute: async (sql, parameters = []) => {
      const statements =
        parameters.length > 0 ? [{ sql, parameters }] : splitScript(sql, d1.scriptSyntax).map(asStatement);
      const answers = statements.length === 0 ? [] : await run(statements);
      return { changes: answers.reduce((sum, { changes }) => sum + changes, 0) };
    },
    begin: keepsNone,
    commit: keepsNone,
    rollback: keepsNone,
    batch: (batch) => runBatch(run, batch),
    close: () => Promise.resolve(),
    // D1 refuses the function that would tell.
    serverVersion: () => Promise.resolve("unknown"),
  };
}

/** D1 gives bytes as a list of numbers. */
const plainRow = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      Array.isArray(value) ? Uint8Array.from(value as number[]) : value,
    ]),
  );

type Run = (statements: readonly BatchStatement[]) => Promise<readonly D1Answer[]>;

const asStatement = ({ text }: { readonly text: string }): BatchStatement => ({ sql: text });

const keepsNone = (): Promise<never> =>
  Promise.reject(new ToolError("unsupported", "D1 keeps no transaction open between two requests"));

async function runBatch(run: Run, { before, begin, statements, after }: Batch): Promise<BatchOutcome> {
  if (before.length + after.length > 0) throw new ToolError("internal", "D1 has no session to set anything for");
  const lead: BatchStatement = { sql: begin };
  try {
    return { results: (await run([lead, ...statements])).slice(1) };
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== "database") throw error;
    const index = await failedAt(run, lead, statements, error);
    const sql = statements[index]?.sql;
    const told =
      sql === undefined ? error : new ToolError(error.code, error.message, { ...error.data, sql }, { cause: error });
    return { results: [], failed: { index, error: told } };
  }
}

/**
 * D1 does not say which statement of a batch failed. Beginnings of the batch are tried, each with a last statement that fails in any case, so that nothing
 * of them stays: what fails otherwise has the statement in it. -1: it is none of them, but the commit, or a refusal, which says itself what it is.
 */
async function failedAt(
  run: Run,
  lead: BatchStatement,
  statements: readonly BatchStatement[],
  error: ToolError,
): Promise<number> {
  const { batch } = d1.bookkeeping;
  if (!batch || batch.refusalIn(error.message) !== undefined) return -1;
  const end = { sql: batch.refuseIf("SELECT 1", "so far, so good") };
  let fine = 0;
  let bad = statements.length + 1;
  while (bad - fine > 1) {
    const middle = Math.floor((fine + bad) / 2);
    const said = await run([lead, ...statements.slice(0, middle), end]).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(said instanceof ToolError) || said.code !== "database") return -1;
    if (batch.refusalIn(said.message) === undefined) bad = middle;
    else fine = middle;
  }
  return bad > statements.length ? -1 : bad - 1;
}

const boundStatement = ({ sql, parameters = [] }: BatchStatement): D1Statement => ({
  sql,
  parameters: parameters.map(bindable),
});

function bindable(value: Value): D1Value {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value !== "bigint") return value;
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new ToolError(
    "unsupported",
    `D1 takes no parameter larger than 2^53, and was given ${value}; write it into the SQL`,
  );
}
