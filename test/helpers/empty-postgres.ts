import type { Driver } from "../../src/runtime/driver.ts";

/** Makes a database as it is when it is new, which takes a tenth of the time that making a new one takes. */
export async function emptyPostgres(driver: Pick<Driver, "query" | "execute">): Promise<void> {
  const schemas = await driver.query(
    "SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'",
  );
  // Wrappers of foreign data are in no schema, and what an extension brought goes with it.
  const wrappers = await driver.query(
    "SELECT quote_ident(w.fdwname) AS name FROM pg_foreign_data_wrapper w WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = w.oid AND d.deptype = 'e')",
  );
  const drops = [
    ...wrappers.map(({ name }) => `DROP FOREIGN DATA WRAPPER ${name} CASCADE`),
    ...schemas.map(({ name }) => `DROP SCHEMA ${name} CASCADE`),
  ];
  await driver.execute([...drops, "CREATE SCHEMA public"].join("; "));
}
