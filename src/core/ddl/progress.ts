/** How a statement that takes long is watched from another connection of the same user. */
export interface ProgressSql {
  /** One row with the `id` of the session that runs it. */
  readonly session: string;
  /**
   * Parameter: that id. A row with `phase`, `done` and `total` while the session is at a statement that tells; `done` and `total` in any unit,
   * NULL where that phase has none.
   */
  readonly query: string;
}
