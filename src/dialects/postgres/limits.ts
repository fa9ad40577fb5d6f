import type { LimitSql, StatementLimits } from "../../core/ddl/limits.ts";

export const limits: LimitSql = {
  // Short, because every query on the table queues up behind a waiting ALTER TABLE.
  defaultLockMs: 5000,
  session: (wanted) => settings(wanted).map((setting) => `SET ${setting}`),
  transaction: (wanted) => settings(wanted).map((setting) => `SET LOCAL ${setting}`),
  reset: ["RESET lock_timeout", "RESET statement_timeout"],
  patient: (sql) => /concurrently/i.test(sql) && concurrent.test(withoutComments(sql)),
  // Several statements sent as one text are one transaction, unless they end it themselves.
  repeatable: (sql) => !/\b(?:commit|call|rollback)\b|(?:^|;)\s*end\b/i.test(sql),
};

/**
 * These hold a lock that lets queries through and wait for open transactions to end; cut short, CREATE and REINDEX leave an
 * invalid index (https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY).
 */
const concurrent =
  /^\s*(?:create\s+(?:unique\s+)?index\s+concurrently|drop\s+index\s+concurrently|reindex\b[^;]*\bconcurrently|alter\s+table\b[^;]*\bdetach\s+partition\b[^;]*\bconcurrently)\b/i;

/** Times without a unit are milliseconds. */
function settings({ lockMs, statementMs }: StatementLimits): readonly string[] {
  const all = { lock_timeout: lockMs, statement_timeout: statementMs };
  return Object.entries(all).flatMap(([name, ms]) => (ms === undefined ? [] : [`${name} = ${Math.round(ms)}`]));
}

const withoutComments = (sql: string): string => sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, " ");
