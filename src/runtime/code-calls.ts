import type { Row, Value } from "../core/ddl/dialect.ts";
import { savepointOf } from "../core/ddl/savepoint.ts";
import { ToolError } from "../core/errors.ts";
import { afterKeys, type Batch, batchQuery, codeStatement, missingKeyQuery } from "../core/plan/code-statement.ts";
import { answerChanges, answerRows } from "./code-answer.ts";
import { type Database, errorClass } from "./database.ts";

/** The database as a function of a migration may use it. */
export interface CodeCalls {
  /** Carries out one call. Throws ToolError for what the author may catch. */
  answer(request: unknown): Promise<string>;
  /** Call it before the first. */
  begin(): Promise<void>;
  /** Throws the first refusal after which the transaction cannot be committed, and ToolError `database` where it is not there any more. */
  finish(): Promise<void>;
}

/** Rows of one query. Each of them is three times in memory for a moment. */
const MAX_ROWS = 100_000;

export function codeCalls(database: Database): CodeCalls {
  const { driver, dialect } = database;
  const refusals = watchRefusals(database);
  const checked = new Set<string>();
  const query = (sql: string, parameters: readonly Value[], most?: number): Promise<readonly Row[]> =>
    refusals.guard(() => driver.query(sql, parameters, most));
  const execute = async ({ sql, parameters }: Call): Promise<string> => {
    const text = codeStatement(sql, parameters.length, dialect);
    return answerChanges(await refusals.guard(() => driver.execute(text, parameters)));
  };
  const rows = async ({ sql, parameters }: Call): Promise<string> => {
    const found = await query(codeStatement(sql, parameters.length, dialect), parameters, MAX_ROWS + 1);
    if (found.length <= MAX_ROWS) return answerRows(found);
    throw new ToolError("limit", `the query gives more than ${MAX_ROWS} rows; read them with db.batches()`, { sql });
  };
  const batch = async (call: Call): Promise<string> => {
    const { sql, parameters } = call;
    const asked: Batch = { ...call, parameters: parameters.length, more: call.after !== undefined };
    if (!checked.has(sql)) {
      const [found] = await query(missingKeyQuery(asked, dialect), parameters);
      if (found) throw keyError(asked, "is NULL in a row, which would be left out");
      checked.add(sql);
    }
    const found = await query(batchQuery(asked, dialect), [...parameters, ...afterKeys(call.after ?? [])]);
    refuseTwins(found, asked);
    return answerRows(found.slice(0, asked.size));
  };
  const methods = { execute, query: rows, batch };
  return {
    answer: async (request) => {
      const call = callOf(request);
      return methods[call.method](call);
    },
    begin: async () => {
      if (!dialect.capabilities.noSavepoints) await driver.execute(savepointOf(dialect).set);
    },
    finish: refusals.finish,
  };
}

interface Refusals {
  guard<T>(work: () => Promise<T>): Promise<T>;
  finish(): Promise<void>;
}

/** What the database refuses may have taken the transaction with it. */
function watchRefusals(database: Database): Refusals {
  const { driver, dialect } = database;
  let first: ToolError | undefined;
  let spoiled: ToolError | undefined;
  return {
    guard: async (work) => {
      if (spoiled) throw lost(spoiled);
      try {
        return await work();
      } catch (error) {
        const kind = errorClass(database, error);
        if (!(error instanceof ToolError) || kind === undefined) throw error;
        // A deadlock ends the transaction on some databases, and what comes after it would be for good.
        if (kind === "busy" || kind === "connection" || driver.inTransaction?.() === false) spoiled = error;
        if (first && isAborted(error)) throw lost(first);
        first ??= error;
        throw error;
      }
    },
    finish: async () => {
      if (spoiled) throw spoiled;
      if (dialect.capabilities.noSavepoints) {
        if (first) throw lost(first);
        return;
      }
      try {
        await driver.execute(savepointOf(database.dialect).release);
      } catch (error) {
        if (errorClass(database, error) === "connection") throw error;
        // The author has caught the refusal; where that leaves a transaction in which nothing works any more, nothing can be committed.
        throw first && error instanceof ToolError && isAborted(error) ? lost(first) : ended(error);
      }
    },
  };
}

const ended = (cause: unknown): ToolError =>
  new ToolError(
    "database",
    "something that the code sent has ended the migration's transaction, so that what it did before that is done for good; look what is there, and take away what is half-done",
    {},
    { cause },
  );

/** PostgreSQL does nothing more in a transaction in which something failed. */
const isAborted = ({ data }: ToolError): boolean => data["code"] === "25P02";

const lost = (first: ToolError): ToolError =>
  new ToolError(
    first.code,
    `${first.message}; after this the database does nothing more in the transaction, so that an error can be told otherwise but not be passed over: ask before (ON CONFLICT DO NOTHING, WHERE NOT EXISTS), or use a SAVEPOINT`,
    first.data,
    { cause: first },
  );

const keyError = ({ sql, keys }: Batch, what: string): ToolError => {
  const shown = keys.map((key) => `"${key}"`).join(", ");
  return new ToolError(
    "params",
    `db.batches(): the key ${shown} ${what}; use columns that tell rows apart, such as the primary key`,
    {
      sql,
    },
  );
};

function refuseTwins(rows: readonly Row[], batch: Batch): void {
  const keyOf = (row: Row | undefined): string => batch.keys.map((key) => String(row?.[key])).join("\0");
  const [first] = rows;
  const absent = first && batch.keys.find((key) => !Object.hasOwn(first, key));
  if (absent !== undefined) throw keyError(batch, "is not among the columns of the rows");
  if (rows.some((row, i) => i > 0 && keyOf(row) === keyOf(rows[i - 1])))
    throw keyError(batch, "is the same in two rows, and one of them could be left out");
}

interface Call {
  readonly method: "query" | "execute" | "batch";
  readonly sql: string;
  readonly parameters: readonly Value[];
  readonly keys: readonly string[];
  readonly size: number;
  /** The keys of the last row of the batch before. */
  readonly after: readonly Value[] | undefined;
}

/** The guest is not trusted to say what its own side says. */
function callOf(request: unknown): Call {
  const { method, sql, parameters, keys = [], size = 0, after } = request as Readonly<Record<string, unknown>>;
  if (method !== "query" && method !== "execute" && method !== "batch") throw wrong("no such call of the database");
  if (typeof sql !== "string") throw wrong("the SQL is no text");
  if (sql.length > MAX_SQL) throw wrong(`the SQL has ${sql.length} characters; ${MAX_SQL} are the most`);
  if (!Array.isArray(keys) || !keys.every((key) => typeof key === "string" && key !== ""))
    throw wrong('"key" of db.batches() is a column, or a list of columns');
  if (method === "batch" && (keys.length === 0 || keys.length > 16))
    throw wrong('"key" of db.batches() names no column, or more than 16');
  if (typeof size !== "number" || !Number.isInteger(size) || size < 0 || size > 10_000)
    throw wrong('"size" of db.batches() is a whole number from 1 to 10000');
  return {
    method,
    sql,
    parameters: valuesOf(parameters),
    keys,
    size,
    after: after === null || after === undefined ? undefined : valuesOf(after),
  };
}

const MAX_SQL = 1024 * 1024;

function valuesOf(list: unknown): readonly Value[] {
  if (!Array.isArray(list)) throw wrong("parameters are a list of values");
  return list.map((value: unknown, i) => {
    if (value === null || value instanceof Uint8Array) return value;
    if (typeof value === "object")
      throw wrong(
        `parameter ${i + 1} is ${Array.isArray(value) ? "a list" : "an object"}; give a text, such as JSON.stringify() makes`,
      );
    return value as Value;
  });
}

const wrong = (message: string): ToolError => new ToolError("params", message);
