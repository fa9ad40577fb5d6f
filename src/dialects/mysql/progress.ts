import type { ProgressSql } from "../../core/ddl/progress.ts";

const session = "SELECT CONNECTION_ID() AS id";

/** What the server says it is doing, such as `copy to tmp table` or `Waiting for table metadata lock`; how much of it is done it does not say. */
export const progress: ProgressSql = {
  session,
  query: "SELECT state AS phase, NULL AS done, NULL AS total FROM information_schema.processlist WHERE id = ?",
};

/** With how far it is, in percent of each stage: https://mariadb.com/kb/en/progress-reporting/ */
export const stagedProgress: ProgressSql = {
  session,
  query: `SELECT state AS phase, (GREATEST(stage, 1) - 1) * 100 + progress AS done, max_stage * 100 AS total
FROM information_schema.processlist WHERE id = ?`,
};
