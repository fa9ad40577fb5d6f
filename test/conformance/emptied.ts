import type { Database } from "../../src/runtime/database.ts";

// What drops everything in the database of a server that is given by its URL.

type Session = Pick<Database, "driver">;

/** In the current schema of a Vertica. */
export async function emptyVertica({ driver }: Session): Promise<void> {
  const views = await driver.query(
    "SELECT table_name AS name FROM v_catalog.views WHERE table_schema = CURRENT_SCHEMA()",
  );
  for (const { name } of views) await driver.execute(`DROP VIEW "${name}"`);
  const tables = await driver.query(
    "SELECT table_name AS name FROM v_catalog.tables WHERE table_schema = CURRENT_SCHEMA()",
  );
  for (const { name } of tables) await driver.execute(`DROP TABLE "${name}" CASCADE`);
}

/** In the database of a StarRocks. */
export async function emptyStarrocks({ driver }: Session): Promise<void> {
  const tables = await driver.query(
    "SELECT table_name AS `name`, table_type AS `type` FROM information_schema.tables WHERE table_schema = DATABASE()",
  );
  for (const { name, type } of tables)
    await driver.execute(type === "VIEW" ? `DROP VIEW \`${name}\`` : `DROP TABLE \`${name}\` FORCE`);
}

/** In the database of a SQL Server. */
export const emptySqlserver = async ({ driver }: Session): Promise<void> => void (await driver.execute(drops));

/** In the schema "public" of a cluster of Aurora DSQL. */
export const emptyDsql = (session: Session): Promise<void> =>
  executeFound(
    session,
    "SELECT format('DROP %s %s CASCADE', CASE table_type WHEN 'VIEW' THEN 'VIEW' ELSE 'TABLE' END, quote_ident(table_name)) AS sql FROM information_schema.tables WHERE table_schema = 'public' UNION ALL SELECT format('DROP SEQUENCE IF EXISTS %s', quote_ident(sequence_name)) FROM information_schema.sequences WHERE sequence_schema = 'public' UNION ALL SELECT format('DROP DOMAIN %s', quote_ident(domain_name)) FROM information_schema.domains WHERE domain_schema = 'public'",
  );

/** In the schema "public" of a cluster of Redshift. */
export const emptyRedshift = (session: Session): Promise<void> =>
  executeFound(
    session,
    "SELECT 'DROP ' || CASE table_type WHEN 'VIEW' THEN 'VIEW ' ELSE 'TABLE ' END || QUOTE_IDENT(table_name) || ' CASCADE' AS sql FROM svv_tables WHERE table_schema = 'public'",
  );

async function executeFound({ driver }: Session, query: string): Promise<void> {
  for (const { sql } of await driver.query(query)) await driver.execute(String(sql));
}

/** Foreign keys first, then what is built on tables, then those, and the schemas that are left. */
const drops = `DECLARE @drop NVARCHAR(MAX) = (SELECT STRING_AGG(CAST(sql AS NVARCHAR(MAX)), N'; ') WITHIN GROUP (ORDER BY rank) FROM (
  SELECT 1 AS rank, CONCAT(N'ALTER TABLE ', QUOTENAME(OBJECT_SCHEMA_NAME(parent_object_id)), N'.', QUOTENAME(OBJECT_NAME(parent_object_id)), N' DROP CONSTRAINT ', QUOTENAME(name)) AS sql FROM sys.foreign_keys
  UNION ALL SELECT 2, CONCAT(N'DROP ', CASE WHEN type = 'V' THEN N'VIEW ' WHEN type = 'P' THEN N'PROCEDURE ' WHEN type = 'SN' THEN N'SYNONYM ' ELSE N'FUNCTION ' END, QUOTENAME(SCHEMA_NAME(schema_id)), N'.', QUOTENAME(name))
  FROM sys.objects WHERE is_ms_shipped = 0 AND type IN ('V', 'P', 'FN', 'IF', 'TF', 'SN')
  UNION ALL SELECT 3, CONCAT(N'DROP TABLE ', QUOTENAME(SCHEMA_NAME(schema_id)), N'.', QUOTENAME(name)) FROM sys.tables WHERE is_ms_shipped = 0
  UNION ALL SELECT 4, CONCAT(N'DROP SEQUENCE ', QUOTENAME(SCHEMA_NAME(schema_id)), N'.', QUOTENAME(name)) FROM sys.sequences
  UNION ALL SELECT 5, CONCAT(N'DROP SCHEMA ', QUOTENAME(name)) FROM sys.schemas WHERE schema_id BETWEEN 5 AND 16383
) AS d);
EXEC (@drop)`;
