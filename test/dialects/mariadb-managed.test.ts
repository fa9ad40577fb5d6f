import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { schemaOfLive } from "../../src/core/ddl/live.ts";
import { splitScript } from "../../src/core/sql-files/split.ts";
import { type Database, introspect, openDatabase } from "../../src/runtime/database.ts";
import { emptyDatabase } from "../helpers/mariadb-database.ts";
import { mariadbServer } from "../helpers/mariadb-server.ts";
import { mysqlIsHere, mysqlServer } from "../helpers/mysql-server.ts";

// What views, functions, procedures, triggers and events are read back as, and that this is the same as what people have written.

const servers = [
  { title: "MariaDB", server: mariadbServer, doc: "longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin" },
  ...(mysqlIsHere() ? [{ title: "MySQL", server: mysqlServer, doc: "json" }] : []),
] as const;

describe.each(servers)("$title", ({ server, doc }) => {
  let database: Database;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const created = await (await server()).createDatabase();
    drop = created.drop;
    database = await openDatabase({ url: created.url });
  });
  afterEach(() => emptyDatabase(database));
  afterAll(async () => {
    await database.close();
    await drop();
  });

  async function run(sql: string): Promise<void> {
    for (const { text } of splitScript(sql, database.dialect.scriptSyntax)) await database.driver.execute(text);
  }

  const tables = `CREATE TABLE users (id INT AUTO_INCREMENT PRIMARY KEY, email VARCHAR(80), age INT NOT NULL, active BOOLEAN NOT NULL);
CREATE TABLE posts (id INT AUTO_INCREMENT PRIMARY KEY, user_id INT, title VARCHAR(50), at DATETIME, n DECIMAL(10,2), \`order\` INT);`;

  describe("a view that somebody wrote is the one that the server tells of", () => {
    const queries: readonly string[] = [
      "SELECT * FROM users",
      "SELECT users.*, posts.title FROM users INNER JOIN posts ON posts.user_id = users.id WHERE NOT active",
      "SELECT u.id, count(*), count(*) n, if(u.age > 3, 'a', 'b') kind FROM users u LEFT JOIN posts p ON p.user_id = u.id WHERE (u.active = 1 OR u.age <> 3) AND p.title IS NOT NULL GROUP BY u.id HAVING count(*) > 1 ORDER BY n DESC LIMIT 5",
      "SELECT id, email FROM users WHERE active UNION ALL SELECT id, title FROM posts WHERE at > now() - interval 3 day",
      "WITH x AS (SELECT id FROM users WHERE age BETWEEN 3 AND 5) SELECT x.id, (SELECT max(id) FROM posts WHERE user_id = x.id) last, cast(x.id as char(10)) FROM x, posts WHERE x.id = posts.id AND EXISTS (SELECT 1 FROM users WHERE users.id = x.id)",
      "SELECT a.id FROM users a JOIN posts USING (id) WHERE a.age > ANY (SELECT n FROM posts) ORDER BY 1",
      "SELECT d.id, c FROM (SELECT user_id AS id, count(*) AS c FROM posts GROUP BY user_id) AS d JOIN users ON users.id = d.id",
      "SELECT `order`, left(title, 3) l FROM posts WHERE title REGEXP '^a' AND n NOT IN (1, 2)",
      "SELECT lower(email) AS email, substring(email, 2) s, age % 2 m, !active a, date_add(now(), interval 1 day) FROM users ORDER BY email",
      "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 5) SELECT n FROM c",
      "SELECT id FROM users WHERE email = 'it''s \\\\ x' OR email = \"dq\" LIMIT 3 OFFSET 4",
      "SELECT u.id FROM users u RIGHT JOIN posts p ON p.id = u.id",
      "SELECT id, active AND age x, title NOT LIKE 'it''s%' l FROM users JOIN posts USING (id) WHERE age = ANY (SELECT n FROM posts) OR active ORDER BY 2 DESC, id",
      "SELECT id FROM users WHERE NOT (age = 1 OR email <> 'x' OR email IS NULL) AND NOT active",
      "SELECT id, NOT (age > 1 AND NOT (active OR age <= 3)) n FROM users WHERE NOT age BETWEEN 1 AND 2 AND NOT (age IN (1, 2) OR email LIKE 'x%')",
      "SELECT id FROM users WHERE NOT (age = 1 XOR active) OR NOT (age <=> 1 OR age + 1 NOT BETWEEN 1 AND 2)",
    ];
    test.each(queries)("%s", async (query) => {
      await run(tables);
      await database.driver.execute(`CREATE VIEW v AS ${query}`);
      const definition = async () =>
        (
          await database.driver.query(
            "SELECT view_definition AS text FROM information_schema.views WHERE table_schema = DATABASE()",
          )
        )[0];
      const { tables: found, views = [] } = await introspect(database);
      const around = {
        columnsOf: (name: string) => found.find((table) => table.name === name)?.columns.map((column) => column.name),
        viewOf: () => undefined,
      };
      const [read] = views;
      if (!read) throw new Error("the view is not read");
      expect(database.dialect.canonicalView?.(read, around).query).toBe(
        database.dialect.canonicalView?.({ name: "v", query }, around).query ?? "",
      );
      // What is read makes the same view.
      const before = await definition();
      await database.driver.execute(`CREATE OR REPLACE VIEW v AS ${read.query}`);
      expect(await definition()).toEqual(before);
    });

    test("another one is not", () => {
      const around = { columnsOf: () => ["id", "age"], viewOf: () => undefined };
      const text = (query: string) => database.dialect.canonicalView?.({ name: "v", query }, around).query;
      const base = text("SELECT a.id FROM t a JOIN u b ON a.id = b.id");
      expect(text("SELECT b.id FROM t a JOIN u b ON a.id = b.id")).not.toBe(base ?? "");
      expect(text("SELECT a.id FROM t a LEFT JOIN u b ON a.id = b.id")).not.toBe(base ?? "");
      expect(text("SELECT a.id AS x FROM t a JOIN u b ON a.id = b.id")).not.toBe(base ?? "");
      expect(text("SELECT a.id FROM t a JOIN u b ON a.id = b.age")).not.toBe(base ?? "");
    });
  });

  test("views have their options, and are written as people write", async () => {
    await run(`${tables} CREATE ALGORITHM = MERGE SQL SECURITY INVOKER VIEW v AS
SELECT u.id AS id, p.title AS headline FROM users AS u JOIN posts AS p ON p.user_id = u.id WHERE u.age > 3 WITH LOCAL CHECK OPTION`);
    expect((await introspect(database)).views).toEqual([
      {
        name: "v",
        query: "SELECT u.id, p.title AS headline\nFROM users u\nJOIN posts p ON (p.user_id = u.id)\nWHERE u.age > 3",
        options: { algorithm: "merge", security_invoker: "true", check_option: "local" },
      },
    ]);
  });

  const objects = `CREATE FUNCTION shorter(what VARCHAR(80), n INT UNSIGNED) RETURNS VARCHAR(80) DETERMINISTIC NO SQL SQL SECURITY INVOKER COMMENT 'cuts'
BEGIN
  -- a semicolon; in a comment
  RETURN LEFT(what, n);
END;
CREATE PROCEDURE \`for get\`(IN who INT, OUT n INT, INOUT doc JSON) MODIFIES SQL DATA DELETE FROM users WHERE id = who;
CREATE TRIGGER low BEFORE INSERT ON users FOR EACH ROW SET NEW.email = LOWER(NEW.email);
CREATE TRIGGER high BEFORE INSERT ON users FOR EACH ROW FOLLOWS low SET NEW.age = 3;
CREATE EVENT tidy ON SCHEDULE EVERY '1:30' HOUR_MINUTE STARTS '2030-01-01 00:00:00' ON COMPLETION PRESERVE DISABLE COMMENT 'daily' DO DELETE FROM users;
CREATE EVENT once ON SCHEDULE AT '2031-01-01 10:00:00' DO DELETE FROM posts`;

  test("functions, procedures, triggers in their order, and events are read as the statements that make them", async () => {
    await run(`${tables} ${objects}`);
    const live = await introspect(database);
    expect(live.unsupported).toEqual([]);
    expect(live.objects).toEqual([
      {
        kind: "function",
        name: "shorter",
        comment: "cuts",
        definition:
          "CREATE FUNCTION shorter(what varchar(80), n int unsigned) RETURNS varchar(80)\n  DETERMINISTIC\n  NO SQL\n  SQL SECURITY INVOKER\nBEGIN\n  -- a semicolon; in a comment\n  RETURN LEFT(what, n);\nEND",
      },
      {
        kind: "procedure",
        name: "for get",
        definition: `CREATE PROCEDURE \`for get\`(who int, OUT n int, INOUT doc ${doc})\n  MODIFIES SQL DATA\nDELETE FROM users WHERE id = who`,
      },
      {
        kind: "trigger",
        name: "low",
        table: "users",
        definition: "CREATE TRIGGER low BEFORE INSERT ON users FOR EACH ROW SET NEW.email = LOWER(NEW.email)",
      },
      {
        kind: "trigger",
        name: "high",
        table: "users",
        definition: "CREATE TRIGGER high BEFORE INSERT ON users FOR EACH ROW FOLLOWS low SET NEW.age = 3",
      },
      {
        kind: "event",
        name: "once",
        definition: "CREATE EVENT once ON SCHEDULE AT '2031-01-01 10:00:00'\nDO DELETE FROM posts",
      },
      {
        kind: "event",
        name: "tidy",
        comment: "daily",
        definition:
          "CREATE EVENT tidy ON SCHEDULE EVERY '1:30' HOUR_MINUTE STARTS '2030-01-01 00:00:00'\n  ON COMPLETION PRESERVE\n  DISABLE\nDO DELETE FROM users",
      },
    ]);
    // What is written of it is the same to `schema drift`.
    const { dialect } = database;
    const written = splitScript(objects, dialect.scriptSyntax).map(({ text }) => text);
    for (const object of schemaOfLive(live, dialect).objects ?? []) {
      const text = written.find((each) => each.includes(object.name)) ?? "";
      expect(dialect.canonicalObject?.({ ...object, definition: text }).definition).toBe(
        dialect.canonicalObject?.(object).definition ?? "",
      );
    }
  });
});
