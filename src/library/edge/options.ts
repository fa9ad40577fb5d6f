import type { Door } from "../../runtime/database.ts";
import type { RunOptions } from "../options.ts";

/** A database that is reached over HTTP, as `libsql()`, `d1()` and the others give it. Nothing is sent before it is used. */
export interface EdgeDriver extends Door {
  /** How messages call it; without secrets. */
  readonly name: string;
}

/** What `godwit compile` wrote: compiled.json, imported or parsed, or the module. */
export type CompiledMigrations = Readonly<Record<string, unknown>>;

/** One of several independent lists of migrations, run in this order. */
export interface EdgeTrack {
  readonly name: string;
  readonly migrations: CompiledMigrations;
  /** Default: that of all. */
  readonly historyTable?: string;
}

/** Which database, and which migrations: exactly one of `migrations` and `tracks`. */
export interface EdgeReadOptions extends Pick<RunOptions, "onEvent"> {
  readonly driver: EdgeDriver;
  readonly migrations?: CompiledMigrations;
  readonly tracks?: readonly EdgeTrack[];
  /** Name of the table that records what was applied. Default: `godwit_history`. */
  readonly historyTable?: string;
}

/** The same, and how it runs. */
export type EdgeMigrateOptions = EdgeReadOptions & Omit<RunOptions, "lock">;
