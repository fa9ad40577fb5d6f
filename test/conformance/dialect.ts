import { describe, test } from "bun:test";
import type { Dialect } from "../../src/core/ddl/dialect.ts";
import type { Database } from "../../src/runtime/database.ts";
import { bookkeepingSuite } from "./dialect-bookkeeping.ts";
import { nameSuite } from "./dialect-names.ts";
import { operationSuite } from "./dialect-operations.ts";
import { valueSuite } from "./dialect-values.ts";

/** A database that nothing else uses. */
export interface Scratch {
  readonly database: Database;
  /** A further session in the same database. */
  again(): Promise<Database>;
  /** Ends all sessions and deletes what can be deleted. */
  close(): Promise<void>;
}

export interface DialectSuite {
  readonly dialect: Dialect;
  /** What the database is here, where it is what the documentation is to name as tested: `sqld`. */
  readonly engine?: string;
  /** An empty database. */
  readonly open: () => Promise<Scratch>;
  /** Examples and rows as this database can have them, where it lacks something that most of them have. */
  readonly adapt?: <T>(example: T) => T;
  /** What the database has not, or is not tested on it, with the reason: its tests are left out. */
  readonly lacks?: Partial<Record<"numbering" | "uniqueKeys" | "foreignKeys" | "names" | "values", string>>;
}

/** What every dialect must do on its real database; what it cannot do it must declare unsupported. */
export function dialectSuite(suite: DialectSuite): void {
  describe(suite.dialect.title, () => {
    operationSuite(suite);
    unlessLacking("odd names", suite.lacks?.names, () => nameSuite(suite));
    unlessLacking("values", suite.lacks?.values, () => valueSuite(suite));
    bookkeepingSuite(suite);
  });
}

/** What is left out is in the list of tests, with the reason. */
function unlessLacking(what: string, why: string | undefined, work: () => void): void {
  if (why === undefined) work();
  else test.skip(`${what} (${why})`, work);
}
