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
  /** Whether transactions are batches at this moment. */
  inUse(): boolean;
  /** In `work`, transactions stay open and statements go out one by one; absent where the database has nothing like it. */
  readonly singly?: <T>(work: () => Promise<T>) => Promise<T>;
  /** In `work`, what is captured is what there is at that point; absent where transactions may stay open, and show it. */
  readonly looking?: <T>(work: () => Promise<T>) => Promise<T>;
  /** The texts in the column `sql` of a query: of the database as it is before the batch, or in `looking` as it is at this point of it. */
  textsOf(query: string): Promise<readonly string[]>;
  /** Makes it fail with this message when the query returns a row at this point. */
  refuseIf(query: string, message: string, explain?: Explain): void;
  /** The same, unless the column `sql` of the query gives these texts. */
  refuseUnlessSame(query: string, texts: readonly string[], message: string): void;
  /** The same, when rows point at nothing that are not among these; `{rows}` in the message stands for what they are. */
  refuseViolations(known: readonly Row[], message: string): void;
  /** A query that returns a row when the lock in this table is not this owner's. */
  lockLost(table: string, owner: string): string;
  /** Marks this place, for what has to stand before all that follows. */
  mark(): void;
  /** Writes rows of godwit's own at the mark, and here how long it took from there: nobody else knows. `insert` gets the SQL of the duration. */
  recordFromMark(insert: (duration: string) => string, rows: TimedRows): void;
  /** Calls this when it is committed; not if it fails. */
  whenDone(tell: () => void): void;
  /** What follows belongs to something that its errors should name. */
  about(explain: Explain | undefined): void;
  /** Each transaction of `work` goes with these statements before and after it. */
  around<T>(statements: Around, work: () => Promise<T>): Promise<T>;
}

/** What the error of a statement becomes for people. */
type Explain = (error: ToolError) => ToolError;

/** Rows of a table whose `column` is a duration, known by literals. */
interface TimedRows {
  readonly table: string;
  readonly column: string;
  readonly where: Readonly<Record<string, string>>;
}

type Around = Pick<Batch, "before" | "after">;

/** The driver with transactions made of batches, where it has batches; as it is, where it has none. */
export function withBatches(
  driver: Driver,
  { bookkeeping: { batch: sql }, scriptSyntax }: Dialect,
): { readonly driver: Driver; readonly batches?: Batches } {
  if (!driver.batch || !sql) return { driver };
  const state: State = {
    waiting: undefined,
    explain: undefined,
    around: nothing,
    singly: false,
    looking: false,
    begin: "",
    mark: 0,
    tell: [],
  };
  const execute = async (text: string, parameters: readonly Value[] = []): Promise<{ readonly changes: number }> => {
    const { waiting, explain } = state;
    if (!waiting) return driver.execute(text, parameters);
    if (parameters.length > 0) waiting.push({ sql: text, parameters, explain });
    else for (const { text: each } of splitScript(text, scriptSyntax)) waiting.push({ sql: each, explain });
    return { changes: 0 };
  };
  return {
    batches: {
      ...batchesOf(state, sql),
      textsOf: (query) => textsOf(driver, state, sql, query),
      ...(driver.interactive ? { singly: within(state, "singly") } : { looking: within(state, "looking") }),
    },
    driver: Object.assign(others(driver), { execute, ...transactions(driver, state, sql) }),
  };
}

interface State {
  /** Of the transaction that is being put together. */
  waiting: Waiting[] | undefined;
  explain: Explain | undefined;
  around: Around;
  singly: boolean;
  looking: boolean;
  begin: string;
  /** Index among those that wait. */
  mark: number;
  tell: (() => void)[];
}

const within =
  (state: State, mode: "singly" | "looking"): NonNullable<Batches["singly"]> =>
  async (work) => {
    const before = state[mode];
    state[mode] = true;
    return work().finally(() => {
      state[mode] = before;
    });
  };

/** What a batch has done so far can only be seen from inside of it: it runs up to here, and fails with what there is to see. */
async function textsOf(
  driver: Driver,
  { looking, waiting = [], begin, around }: State,
  sql: BatchSql,
  query: string,
): Promise<readonly string[]> {
  if (!looking || waiting.length === 0) return (await driver.query(query)).map((row) => String(row["sql"]));
  const statements = [...waiting.map(plainStatement), { sql: sql.reveal(query) }];
  const failed = (await driver.batch?.({ ...around, begin, statements }))?.failed;
  const revealed = failed && sql.refusalIn(failed.error.message);
  if (revealed === undefined || !revealed.startsWith("["))
    throw failed ? explained(failed, waiting, sql) : new ToolError("internal", "a batch that must fail did not");
  return (JSON.parse(revealed) as readonly unknown[]).map(String);
}

const plainStatement = ({ sql, parameters }: Waiting): BatchStatement => ({ sql, ...(parameters && { parameters }) });

interface Waiting extends BatchStatement {
  /** Of a statement that refuses. */
  readonly message?: string;
  readonly explain: Explain | undefined;
}

const nothing: Around = { before: [], after: [] };

function batchesOf(state: State, sql: BatchSql): Omit<Batches, "textsOf"> {
  const add = (statement: Omit<Waiting, "explain">, explain = state.explain): void =>
    void state.waiting?.push({ ...statement, explain });
  return {
    isOpen: () => state.waiting !== undefined,
    inUse: () => !state.singly,
    refuseIf: (query, message, explain) => add({ sql: sql.refuseIf(query, message), message }, explain),
    refuseUnlessSame: (query, texts, message) =>
      add({ sql: sql.refuseIf(sql.differs(query, texts), message), message }),
    refuseViolations: (known, message) => add({ sql: sql.refuseViolations(known, message) }),
    lockLost: sql.lockLost,
    mark: () => {
      state.mark = state.waiting?.length ?? 0;
    },
    recordFromMark: (insert, { table, column, where }) => {
      state.waiting?.splice(state.mark, 0, { sql: insert(sql.clock), explain: undefined });
      add({ sql: sql.elapsed(table, column, where) });
    },
    whenDone: (tell) => void state.tell.push(tell),
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
  return {
    begin: async (text) => {
      if (state.singly) return driver.begin(text);
      state.begin = text;
      state.waiting = [];
      state.explain = undefined;
      state.mark = 0;
      state.tell = [];
    },
    commit: async () => {
      if (state.singly) return driver.commit();
      const { waiting = [], around, begin } = state;
      state.waiting = undefined;
      const statements = waiting.map(plainStatement);
      const outcome = await driver.batch?.({ ...around, begin, statements });
      if (outcome?.failed) throw explained(outcome.failed, waiting, sql);
      for (const tell of state.tell) tell();
    },
    rollback: async () => {
      if (state.singly) return driver.rollback();
      state.waiting = undefined;
    },
  };
};

/** By name: a driver may be an object of a class. */
const others = (driver: Driver): Omit<Driver, "execute" | "begin" | "commit" | "rollback" | "batch"> => ({
  query: (sql, parameters, most) => driver.query(sql, parameters, most),
  close: () => driver.close(),
  serverVersion: () => driver.serverVersion(),
  get holdsWriteLock() {
    return driver.holdsWriteLock === true;
  },
  ...(driver.version !== undefined && { version: driver.version }),
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
