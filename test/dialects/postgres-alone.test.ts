import { describe, expect, test } from "bun:test";
import { standsAlone } from "../../src/dialects/postgres/alone.ts";

// A statement that is taken for one that may be in a transaction fails there; one that needlessly stands alone is not undone with the rest.
describe("what PostgreSQL does not let into a transaction", () => {
  const cases = {
    always: [
      "CREATE INDEX CONCURRENTLY i ON t (a)",
      "create unique index\n  concurrently i on t (a)",
      "DROP INDEX CONCURRENTLY i",
      "REINDEX INDEX CONCURRENTLY i",
      "REINDEX (VERBOSE, CONCURRENTLY) TABLE t",
      "/* nightly */ REINDEX DATABASE shop",
      "ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
      "VACUUM",
      "vacuum(full) t",
      "-- once\nCLUSTER",
      "CREATE DATABASE shop",
      "DROP TABLESPACE fast",
      "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p",
      "ALTER DATABASE shop SET TABLESPACE fast",
      "ALTER SYSTEM SET work_mem = '1GB'",
    ],
    "on-request": ["CALL fill()", "DO $$ BEGIN PERFORM 1; END $$"],
    never: [
      "CREATE TABLE t (a INTEGER)",
      "CREATE TABLE vacuum_log (call TEXT, database TEXT)",
      "CREATE INDEX i ON t (a)",
      "COMMENT ON TABLE t IS 'built CONCURRENTLY'",
      "CLUSTER t USING i",
      "INSERT INTO t VALUES ('VACUUM')",
    ],
  } as const;

  for (const [kind, statements] of Object.entries(cases)) {
    test.each(statements)(`${kind}: %s`, (sql) => {
      expect<string>(standsAlone(sql)).toBe(kind);
    });
  }
});
