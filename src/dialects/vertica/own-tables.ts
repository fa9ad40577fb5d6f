import { pastKey } from "../../core/ddl/own-columns.ts";

/** A comment that marks godwit's own tables, whatever their names are. */
export const ownComment = "history of godwit";

const text = "LONG VARCHAR(32000000)";

/** Times are texts that sort as they follow one another. Keys are kept (ENABLED), which they are not where nothing is said. */
export const historyColumns: readonly string[] = [
  "track VARCHAR(255) NOT NULL",
  "name VARCHAR(1024) NOT NULL",
  "checksum VARCHAR(255) NOT NULL",
  "state VARCHAR(32) NOT NULL",
  "steps_done INTEGER NOT NULL",
  "applied_at VARCHAR(32) NOT NULL",
  "duration_ms INTEGER NOT NULL",
  "tool_version VARCHAR(64) NOT NULL",
  "applied_by VARCHAR(1024) NOT NULL",
  "PRIMARY KEY (track, name) ENABLED",
];

export const pastColumns: readonly string[] = [
  ...historyColumns.slice(0, -1),
  "reason VARCHAR(32) NOT NULL",
  "ended_at VARCHAR(32) NOT NULL",
  "ended_ms INTEGER NOT NULL",
  "ended_version VARCHAR(64) NOT NULL",
  "ended_by VARCHAR(1024) NOT NULL",
  `PRIMARY KEY (${pastKey.join(", ")}) ENABLED`,
];

export const journalColumns = (quote: (name: string) => string): readonly string[] => [
  "track VARCHAR(255) NOT NULL",
  "name VARCHAR(1024) NOT NULL",
  `${quote("position")} INTEGER NOT NULL`,
  "sql_hash VARCHAR(255) NOT NULL",
  `statement ${text} NOT NULL`,
  `trace ${text}`,
  "started_at VARCHAR(32) NOT NULL",
  "finished_at VARCHAR(32)",
  `error ${text}`,
  `PRIMARY KEY (track, name, ${quote("position")}) ENABLED`,
];

export const leaseColumns = (quote: (name: string) => string): readonly string[] => [
  "id INTEGER NOT NULL",
  "token INTEGER NOT NULL",
  "owner VARCHAR(64)",
  "host VARCHAR(1024)",
  "pid INTEGER",
  `${quote("user")} VARCHAR(1024)`,
  "since TIMESTAMPTZ",
  "seen TIMESTAMPTZ",
  "ends TIMESTAMPTZ",
  "PRIMARY KEY (id) ENABLED",
];
