import type { BatchSql } from "../core/ddl/batch.ts";
import type { Dialect, Row, Value } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";
import { splitScript } from "../core/sql-files/split.ts";
import type { Batch, BatchStatement, Driver } from "./driver.ts";

/**
 * The transactions of a driver that sends each as one batch. While one is put together, statements wait and queries see the database as it was
 * before it, so that whatever must hold in the middle of it has to be said as a statement that fails.
 */
export interface Batches {
  /** Whether one is being put together. */
  isOpen(): boolean;
  /** Makes it fail with this message when the query returns a row at this point. */
  refuseIf(query: string, message: string, explain?: Explain): void;
  /** The same, unless the column `sql` of the query gives these texts. */
  refuseUnlessSame(query: string, texts: readonly string[], message: string): void;
  /** The same, when rows point at nothing that are not among these; `{rows}` in the message stands for what they are. */
  refuseViolations(known: readonly Row[], message: string): void;
  /** A query that returns a row when the lock in this table is not this owner's. */
  lockLost(table: string, owner: string): string;
  /** What follows belongs to something that its errors should name. */
  about(explain: Explain | undefined): void;
  /** Each transaction of `work` goes with these statements before and after it. */
  around<T>(statements: Around, work: () => Promise<T>): Promise<T>;
}

/** What the error of a statement becomes for people. */
type Explain = (error: ToolError) => ToolError;
type Around = Pick<Batch, "before" | "after">;

/** The driver with transactions made of batches, where it has batches; as it is, where it has none. */
export function withBatches(
  driver: Driver,
  { bookkeeping: { batch: sql }, scriptSyntax }: Dialect,
): { readonly driver: Driver; readonly batches?: Batches } {
  if (!driver.batch || !sql) return { driver };
  const state: State = { waiting: undefined, explain: undefined, around: nothing };
  const execute = async (text: string, parameters: readonly Value[] = []): Promise<{ readonly changes: number }> => {
    const { waiting, explain } = state;
    if (!waiting) return driver.execute(text, parameters);
    if (parameters.length > 0) waiting.push({ sql: text, parameters, explain });
    else for (const { text: each } of splitScript(text, scriptSyntax)) waiting.push({ sql: each, explain });
    return { changes: 0 };
  };
  return {
    batches: batchesOf(state, sql),
    driver: { ...others(driver), execute, ...transactions(driver, state, sql) },
  };
}

interface State {
  /** Of the transaction that is being put together. */
  waiting: Waiting[] | undefined;
  explain: Explain | undefined;
  around: Around;
}

interface Waiting extends BatchStatement {
  /** Of a statement that refuses. */
  readonly message?: string;
  readonly explain: Explain | undefined;
}

const nothing: Around = { before: [], after: [] };

function batchesOf(state: State, sql: BatchSql): Batches {
  const add = (statement: Omit<Waiting, "explain">, explain = state.explain): void =>
    void state.waiting?.push({ ...statement, explain });
  return {
    isOpen: () => state.waiting !== undefined,
    refuseIf: (query, message, explain) => add({ sql: sql.refuseIf(query, message), message }, explain),
    refuseUnlessSame: (query, texts, message) =>
      add({ sql: sql.refuseIf(sql.differs(query, texts), message), message }),
    refuseViolations: (known, message) => add({ sql: sql.refuseViolations(known, message) }),
    lockLost: sql.lockLost,
    about: (explain) => {
      state.explain = explain;
    },
    around: async (statements, work) => {
      state.around = statements;
      return work().finally(() => {
        state.around = nothing;
      });
    },
  };
}

const transactions = (driver: Driver, state: State, sql: BatchSql): Pick<Driver, "begin" | "commit" | "rollback"> => {
  let begin = "";
  return {
    begin: async (text) => {
      begin = text;
      state.waiting = [];
      state.explain = undefined;
    },
    commit: async () => {
      const { waiting = [], around } = state;
      state.waiting = undefined;
      const statements = waiting.map(({ sql: text, parameters }) => ({ sql: text, ...(parameters && { parameters }) }));
      const outcome = await driver.batch?.({ ...around, begin, statements });
      if (outcome?.failed) throw explained(outcome.failed, waiting, sql);
    },
    rollback: async () => {
      state.waiting = undefined;
    },
  };
};

/** By name: a driver may be an object of a class. */
const others = (driver: Driver): Omit<Driver, "execute" | "begin" | "commit" | "rollback" | "batch"> => ({
  query: (sql, parameters) => driver.query(sql, parameters),
  close: () => driver.close(),
  serverVersion: () => driver.serverVersion(),
  ...(driver.pooled !== undefined && { pooled: driver.pooled }),
  ...(driver.inTransaction && { inTransaction: () => driver.inTransaction?.() ?? false }),
  ...(driver.cancel && { cancel: async () => driver.cancel?.() }),
  ...(driver.sharesSessions && { sharesSessions: async () => (await driver.sharesSessions?.()) ?? false }),
  ...(driver.obstacle && { obstacle: async () => driver.obstacle?.() }),
});

/** A refusal says itself what is wrong, and its SQL means nothing to people. */
function explained(
  { index, error }: { readonly index: number; readonly error: ToolError },
  waiting: readonly Waiting[],
  sql: BatchSql,
): ToolError {
  if (error.code !== "database") return error;
  const refusal = sql.refusalIn(error.message);
  const at = waiting[index] ?? waiting.find(({ message }) => message !== undefined && message === refusal);
  const plain = refusal === undefined ? error : new ToolError("database", refusal, {}, { cause: error });
  return at?.explain ? at.explain(plain) : plain;
}
