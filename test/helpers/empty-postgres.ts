import type { Driver } from "../../src/runtime/driver.ts";

/** Makes a database as it is when it is new, which takes a tenth of the time that making a new one takes. */
export async function emptyPostgres(driver: Pick<Driver, "query" | "execute">): Promise<void> {
  const schemas = await driver.query(
    "SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'",
  );
  const drops = schemas.map(({ name }) => `DROP SCHEMA ${name} CASCADE`);
  await driver.execute([...drops, "CREATE SCHEMA public"].join("; "));
}
