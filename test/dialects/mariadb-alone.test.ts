import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import mariadb from "../../src/dialects/mariadb/dialect.ts";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { traceOf } from "../../src/runtime/journal.ts";
import { emptyDatabase } from "../helpers/mariadb-database.ts";
import { type MariadbDatabase, mariadbServer } from "../helpers/mariadb-server.ts";

const { standsAlone, recoveryOf } = mariadb.bookkeeping;
const run = (sql: string) => database.driver.execute(sql);

let home: MariadbDatabase;
let database: Database;
beforeAll(async () => {
  home = await (await mariadbServer()).createDatabase();
  database = await openDatabase({ url: home.url });
});
afterAll(async () => {
  await database.close();
  await home.drop();
});
beforeEach(async () => {
  await emptyDatabase(database);
  for (const kind of ["PROCEDURE", "FUNCTION", "EVENT"])
    await run(`DROP ${kind} IF EXISTS old; DROP ${kind} IF EXISTS p`);
  await run(`CREATE TABLE t (id INT PRIMARY KEY, n INT, \`a b\` TEXT, KEY i (n));
CREATE TABLE u (id INT PRIMARY KEY, t_id INT, CONSTRAINT f FOREIGN KEY (t_id) REFERENCES t (id));
CREATE VIEW v AS SELECT id FROM t;
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.n = 1;
CREATE PROCEDURE old() SELECT 1`);
});

/** What commits, as a list of what was really tried; the rest does not. */
const committing: readonly string[] = [
  "CREATE TABLE x (id INT)",
  "/* why */ CREATE TABLE x (id INT)",
  "/*!50003 CREATE TABLE x (id INT) */",
  "-- why\ncreate or replace table x (id int)",
  "ALTER TABLE t ADD COLUMN m INT",
  "ALTER TABLE nowhere ADD COLUMN m INT",
  "RENAME TABLE t TO x",
  "TRUNCATE TABLE u",
  "DROP TABLE u",
  "CREATE INDEX j ON t (n)",
  "DROP INDEX i ON t",
  "CREATE VIEW w AS SELECT 1",
  "CREATE TRIGGER h BEFORE UPDATE ON t FOR EACH ROW SET NEW.n = 2",
  "CREATE PROCEDURE p() SELECT 2",
  "CREATE FUNCTION p() RETURNS INT RETURN 1",
  "CREATE EVENT p ON SCHEDULE EVERY 1 DAY DO SELECT 1",
  "ANALYZE TABLE t",
  "OPTIMIZE LOCAL TABLE t",
  "CHECK TABLE t",
  "LOCK TABLES u WRITE; UNLOCK TABLES",
  "FLUSH TABLES u",
  "GRANT SELECT ON t TO root@'%'",
  "SET autocommit = 1",
];
const harmless: readonly string[] = [
  "INSERT INTO u (id) VALUES (7)",
  "CREATE TEMPORARY TABLE x (id INT)",
  "CREATE OR REPLACE TEMPORARY TABLE x (id INT)",
  "SET @a = 1",
  "SET SESSION sort_buffer_size = 100000",
  "ANALYZE SELECT 1",
  "SELECT 'CREATE TABLE x'",
  "SAVEPOINT s",
];

describe("what cannot be part of a transaction", () => {
  /** Whether a row that was written before the statement survives a rollback. */
  const commits = async (sql: string): Promise<boolean> => {
    const session = await openDatabase({ url: home.url });
    await run("CREATE TABLE mark (id INT)");
    await session.driver.execute(`${sql.startsWith("SET autocommit") ? "SET autocommit = 0" : "START TRANSACTION"}`);
    await session.driver.execute("INSERT INTO mark VALUES (1)");
    await session.driver.execute(sql).catch(() => undefined);
    await session.driver.execute("ROLLBACK");
    await session.close();
    return (await database.driver.query("SELECT id FROM mark")).length > 0;
  };

  test.each(committing)("%s", async (sql) => {
    expect(await commits(sql)).toBe(true);
    expect(standsAlone(sql)).toBe("always");
  });

  test.each(harmless)("but this can: %s", async (sql) => {
    expect(await commits(sql)).toBe(false);
    expect(standsAlone(sql)).toBe("never");
  });

  test("a procedure does what it likes", () => expect(standsAlone("CALL p()")).toBe("on-request"));
});

/** Statement, and what makes ready for it. */
const changes: readonly (readonly [string, string?])[] = [
  ["CREATE TABLE x (id INT)"],
  ["CREATE TABLE `odd``name` (id INT)"],
  ["CREATE TABLE x LIKE t"],
  ["ALTER TABLE t ADD COLUMN m INT, ADD KEY j (m)"],
  ["ALTER TABLE `t` MODIFY COLUMN n BIGINT NOT NULL DEFAULT 5"],
  ["ALTER TABLE t ALTER COLUMN n SET DEFAULT 7"],
  ["ALTER TABLE t DROP COLUMN `a b`"],
  ["ALTER TABLE t RENAME COLUMN n TO m"],
  ["ALTER TABLE t RENAME TO x"],
  ["ALTER TABLE t RENAME INDEX i TO j"],
  ["ALTER TABLE t COMMENT = 'hello'"],
  ["ALTER TABLE t ADD CONSTRAINT c CHECK (n > 0)"],
  ["ALTER TABLE t CONVERT TO CHARACTER SET latin1"],
  ["ALTER TABLE u DROP FOREIGN KEY f"],
  ["ALTER TABLE u DROP FOREIGN KEY f, ADD CONSTRAINT h FOREIGN KEY (t_id) REFERENCES t (id) ON DELETE CASCADE"],
  ["ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (id, n)", "ALTER TABLE u DROP FOREIGN KEY f"],
  ["RENAME TABLE u TO x, t TO y"],
  ["DROP TABLE u, t"],
  ["CREATE UNIQUE INDEX j ON t (n)"],
  ["CREATE FULLTEXT INDEX j ON t (`a b`)"],
  ["DROP INDEX i ON t"],
  ["CREATE VIEW w AS SELECT 1"],
  ["ALTER VIEW v AS SELECT n FROM t"],
  ["DROP VIEW v"],
  ["CREATE DEFINER = CURRENT_USER TRIGGER h BEFORE UPDATE ON t FOR EACH ROW BEGIN SET NEW.n = 2; END"],
  ["DROP TRIGGER g"],
  ["CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END"],
  ["CREATE FUNCTION p(x INT) RETURNS INT RETURN x"],
  ["DROP PROCEDURE old"],
  ["CREATE EVENT p ON SCHEDULE EVERY 1 DAY DO SELECT 1"],
  ["CREATE SEQUENCE s"],
];

describe("whether a statement took effect is told by the catalog", () => {
  test.each(changes.map(([sql, before = "DO 0"]) => [sql, before] as const))("%s", async (sql, before) => {
    await run(before);
    const recovery = recoveryOf(sql);
    if (recovery.kind !== "compare") return expect.unreachable(`it is ${recovery.kind}`);
    const old = await traceOf(database, recovery.query);
    // What happens to rows, and to other tables, does not count.
    await run("CREATE TABLE other (id INT); INSERT INTO t (id) VALUES (1), (2), (3); ANALYZE TABLE t");
    expect(await traceOf(database, recovery.query)).toBe(old);
    await run("DELETE FROM t");
    await run(sql);
    expect(await traceOf(database, recovery.query)).not.toBe(old);
  });

  test.each([
    "CREATE TABLE IF NOT EXISTS x (id INT)",
    "CREATE OR REPLACE VIEW v AS SELECT 1",
    "DROP TABLE IF EXISTS x",
    "TRUNCATE t",
    "ANALYZE TABLE t",
    "GRANT SELECT ON t TO root@'%'",
  ])("%s is done again", (sql) => expect(recoveryOf(sql)).toEqual({ kind: "repeat" }));

  test.each(["CREATE USER ann", "INSTALL SONAME 'x'"])("%s: only a person can tell", (sql) =>
    expect(recoveryOf(sql)).toEqual({ kind: "ask" }),
  );

  test("a table of another database is looked up there", () => {
    const recovery = recoveryOf("ALTER TABLE `shop`.orders ADD COLUMN n INT");
    expect(recovery.kind === "compare" && recovery.query).toContain("table_name = 'orders' AND table_schema = 'shop'");
  });
});
