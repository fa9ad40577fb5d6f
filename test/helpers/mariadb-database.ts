import type { Database } from "../../src/runtime/database.ts";

/** Drops everything in the current database: quicker than dropping it and making it again. */
export async function emptyDatabase({ driver, dialect }: Pick<Database, "driver" | "dialect">): Promise<void> {
  const tables = await driver.query(
    "SELECT table_name AS name, table_type AS type FROM information_schema.tables WHERE table_schema = DATABASE()",
  );
  await driver.execute("SET foreign_key_checks = 0");
  for (const { name, type } of tables)
    await driver.execute(
      `DROP ${type === "VIEW" || type === "SEQUENCE" ? type : "TABLE"} ${dialect.quote(String(name))}`,
    );
  await driver.execute("SET foreign_key_checks = 1");
  const routines = await driver.query(
    "SELECT routine_type AS type, routine_name AS name FROM information_schema.routines WHERE routine_schema = DATABASE() UNION ALL SELECT 'EVENT', event_name FROM information_schema.events WHERE event_schema = DATABASE()",
  );
  for (const { name, type } of routines) await driver.execute(`DROP ${type} ${dialect.quote(String(name))}`);
}

/** An example as MySQL and MariaDB can have it: without predicates of indexes, and with a character that names may have in the place of one that they may not. */
export function adapted<T>(example: T): T {
  if (typeof example === "string") return example.replaceAll("😀", "☃") as T;
  if (Array.isArray(example)) return example.map((item) => adapted<unknown>(item)) as T;
  if (typeof example !== "object" || example === null || example instanceof Uint8Array) return example;
  const entries = Object.entries(example).filter(([key]) => key !== "where");
  return Object.fromEntries(entries.map(([key, value]) => [adapted(key), adapted<unknown>(value)])) as T;
}
