/** The columns of the history, in the order in which its rows are inserted. */
export const historyNames = [
  "track",
  "name",
  "checksum",
  "state",
  "steps_done",
  "applied_at",
  "duration_ms",
  "tool_version",
  "applied_by",
] as const;

/** The columns of the journal, in the order of the parameters of its INSERT. */
export const journalNames = [
  "track",
  "name",
  "position",
  "sql_hash",
  "statement",
  "trace",
  "started_at",
  "finished_at",
  "error",
] as const;

/** A comment that marks godwit's own tables, whatever their names are, so that introspection can leave them out. */
export const ownComment = "a table of godwit";
