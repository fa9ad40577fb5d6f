/** A comment that marks godwit's own tables, whatever their names are. */
export const ownComment = "history of godwit";

const text = "VARCHAR(65535)";

/** Times are texts that sort as they follow one another. */
export const historyColumns: readonly string[] = [
  "track VARCHAR(255) NOT NULL",
  "name VARCHAR(1024) NOT NULL",
  "checksum VARCHAR(255) NOT NULL",
  "state VARCHAR(32) NOT NULL",
  "steps_done INTEGER NOT NULL",
  "applied_at VARCHAR(32) NOT NULL",
  "duration_ms BIGINT NOT NULL",
  "tool_version VARCHAR(64) NOT NULL",
  "applied_by VARCHAR(1024) NOT NULL",
];

export const pastColumns: readonly string[] = [
  ...historyColumns,
  "reason VARCHAR(32) NOT NULL",
  "ended_at VARCHAR(32) NOT NULL",
  "ended_ms BIGINT NOT NULL",
  "ended_version VARCHAR(64) NOT NULL",
  "ended_by VARCHAR(1024) NOT NULL",
];

export const journalColumns: readonly string[] = [
  "track VARCHAR(255) NOT NULL",
  "name VARCHAR(1024) NOT NULL",
  "position INTEGER NOT NULL",
  "sql_hash VARCHAR(255) NOT NULL",
  `statement ${text} NOT NULL`,
  `trace ${text}`,
  "started_at VARCHAR(32) NOT NULL",
  "finished_at VARCHAR(32)",
  `error ${text}`,
];

export const leaseColumns = (quote: (name: string) => string): readonly string[] => [
  "id INTEGER NOT NULL",
  "token BIGINT NOT NULL",
  "owner VARCHAR(64)",
  "host VARCHAR(1024)",
  "pid BIGINT",
  `${quote("user")} VARCHAR(1024)`,
  "since TIMESTAMP",
  "seen TIMESTAMP",
  "ends TIMESTAMP",
];
