/** Times are texts that sort as they follow one another. A table is made with all that tells its rows apart, and nothing marks it as godwit's but its columns. */
export const historyColumns = [
  "track Utf8 NOT NULL",
  "name Utf8 NOT NULL",
  "checksum Utf8 NOT NULL",
  "state Utf8 NOT NULL",
  "steps_done Int64 NOT NULL",
  "applied_at Utf8 NOT NULL",
  "duration_ms Int64 NOT NULL",
  "tool_version Utf8 NOT NULL",
  "applied_by Utf8 NOT NULL",
] as const;

export const pastColumns = [
  ...historyColumns,
  "reason Utf8 NOT NULL",
  "ended_at Utf8 NOT NULL",
  "ended_ms Int64 NOT NULL",
  "ended_version Utf8 NOT NULL",
  "ended_by Utf8 NOT NULL",
] as const;

export const journalColumns = [
  "track Utf8 NOT NULL",
  "name Utf8 NOT NULL",
  "position Int64 NOT NULL",
  "sql_hash Utf8 NOT NULL",
  "statement Utf8 NOT NULL",
  "trace Utf8",
  "started_at Utf8 NOT NULL",
  "finished_at Utf8",
  "error Utf8",
] as const;

export const leaseColumns = [
  "id Int32 NOT NULL",
  "token Int64 NOT NULL",
  "owner Utf8",
  "host Utf8",
  "pid Int64",
  "user Utf8",
  "since Timestamp",
  "seen Timestamp",
  "ends Timestamp",
] as const;

export const nameOf = (column: string): string => column.split(" ", 1)[0] ?? "";

/** Whether a table is one of godwit's, whatever it is called: nothing else has these columns. */
export const isOwn = (name: string, columns: readonly string[]): boolean =>
  name.startsWith("godwit_") ||
  [historyColumns, pastColumns, journalColumns, leaseColumns].some(
    (own) => own.length === columns.length && own.every((column) => columns.includes(nameOf(column))),
  );
