import type { Database } from "./database.ts";

/** Runs `work` in a transaction of the kind that the dialect opens for DDL; what fails is rolled back as a whole. */
export async function inTransaction({ driver, dialect }: Database, work: () => Promise<void>): Promise<void> {
  await driver.begin(dialect.bookkeeping.begin);
  try {
    await work();
    await driver.commit();
  } catch (error) {
    // Where even this fails, the connection is gone and the database rolls back by itself; the first error is the one to report.
    await driver.rollback().catch(() => undefined);
    throw error;
  }
}
