import { expect, test } from "bun:test";
import dialect from "../../src/dialects/sqlserver/dialect.ts";
import open from "../../src/dialects/sqlserver/driver.ts";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { dialectSuite } from "../conformance/dialect.ts";
import { driverSuite } from "../conformance/driver.ts";

// An empty database of a SQL Server, in which everything is dropped.
const url = process.env["GODWIT_TEST_SQLSERVER_URL"];

test.skipIf(url === undefined)("GODWIT_TEST_SQLSERVER_URL names a SQL Server", async () => {
  const session = await openDatabase({ url: url ?? "" });
  expect(await session.driver.serverVersion()).toMatch(/^\d+\.\d+/);
  await session.close();
});

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

if (url !== undefined) {
  driverSuite("SQL Server", {
    open: () => open(url),
    placeholder: (n) => `@p${n}`,
    types: { integer: "BIGINT", bytes: "VARBINARY(MAX)", text: "NVARCHAR(MAX)" },
    begin: dialect.bookkeeping.begin,
    codes: { unique: "2627", syntax: "102" },
  });
  dialectSuite({
    dialect,
    open: async () => {
      const sessions: Database[] = [];
      const again = async (): Promise<Database> => {
        const session = await openDatabase({ url });
        sessions.push(session);
        return session;
      };
      const database = await again();
      await database.driver.execute(drops);
      const close = async (): Promise<void> => {
        for (const session of sessions) await session.close();
      };
      return { database, again, close };
    },
  });
}
