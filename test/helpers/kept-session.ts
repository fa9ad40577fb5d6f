import { type Database, openDatabase } from "../../src/runtime/database.ts";
import type { Driver } from "../../src/runtime/driver.ts";

/**
 * One session of PostgreSQL for all that happens to a database: a new one reads the catalog into its caches, which takes longer than most of what is
 * then asked, and so does planning long queries anew each time.
 */
export interface KeptSession {
  readonly driver: Driver;
  /** Ends what somebody left open, and takes back what they set. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

export async function keptSession(url: string): Promise<KeptSession> {
  const { driver, close }: Database = await openDatabase({ url });
  const names = new Map<string, Promise<string>>();
  // Queries may be sent side by side, so a name is taken before anything is waited for.
  const prepared = (sql: string): Promise<string> => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    const name = `kept_${names.size}`;
    const made = driver.execute(`PREPARE ${name} AS ${sql}`).then(() => name);
    names.set(sql, made);
    return made;
  };
  const isLong = (sql: string): boolean => sql.length > 300 && /^\s*(?:SELECT|WITH)\b/.test(sql);
  return {
    driver: {
      ...driver,
      query: async (sql, parameters, most) =>
        isLong(sql) && !parameters?.length
          ? driver.query(`EXECUTE ${await prepared(sql)}`)
          : driver.query(sql, parameters, most),
    },
    refresh: async () => {
      await driver.execute("ROLLBACK; RESET ALL; SELECT pg_advisory_unlock_all()");
    },
    close,
  };
}
