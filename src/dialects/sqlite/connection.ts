/** What godwit needs of a connection to SQLite, whichever library made it. */
export interface Connection {
  prepare(sql: string): PreparedStatement;
  /** Runs all statements of a text. */
  run(sql: string): { readonly changes: number };
  readonly inTransaction: boolean;
  close(): void;
}

/** Integers come back as bigint. */
export interface PreparedStatement extends Disposable {
  /** The SQL of this statement alone, without what follows it in the text; it may show the values of parameters. */
  toString(): string;
  /** Empty for a statement that returns no rows. */
  readonly columnNames: readonly string[];
  run(...values: readonly Bindable[]): { readonly changes: number | bigint };
  all(...values: readonly Bindable[]): readonly Record<string, unknown>[];
  /** The same, one row after the other; absent where a library has only all of them. */
  iterate?(...values: readonly Bindable[]): Iterable<Record<string, unknown>>;
}

export type Bindable = string | bigint | number | null | Uint8Array;

/**
 * A connection that somebody has opened with a library for SQLite, told by its shape: `Database` of bun:sqlite, `DatabaseSync` of
 * node:sqlite, or `Database` of better-sqlite3. `undefined` for anything else.
 */
export function connectionOf(handle: unknown): Connection | undefined {
  const { prepare, exec, pragma, filename, isTransaction } = (handle ?? {}) as Partial<Record<string, unknown>>;
  if (typeof prepare !== "function" || typeof exec !== "function") return undefined;
  if (typeof pragma === "function") return ofBetterSqlite(handle as BetterSqlite);
  if (typeof filename === "string") return ofBun(handle as BunSqlite);
  return typeof isTransaction === "boolean" ? ofNode(handle as NodeSqlite) : undefined;
}

interface BunSqlite {
  prepare(sql: string): PreparedStatement & { safeIntegers(on: boolean): PreparedStatement };
  run(sql: string): { readonly changes: number };
  readonly inTransaction: boolean;
  close(): void;
}

const ofBun = (database: BunSqlite): Connection => ({
  prepare: (sql) => database.prepare(sql).safeIntegers(true),
  run: (sql) => database.run(sql),
  get inTransaction() {
    return database.inTransaction;
  },
  close: () => database.close(),
});

interface NodeSqlite {
  prepare(sql: string): NodeStatement;
  exec(sql: string): void;
  /** Since Node 22.16. */
  readonly isTransaction: boolean;
  close(): void;
}

interface NodeStatement extends Pick<PreparedStatement, "run" | "all" | "iterate"> {
  readonly sourceSQL: string;
  setReadBigInts(on: boolean): void;
  columns(): readonly { readonly name: string }[];
}

const ofNode = (database: NodeSqlite): Connection => ({
  prepare: (sql) => {
    const statement = database.prepare(sql);
    statement.setReadBigInts(true);
    return {
      toString: () => statement.sourceSQL,
      get columnNames() {
        return statement.columns().map(({ name }) => name);
      },
      run: (...values) => statement.run(...values),
      all: (...values) => statement.all(...values),
      ...(statement.iterate && { iterate: (...values) => statement.iterate?.(...values) ?? [] }),
      // Node frees it with the object.
      [Symbol.dispose]: () => undefined,
    };
  },
  run: (sql) => {
    database.exec(sql);
    return { changes: 0 };
  },
  get inTransaction() {
    return database.isTransaction;
  },
  close: () => database.close(),
});

interface BetterSqlite {
  prepare(sql: string): BetterStatement;
  exec(sql: string): unknown;
  readonly inTransaction: boolean;
  close(): void;
}

interface BetterStatement {
  run(...values: readonly BetterBindable[]): { readonly changes: number };
  all(...values: readonly BetterBindable[]): readonly Record<string, unknown>[];
  iterate(...values: readonly BetterBindable[]): Iterable<Record<string, unknown>>;
  readonly source: string;
  readonly reader: boolean;
  safeIntegers(on: boolean): BetterStatement;
}

/** It refuses to prepare more than one statement, so a text with several is left to its `exec`. */
const ofBetterSqlite = (database: BetterSqlite): Connection => ({
  prepare: (sql) => {
    const statement = prepareOne(database, sql);
    if (!statement) return scriptOf(database, sql);
    // Only what returns rows can be told how to read them.
    if (statement.reader) statement.safeIntegers(true);
    const bound = (values: readonly Bindable[]) => (/\?\d/.test(sql) ? [byNumber(values)] : values);
    return {
      toString: () => statement.source,
      columnNames: statement.reader ? ["?"] : [],
      run: (...values) => statement.run(...bound(values)),
      all: (...values) => statement.all(...bound(values)),
      iterate: (...values) =>
        statement.reader ? statement.iterate(...bound(values)) : statement.all(...bound(values)),
      [Symbol.dispose]: () => undefined,
    };
  },
  run: (sql) => {
    database.exec(sql);
    return { changes: 0 };
  },
  get inTransaction() {
    return database.inTransaction;
  },
  close: () => database.close(),
});

type BetterBindable = Bindable | Readonly<Record<string, Bindable>>;

/** To better-sqlite3, a parameter with a number is one with a name. */
const byNumber = (values: readonly Bindable[]): Readonly<Record<string, Bindable>> =>
  Object.fromEntries(values.map((value, i) => [i + 1, value]));

function prepareOne(database: BetterSqlite, sql: string): BetterStatement | undefined {
  try {
    return database.prepare(sql);
  } catch (error) {
    if (error instanceof RangeError && error.message.includes("more than one statement")) return undefined;
    throw error;
  }
}

/** All of the text as one statement. */
const scriptOf = (database: BetterSqlite, sql: string): PreparedStatement => ({
  toString: () => sql,
  columnNames: [],
  run: () => {
    database.exec(sql);
    return { changes: 0 };
  },
  all: () => [],
  [Symbol.dispose]: () => undefined,
});
