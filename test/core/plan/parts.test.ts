import { describe, expect, test } from "bun:test";
import { parseOperation } from "../../../src/core/operations/index.ts";
import type { Migration } from "../../../src/core/plan/migration.ts";
import { commandsOf } from "../../../src/core/plan/plan.ts";
import { planDown, planUp } from "../../../src/core/plan/steps.ts";
import { emptySchema } from "../../../src/core/schema/model.ts";
import postgres from "../../../src/dialects/postgres/dialect.ts";
import sqlite from "../../../src/dialects/sqlite/dialect.ts";

const table = (name: string) => ({ kind: "createTable", name, fields: [{ name: "id", type: "integer" }] });
const sql = (forward: string) => ({ kind: "runSQL", forward, backward: forward });
const migration = (operations: readonly object[], transaction = true): Migration => ({
  name: "0001_a",
  file: "migrations/0001_a.ts",
  dependencies: [],
  replaces: [],
  operations: operations.map(parseOperation),
  checksum: "",
  transaction,
});

/** A line per step: `tx` or `alone`, and how each command begins. */
const shape = (m: Migration, dialect = postgres, direction: "up" | "down" = "up"): readonly string[] => {
  const plan =
    direction === "up"
      ? planUp({ pending: [m], before: emptySchema, dialect })
      : planDown({ rollback: [m], applied: [m], dialect });
  return plan.steps.map((step) => {
    const texts = commandsOf(step).map((c) => ("sql" in c ? c.sql.split(/\s+/).slice(0, 3).join(" ") : c.kind));
    return [step.begin ?? (step.transaction ? "tx" : "alone"), ...texts].join(" | ");
  });
};

const concurrent = "CREATE INDEX CONCURRENTLY i ON a (id)";

describe("with a transaction", () => {
  test("a migration is one step", () => {
    expect(shape(migration([table("a"), sql("UPDATE a SET id = 1; UPDATE a SET id = 2"), table("b")]))).toEqual([
      'tx | CREATE TABLE "a" | UPDATE a SET | UPDATE a SET | CREATE TABLE "b"',
    ]);
  });

  test("one without operations is an empty step", () => {
    expect(shape(migration([]))).toEqual(["tx"]);
    expect(shape(migration([], false))).toEqual(["tx"]);
  });

  test("what cannot be in one cuts it, also in the middle of an operation, both ways", () => {
    const cut = migration([table("a"), sql(`UPDATE a SET id = 1; ${concurrent}; UPDATE a SET id = 2`), table("b")]);
    const middle = "alone | CREATE INDEX CONCURRENTLY";
    expect(shape(cut)).toEqual([
      'tx | CREATE TABLE "a" | UPDATE a SET',
      middle,
      'tx | UPDATE a SET | CREATE TABLE "b"',
    ]);
    expect(shape(cut, postgres, "down")).toEqual([
      'tx | DROP TABLE "b" | UPDATE a SET',
      middle,
      'tx | UPDATE a SET | DROP TABLE "a"',
    ]);
  });

  test("positions count the commands of the whole migration", () => {
    const m = migration([table("a"), sql(`SELECT 1; ${concurrent}; VACUUM a`), table("b")]);
    const { steps } = planUp({ pending: [m], before: emptySchema, dialect: postgres });
    expect(steps.map((step) => step.position)).toEqual([0, 2, 3, 4]);
  });

  test("a procedure stays in it, and so do comments and strings that speak of what cannot", () => {
    expect(shape(migration([sql(`CALL p(); DO $$ BEGIN COMMIT; END $$; SELECT '${concurrent}' -- VACUUM`)]))).toEqual([
      "tx | CALL p() | DO $$ BEGIN | SELECT 'CREATE INDEX",
    ]);
  });

  test.each([
    "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON a (id)",
    "/* now */ create index\n concurrently on a (id)",
    "DROP INDEX CONCURRENTLY i",
    "REINDEX INDEX CONCURRENTLY i",
    "REINDEX (VERBOSE) TABLE CONCURRENTLY a",
    "REINDEX (CONCURRENTLY) TABLE a",
    "REINDEX DATABASE d",
    "ALTER TABLE a DETACH PARTITION b CONCURRENTLY",
    "VACUUM",
    "VACUUM (ANALYZE) a",
    "CLUSTER",
    "CREATE DATABASE d",
    "DROP TABLESPACE t",
    "ALTER SYSTEM SET work_mem = '8MB'",
  ])("PostgreSQL: %s stands alone", (text) => {
    expect(postgres.bookkeeping.standsAlone(text)).toBe("always");
  });

  test.each(["CREATE INDEX concurrently_built ON a (id)", "REINDEX TABLE a", "CLUSTER a USING i", "DROP INDEX i", ""])(
    "PostgreSQL: %s does not",
    (text) => {
      expect(postgres.bookkeeping.standsAlone(text)).toBe("never");
    },
  );

  test("SQLite: VACUUM and settings that do nothing in a transaction stand alone", () => {
    expect(shape(migration([table("a"), sql("VACUUM"), sql("PRAGMA user_version = 3")]), sqlite)).toEqual([
      'tx | CREATE TABLE "a"',
      "alone | VACUUM",
      "tx | PRAGMA user_version =",
    ]);
    expect(sqlite.bookkeeping.standsAlone("pragma journal_mode = WAL")).toBe("always");
    expect(sqlite.bookkeeping.standsAlone("ATTACH 'x' AS y")).toBe("always");
  });
});

describe("without one", () => {
  test("each operation and each statement of SQL is a step, a transaction where it can be", () => {
    const m = migration([table("a"), sql("INSERT INTO a VALUES (1); CALL p(); VACUUM a"), table("b")], false);
    expect(shape(m)).toEqual([
      'tx | CREATE TABLE "a"',
      "tx | INSERT INTO a",
      "alone | CALL p()",
      "alone | VACUUM a",
      'tx | CREATE TABLE "b"',
    ]);
  });

  test("the author's own transactions are steps, opened in the author's words", () => {
    const own = "SELECT 1; BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT 2; SELECT 3; COMMIT; BEGIN; SELECT 4; ROLLBACK";
    expect(shape(migration([sql(own)], false))).toEqual([
      "tx | SELECT 1",
      "BEGIN ISOLATION LEVEL SERIALIZABLE | SELECT 2 | SELECT 3",
      "alone | BEGIN; SELECT 4;",
    ]);
  });

  test("half of a transaction is refused", () => {
    expect(() => shape(migration([sql("BEGIN"), sql("COMMIT")], false))).toThrow(
      'operation 1 (run SQL: BEGIN): its SQL says "BEGIN", and what belongs to that is not in the same operation',
    );
    expect(() => shape(migration([sql("SELECT 1; COMMIT")], false))).toThrow('its SQL says "COMMIT"');
  });

  test("a table of SQLite that is made anew is one step", () => {
    const m = migration([table("a"), { kind: "alterField", table: "a", field: { name: "id", type: "text" } }], false);
    expect(shape(m, sqlite).every((line) => line.startsWith("tx"))).toBe(true);
  });
});
