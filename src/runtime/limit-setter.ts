import type { StatementLimits } from "../core/ddl/limits.ts";
import type { Database } from "./database.ts";

/** Keeps the limits of a session, or of the transaction that is open, as the statements need them. */
export interface LimitSetter {
  /** Sets what is not so already. What is not wanted any more goes back to what the connection says. */
  set(wanted: StatementLimits): Promise<void>;
  /** Everything goes back. */
  reset(): Promise<void>;
  /** What is set is not known any more: a savepoint was rolled back to. */
  forget(): void;
}

/** Behind a pooler nothing is set outside of transactions: the next client would find the session like that. */
export function limitSetter({ driver, dialect, pooled }: Database, inTransaction: boolean): LimitSetter {
  const sql = dialect.bookkeeping.limits;
  const write = inTransaction && sql.transaction ? sql.transaction : sql.session;
  const silent = pooled === true && !inTransaction;
  let current: StatementLimits | undefined = {};
  let back: readonly string[] | undefined;
  const executeAll = async (list: readonly string[]): Promise<void> => {
    for (const text of list) {
      if (inTransaction && driver.executeAhead) driver.executeAhead(text).catch(() => undefined);
      else await driver.execute(text);
    }
  };
  const reset = async (): Promise<void> => {
    await executeAll(back ?? []);
    current = {};
    back = undefined;
  };
  return {
    reset,
    forget: () => {
      current = undefined;
    },
    set: async (wanted) => {
      if (silent) return;
      if (!current || names.some((name) => wanted[name] === undefined && current?.[name] !== undefined)) await reset();
      const changed = names.filter((name) => wanted[name] !== current?.[name]);
      if (changed.length === 0) return;
      back ??= sql.saved ? sql.saved.back((await driver.query(sql.saved.query))[0] ?? {}) : sql.reset;
      await executeAll(write(Object.fromEntries(changed.map((name) => [name, wanted[name]]))));
      current = wanted;
    },
  };
}

const names = ["lockMs", "statementMs"] as const;
