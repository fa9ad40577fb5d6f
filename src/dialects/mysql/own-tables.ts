import { pastKey } from "../../core/ddl/own-columns.ts";

/** A comment that marks godwit's own tables, whatever their names are, so that introspection can leave them out. */
export const historyComment = "history of godwit";

/** Names differ where their bytes do; a key of three of them has to fit into 3072 bytes. */
const name = "VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL";

export const historyColumns: readonly string[] = [
  `\`track\` ${name}`,
  `\`name\` ${name}`,
  "`checksum` VARCHAR(255) NOT NULL",
  "`state` VARCHAR(20) NOT NULL",
  "`steps_done` INT NOT NULL",
  "`applied_at` DATETIME(3) NOT NULL",
  "`duration_ms` BIGINT NOT NULL",
  "`tool_version` VARCHAR(255) NOT NULL",
  "`applied_by` TEXT NOT NULL",
  "PRIMARY KEY (`track`, `name`)",
];

export const pastColumns: readonly string[] = [
  ...historyColumns.slice(0, -1),
  "`reason` VARCHAR(20) NOT NULL",
  "`ended_at` DATETIME(3) NOT NULL",
  "`ended_ms` BIGINT NOT NULL",
  "`ended_version` VARCHAR(255) NOT NULL",
  "`ended_by` TEXT NOT NULL",
  `PRIMARY KEY (${pastKey.map((column) => `\`${column}\``).join(", ")})`,
];

export const journalColumns: readonly string[] = [
  `\`track\` ${name}`,
  `\`name\` ${name}`,
  "`position` INT NOT NULL",
  "`sql_hash` VARCHAR(255) NOT NULL",
  "`statement` LONGTEXT NOT NULL",
  "`trace` LONGTEXT",
  "`started_at` VARCHAR(40) NOT NULL",
  "`finished_at` VARCHAR(40)",
  "`error` LONGTEXT",
  "PRIMARY KEY (`track`, `name`, `position`)",
];

export const ownTable = `ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='${historyComment}'`;

/** A time as text, ISO 8601 with milliseconds. */
export const utcTime = (expression: string): string =>
  `CONCAT(LEFT(DATE_FORMAT(${expression}, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z')`;
