import type { OrderPolicy } from "../core/plan/late.ts";
import type { SymbolMap } from "../core/symbols/symbol-map.ts";
import type { Driver } from "../runtime/driver.ts";
import type { OnEvent } from "../runtime/events.ts";
import type { LockMode } from "../runtime/lock-mode.ts";

/** Which database: exactly one of `url`, `database` and `driver`. */
export interface DatabaseOptions {
  /** A connection URL, as `--url` takes it. The connection that is made for it is closed again. */
  readonly url?: string | URL;
  /**
   * A connection that is open already, which is never closed: `Database` of bun:sqlite, `DatabaseSync` of node:sqlite, one like
   * better-sqlite3, `sql` of postgres.js, or a connection or pool of mysql2.
   */
  readonly database?: object;
  /** Your own way to a database; never closed. `dialect` says what kind of database it is. */
  readonly driver?: Driver;
  /** Name of the dialect, with `driver` or where the scheme of the URL does not say it: `postgresql`, `sqlite`. */
  readonly dialect?: string;
}

/**
 * Where migrations come from: a directory, as a path or a `file:` URL; the files themselves, name → text; or what `godwit compile` wrote, as
 * the path of its JSON file or as the data in it, imported. The values of a
 * record are unknown to the types because TypeScript takes `import text from "./0001_x.ts" with { type: "text" }` for the module.
 */
export type MigrationFiles = string | URL | Readonly<Record<string, unknown>>;

/** One of several independent lists of migrations, run in this order. */
export interface TrackOptions {
  readonly name: string;
  readonly migrations: MigrationFiles;
  /** The schema of the database in which its tables and its history live. Default: where the connection begins. */
  readonly schema?: string;
  /** Default: that of all. */
  readonly historyTable?: string;
}

/** Which migrations: exactly one of `migrations` and `tracks`. */
export interface MigrationsOptions {
  readonly migrations?: MigrationFiles;
  readonly tracks?: readonly TrackOptions[];
  /** Name of the table that records what was applied. Default: `godwit_history`. */
  readonly historyTable?: string;
  /**
   * What migrations may import besides what is built in: module name → hostModule() or guestModule(). What godwit.yaml registers under `symbols:` is
   * read where migrations come from a directory.
   */
  readonly symbols?: SymbolMap;
}

/** What to do where a database is not as a program that starts expects it. */
export interface Policies {
  /**
   * The database has migrations that the program does not know, because a newer version of it was here. `allow` (the default) starts,
   * and says so in an event; `refuse` throws. One of them that stopped half-way is always refused.
   */
  readonly ifAhead?: "allow" | "refuse";
  /**
   * There are tables and no history. `refuse` (the default) throws and names them; `apply` runs every migration all the same;
   * `baseline` records those up to `baseline` as applied, without running them, and runs the rest.
   */
  readonly ifUnversioned?: "refuse" | "apply" | "baseline";
  /** The last migration whose work such a database has already. Default: the first migration. */
  readonly baseline?: string;
  /**
   * A migration outside a transaction stopped half-way. `continue` (the default) goes on at the statement where it stopped, as far as
   * the journal allows; `refuse` throws.
   */
  readonly ifFailed?: "continue" | "refuse";
  /**
   * Branches of migrations conflict, and no merge says which runs first. `refuse` (the default) throws, unless they are applied already; `apply` runs
   * them by name.
   */
  readonly ifConflict?: "refuse" | "apply";
}

/** How `migrate` and `open` run. */
export interface RunOptions extends Policies {
  /** Migrations that come late, numbered below what is applied: `any` (the default) applies them, `strict` refuses. */
  readonly order?: OrderPolicy;
  /**
   * What the lock is: `session` (the default on a server) or `table`, behind a pooler such as PgBouncer with `pool_mode =
   * transaction`. With a connection of yours, there is no second one for signs of life while a long statement runs.
   */
  readonly lock?: LockMode;
  /** How long to wait for another process that migrates: milliseconds, or `"30s"`, `"10m"`. Default: ten minutes. */
  readonly lockTimeout?: number | string;
  /** How long to wait for a server that is starting. Default: half a minute. */
  readonly connectTimeout?: number | string;
  /** How long a statement waits for a lock on a table, before it is tried again. Default: five seconds. */
  readonly ddlLockTimeout?: number | string;
  /** How long a statement may take. Default: no limit. */
  readonly statementTimeout?: number | string;
  /** Hears what happens, as it happens. */
  readonly onEvent?: OnEvent;
  /** Stops the run before the next statement, or in it where the database can. */
  readonly signal?: AbortSignal;
}

export type MigrateOptions = DatabaseOptions & MigrationsOptions & RunOptions;
export type OpenOptions = MigrationsOptions & RunOptions;
export type CheckOptions = DatabaseOptions & MigrationsOptions & Pick<RunOptions, "onEvent">;
