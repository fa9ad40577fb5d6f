/** The module that migrations import as `"godwit"`. It runs inside the sandbox. */
import { WRITTEN_AT } from "./operation.ts";
import type { Irreversible, Operation } from "./operations.gen.ts";

export type * from "./database.ts";
export * from "./operations.gen.ts";

/** What a migration file exports as its default. The migration's name is the file name without its extension. */
export interface Migration {
  /** Names of the migrations that must be applied before this one. */
  readonly dependencies?: readonly string[];
  /** The changes, in order. */
  readonly operations: readonly Operation[];
  /** Names of the migrations that this one stands for (a squash). */
  readonly replaces?: readonly string[];
  /** What the tool that it was converted from records for it: `"goose 20240101120000"`; several where it stands for several. */
  readonly convertedFrom?: string | readonly string[];
  /** `false` runs the statements outside a transaction, for those that a database refuses inside one. Default: true. */
  readonly transaction?: boolean;
  /** How long a statement may wait for a lock before it makes room and tries again, such as "2s"; "0": as long as it takes. */
  readonly lockTimeout?: string;
  /** How long a statement may run, such as "500ms", "10m" or "1h"; "0": as long as it takes. */
  readonly statementTimeout?: string;
  /** How long the functions of `runCode` may take, waiting for the database not counted, such as "5m". Default: "30s". */
  readonly codeTimeout?: string;
  /** How many MiB they may keep in memory. Default: 64. */
  readonly codeMemory?: number;
}

/** Declares a migration: `export default migration({ operations: […] })`. */
export function migration(params: Migration): Migration {
  if (typeof params !== "object" || params === null || Array.isArray(params)) {
    throw new TypeError("migration() takes one object: { dependencies, operations }");
  }
  const data = { ...params };
  Object.defineProperty(data, WRITTEN_AT, { value: new Error().stack });
  return Object.freeze(data);
}

/** What a seed file exports as its default: rows that `godwit seed` brings, as often as it runs. */
export type Seed = Omit<Migration, "dependencies" | "replaces" | "convertedFrom">;

/** Declares a seed: `export default seed({ operations: [upsertData({ … })] })`. */
export function seed(params: Seed): Seed {
  if (typeof params !== "object" || params === null || Array.isArray(params)) {
    throw new TypeError("seed() takes one object: { operations }");
  }
  return migration(params);
}

/** In the place of a `backward`: there is no way back, and why. `godwit migrate down` says so before it does anything. */
export function irreversible(why: string): Irreversible {
  if (typeof why !== "string" || why === "") throw new TypeError("irreversible() takes the reason, as a text");
  return { irreversible: why };
}
