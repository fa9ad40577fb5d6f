import type { ProgressSql } from "../../core/ddl/progress.ts";

/** https://www.postgresql.org/docs/current/progress-reporting.html: a statement is in one of these views at most. */
export const progress: ProgressSql = {
  session: "SELECT pg_catalog.pg_backend_pid() AS id",
  query: [
    // While it waits for others the lockers count, while it reads the blocks of the table, then the rows.
    `SELECT phase, CASE WHEN phase LIKE 'waiting%' THEN lockers_done WHEN blocks_total > 0 THEN blocks_done ELSE tuples_done END AS done,
  CASE WHEN phase LIKE 'waiting%' THEN lockers_total WHEN blocks_total > 0 THEN blocks_total ELSE tuples_total END AS total
FROM pg_catalog.pg_stat_progress_create_index WHERE pid = $1::INTEGER`,
    "SELECT phase, heap_blks_scanned, heap_blks_total FROM pg_catalog.pg_stat_progress_cluster WHERE pid = $1::INTEGER",
    "SELECT phase, sample_blks_scanned, sample_blks_total FROM pg_catalog.pg_stat_progress_analyze WHERE pid = $1::INTEGER",
    "SELECT phase, heap_blks_scanned, heap_blks_total FROM pg_catalog.pg_stat_progress_vacuum WHERE pid = $1::INTEGER",
    "SELECT NULL, bytes_processed, bytes_total FROM pg_catalog.pg_stat_progress_copy WHERE pid = $1::INTEGER",
  ].join("\nUNION ALL\n"),
};
