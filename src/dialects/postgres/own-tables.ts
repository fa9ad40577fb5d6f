import { pastKey } from "../../core/ddl/own-columns.ts";

/** A comment that marks the history table, whatever its name is, so that introspection can leave it out. */
export const historyComment = "history of godwit";

/** A time as text, ISO 8601 with milliseconds. */
export const utcTime = (expression: string): string =>
  `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export const historyColumns: readonly string[] = [
  "track TEXT NOT NULL",
  "name TEXT NOT NULL",
  "checksum TEXT NOT NULL",
  "state TEXT NOT NULL",
  "steps_done INTEGER NOT NULL",
  "applied_at TIMESTAMPTZ NOT NULL",
  "duration_ms BIGINT NOT NULL",
  "tool_version TEXT NOT NULL",
  "applied_by TEXT NOT NULL",
  "PRIMARY KEY (track, name)",
];

export const pastColumns: readonly string[] = [
  ...historyColumns.slice(0, -1),
  "reason TEXT NOT NULL",
  "ended_at TIMESTAMPTZ NOT NULL",
  "ended_ms BIGINT NOT NULL",
  "ended_version TEXT NOT NULL",
  "ended_by TEXT NOT NULL",
  `PRIMARY KEY (${pastKey.join(", ")})`,
];

export const journalColumns: readonly string[] = [
  "track TEXT NOT NULL",
  "name TEXT NOT NULL",
  "position INTEGER NOT NULL",
  "sql_hash TEXT NOT NULL",
  "statement TEXT NOT NULL",
  "trace TEXT",
  "started_at TEXT NOT NULL",
  "finished_at TEXT",
  "error TEXT",
  "PRIMARY KEY (track, name, position)",
];
