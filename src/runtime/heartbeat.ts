import type { Database } from "./database.ts";
import { every } from "./every.ts";

/**
 * Gives signs of life on a second connection, opened with the first of them: the working one may be busy for hours. Where the database cannot be
 * opened once more, there are none.
 */
export function heartbeat(database: Database, beatMs: number, beat: (other: Database) => Promise<unknown>) {
  let end: (() => void) | undefined;
  let other: Database | undefined;
  let beating: Promise<void> | undefined;
  const once = async (): Promise<void> => {
    // What is at work keeps the row, and would be undone for the sake of this.
    if (database.driver.holdsWriteLock) return;
    try {
      other ??= await database.again?.();
      if (other) await beat(other);
    } catch {
      // The next beat tries again, on a new connection.
      await other?.close().catch(() => undefined);
      other = undefined;
    }
  };
  return {
    start: (): void => {
      end = every(beatMs, () => {
        beating ??= once().finally(() => {
          beating = undefined;
        });
      });
    },
    stop: async (): Promise<void> => {
      end?.();
      await beating;
      await other?.close().catch(() => undefined);
    },
  };
}
