/** What a start did to the database. */
export interface MigrateResult {
  /** Names of the migrations that were applied, in order; empty when there was nothing to do. */
  readonly applied: readonly string[];
  /** Names of those that were recorded as applied without running them (`ifUnversioned: "baseline"`). */
  readonly baselined: readonly string[];
  /** Names of those that are applied and that the program does not know: the database is ahead of it. */
  readonly unknown: readonly string[];
}
