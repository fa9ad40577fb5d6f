import type { Database } from "./database.ts";

/**
 * Runs `work` in a transaction of the kind that the dialect opens for DDL, or that `begin` opens; what fails is rolled back as a whole.
 * A run that has lost its lock does not begin.
 */
export async function inTransaction(
  { driver, dialect, confirmLock }: Database,
  work: () => Promise<void>,
  begin = dialect.bookkeeping.begin,
): Promise<void> {
  await driver.begin(begin);
  try {
    await confirmLock?.();
    await work();
    await driver.commit();
  } catch (error) {
    // Where even this fails, the connection is gone and the database rolls back by itself; the first error is the one to report.
    await driver.rollback().catch(() => undefined);
    throw error;
  }
}

/** Runs queries that must see one state of the database, in the way that `dialect.rows` reads. Nothing is left open, whatever happens. */
export async function inSnapshot<T>({ driver, dialect }: Database, work: () => Promise<T>): Promise<T> {
  await driver.begin(dialect.rows.begin);
  try {
    return await work();
  } finally {
    await driver.rollback().catch(() => undefined);
  }
}
