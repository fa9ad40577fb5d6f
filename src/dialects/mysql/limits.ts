import type { LimitSql, StatementLimits } from "../../core/ddl/limits.ts";
import { splitScript } from "../../core/sql-files/split.ts";
import { standsAlone } from "./alone.ts";
import { scriptSyntax } from "./script-syntax.ts";

/**
 * What waits for a table waits by `lock_wait_timeout` (metadata locks), what waits for rows by `innodb_lock_wait_timeout`: both in whole
 * seconds. How long a statement runs cannot be limited on MySQL, whose `max_execution_time` is for SELECT only.
 */
export const limits: LimitSql = limitsWith(() => ({}), []);

/** With further settings, which `reset` lists by name. */
export function limitsWith(
  further: (limits: StatementLimits) => Readonly<Record<string, number>>,
  names: readonly string[],
): LimitSql {
  return {
    // Short, because every query on the table queues up behind a waiting ALTER TABLE.
    defaultLockMs: 5000,
    session: (wanted) => {
      const seconds = wanted.lockMs === undefined ? undefined : lockSeconds(wanted.lockMs);
      const all = {
        ...(seconds !== undefined && { lock_wait_timeout: seconds, innodb_lock_wait_timeout: seconds }),
        ...further(wanted),
      };
      return Object.entries(all).map(([name, value]) => `SET SESSION ${name} = ${value}`);
    },
    reset: ["lock_wait_timeout", "innodb_lock_wait_timeout", ...names].map((name) => `SET SESSION ${name} = DEFAULT`),
    patient: () => false,
    // One statement is done or not done. Several are not, where one of them commits those before it or there is no transaction.
    repeatable: (sql, inTransaction) => {
      const statements = splitScript(sql, scriptSyntax);
      return statements.length < 2 || (inTransaction && statements.every(({ text }) => standsAlone(text) === "never"));
    },
  };
}

/** A year is the longest wait that there is; zero would be none at all. */
const lockSeconds = (milliseconds: number): number =>
  milliseconds === 0 ? 31_536_000 : Math.max(1, Math.ceil(milliseconds / 1000));
