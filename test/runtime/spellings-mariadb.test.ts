import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { drift } from "../../src/runtime/tasks/drift.ts";
import { fake } from "../../src/runtime/tasks/fake.ts";
import { generate } from "../../src/runtime/tasks/generate.ts";
import { startMariadb } from "../helpers/mariadb-server.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";
import { mysqlIsHere, startMysql } from "../helpers/mysql-server.ts";

const servers = [
  { title: "MariaDB", start: startMariadb, status: "SHOW MASTER STATUS" },
  ...(mysqlIsHere() ? [{ title: "MySQL", start: startMysql, status: "SHOW BINARY LOG STATUS" }] : []),
];

describe.each(servers)("$title", ({ title, start, status }) => {
  // A server of its own, because what is asked must not get into a binary log, which the others have none of.
  let server: Awaited<ReturnType<typeof start>>;
  let folder: TestProject;
  let database: Database;
  beforeAll(async () => {
    server = await start(["--log-bin=binlog", "--server-id=7"]);
    folder = await createProject("sqlite");
    const first = await openDatabase({ url: `${server.url}/mysql` });
    await first.driver.execute("CREATE DATABASE words CHARACTER SET utf8mb4");
    await first.close();
    database = await openDatabase(project().database);
    await database.driver.execute(
      `CREATE TABLE t (id integer PRIMARY KEY, ${columns}, ${checks}) COLLATE utf8mb4_unicode_ci`,
    );
    mkdirSync(folder.schemaPaths[0] ?? "", { recursive: true });
    writeFileSync(join(folder.schemaPaths[0] ?? "", "schema.yaml"), schema);
    await generate(project());
    await fake(project(), { all: true });
  });
  afterAll(async () => {
    await database.close();
    await folder.dispose();
    await server.stop();
  });

  const project = () => ({ ...folder, database: { url: `${server.url}/words` } });

  const columns = `n integer DEFAULT (1 + length('ab')), s varchar(20) DEFAULT (concat('a', 'b')), doc json,
  at date DEFAULT (curdate() - INTERVAL 1 DAY), g integer AS (n + char_length(s)) STORED`;
  const checks = `CONSTRAINT c CHECK (CAST(s AS char(3)) != 'x' OR NOT (n BETWEEN 1 AND 2)),
  CONSTRAINT d CHECK (substring(s, 1, 2) <> 'zz' AND json_extract(doc, '$.a') IS NOT NULL)`;

  /** The same in words that godwit alone does not take for those of the server. */
  const schema = `tables:
  - name: t
    fields:
      - { name: id, type: integer, primary_key: true }
      - { name: n, type: integer, default: { sql: "1 + octet_length('ab')" } }
      - { name: s, type: varchar, length: 20, default: { sql: "CONCAT('a', 'b')" } }
      - { name: doc, type: json }
      - { name: at, type: date, default: { sql: "CURRENT_DATE - INTERVAL 1 DAY" } }
      - { name: g, type: integer, generated: { as: "n + character_length(s)", stored: true } }
    constraints:
      - { name: c, check: "CAST(s AS char(3)) <> 'x' OR n NOT BETWEEN 1 AND 2" }
      - { name: d, check: "mid(s, 1, 2) != 'zz' AND NOT (json_extract(doc, '$.a') IS NULL)" }
`;

  const position = async (): Promise<unknown> => (await database.driver.query(status))[0]?.["Position"];

  const changes = async (): Promise<readonly string[]> =>
    (await drift(project())).changes.map(({ kind, object }) => `${kind} ${object}`).toSorted();

  describe(`drift asks ${title} what texts mean`, () => {
    test.each(["ROW", "MIXED"])("and writes nothing to a log of format %s", async (format) => {
      await database.driver.execute(`SET GLOBAL binlog_format = '${format}'`);
      const before = await position();
      const told: string[] = [];
      expect((await drift(project(), { onEvent: ({ type }) => told.push(type) })).changes).toEqual([]);
      expect(told).toEqual(["connected"]);
      expect(await position()).toBe(before);
    });

    test("but not where each statement is logged", async () => {
      await database.driver.execute("SET GLOBAL binlog_format = 'STATEMENT'");
      const before = await position();
      expect((await changes()).length).toBeGreaterThan(0);
      expect(await position()).toBe(before);
      await database.driver.execute("SET GLOBAL binlog_format = 'ROW'");
    });

    test("and says what means something else", async () => {
      await database.driver.execute(`ALTER TABLE t DROP CONSTRAINT c, ALTER n SET DEFAULT (2 + length('ab')),
      ADD CONSTRAINT c CHECK (CAST(s AS char(4)) <> 'x' OR n NOT BETWEEN 1 AND 2)`);
      expect(await changes()).toEqual(["changed_constraint c", "changed_field n"]);
    });

    test("within a transaction, which is not committed by it, and leaves no table", async () => {
      const { driver, dialect } = database;
      const question = dialect.spellings?.question({ kind: "expression", table: "t", want: "n > 1", have: "1 < n" });
      await driver.begin("START TRANSACTION");
      await driver.execute("INSERT INTO t (id, s, doc) VALUES (1, 'b', '{\"a\":1}')");
      for (const sql of question?.make ?? []) await driver.execute(sql);
      const [row] = await driver.query(question?.query ?? "");
      expect(question?.isSame(row ?? {})).toBe(false);
      for (const sql of question?.drop ?? []) await driver.execute(sql);
      await driver.rollback();
      expect(await driver.query("SELECT id FROM t")).toEqual([]);
      expect((await driver.query("SHOW TABLES")).map((table) => Object.values(table)[0])).toEqual([
        "godwit_history",
        "t",
      ]);
    });
  });

  test("a text that would get out of its parentheses is not sent", () => {
    const ask = (want: string) =>
      database.dialect.spellings?.question({ kind: "expression", table: "t", want, have: "1" });
    for (const want of ["1) , a int", "1; DROP TABLE t", "(1", "", "1 /*!*/) */"]) expect(ask(want)).toBeUndefined();
    expect(ask("(n) > 1 -- all")).toBeDefined();
  });
});
