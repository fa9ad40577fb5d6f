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

/** The columns of the past: those of the history, and what became of the row. */
export const pastNames = [...historyNames, "reason", "ended_at", "ended_ms", "ended_version", "ended_by"] as const;

/** What tells the rows of the past apart: of one migration, each was applied and ended at times of its own. */
export const pastKey = ["track", "name", "applied_at", "ended_at"] as const;

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
