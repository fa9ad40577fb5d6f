import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { schemaOfLive } from "../../src/core/ddl/live.ts";
import mariadb from "../../src/dialects/mariadb/dialect.ts";
import mysql from "../../src/dialects/mysql/dialect.ts";
import { type Database, introspect, openDatabase } from "../../src/runtime/database.ts";
import { emptyDatabase } from "../helpers/mariadb-database.ts";
import { type MariadbDatabase, mariadbServer } from "../helpers/mariadb-server.ts";

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
beforeEach(() => emptyDatabase(database));

const run = (sql: string) => database.driver.execute(sql);

test("tables that others made are read as somebody would declare them", async () => {
  await run(`CREATE TABLE users (
  id INT(11) UNSIGNED ZEROFILL PRIMARY KEY, email VARCHAR(80) NOT NULL DEFAULT '', active BOOL DEFAULT TRUE,
  made TIMESTAMP NOT NULL DEFAULT NOW() ON UPDATE NOW(), day DATE DEFAULT (CURRENT_DATE), doc JSON DEFAULT ('{}'), uid CHAR(36) DEFAULT (UUID()),
  price NUMERIC(8,2) DEFAULT 1.50, note MEDIUMTEXT, word VARCHAR(9) DEFAULT 'it''s \\\\', at DATETIME(3) DEFAULT NULL
);
CREATE TABLE posts (id BIGINT AUTO_INCREMENT PRIMARY KEY, a INT, b INT, UNIQUE KEY ab (a, b), FULLTEXT KEY ft (t), t TEXT)`);
  const { tables, unsupported } = await introspect(database);
  expect(unsupported).toEqual([]);
  expect(schemaOfLive({ tables }, mariadb).tables).toEqual([
    {
      name: "posts",
      fields: [
        { name: "id", type: "bigserial", nullable: false },
        { name: "a", type: "integer", nullable: true },
        { name: "b", type: "integer", nullable: true },
        { name: "t", type: "text", nullable: true },
      ],
      primaryKey: ["id"],
      indexes: [
        { name: "ab", fields: ["a", "b"], unique: true },
        { name: "ft", fields: ["t"], method: "fulltext" },
      ],
      foreignKeys: [],
      options: { mysql: { collate: "utf8mb4_general_ci" } },
    },
    {
      name: "users",
      fields: [
        { name: "id", type: "int(11) unsigned zerofill", nullable: false },
        { name: "email", type: "varchar", length: 80, nullable: false, default: "blank" },
        { name: "active", type: "boolean", nullable: true, default: true },
        { name: "made", type: "timestamp", nullable: false, default: "now", autoUpdate: true },
        { name: "day", type: "date", nullable: true, default: "today" },
        { name: "doc", type: "json", nullable: true, default: "object" },
        { name: "uid", type: "uuid", nullable: true, default: "new_uuid" },
        { name: "price", type: "decimal", precision: 8, scale: 2, nullable: true, default: 1.5 },
        { name: "note", type: "mediumtext", nullable: true },
        { name: "word", type: "varchar", length: 9, nullable: true, default: "it's \\" },
        { name: "at", type: "datetime(3)", nullable: true },
      ],
      primaryKey: ["id"],
      indexes: [],
      foreignKeys: [],
      options: { mysql: { collate: "utf8mb4_general_ci" } },
    },
  ]);
});

test("the dialect of MySQL reads the same from this server", async () => {
  await run(`CREATE TABLE a (id INT PRIMARY KEY, doc JSON, CHECK (id > 0));
CREATE TABLE b (id INT PRIMARY KEY, doc JSON DEFAULT ('[]'), a_id INT, CONSTRAINT f FOREIGN KEY (a_id) REFERENCES a (id))`);
  const other: Database = { ...database, dialect: mysql };
  expect(await introspect(other)).toEqual(await introspect(database));
});

test("an index that only serves a foreign key goes unmentioned, and any other index does not", async () => {
  await run(`CREATE TABLE p (id INT PRIMARY KEY);
CREATE TABLE c (id INT PRIMARY KEY, x INT, y INT, z INT,
  CONSTRAINT fx FOREIGN KEY (x) REFERENCES p (id), KEY own (y), CONSTRAINT fy FOREIGN KEY (y) REFERENCES p (id) ON DELETE CASCADE,
  KEY fz (z, x))`);
  const { tables } = await introspect(database);
  const child = tables.find((table) => table.name === "c");
  expect(child?.indexes.map((index) => index.name)).toEqual(["fz", "own"]);
  expect(child?.foreignKeys).toMatchObject([
    { name: "fx", columns: ["x"], table: "p", referencedColumns: ["id"], onDelete: "RESTRICT" },
    { name: "fy", columns: ["y"], onDelete: "CASCADE" },
  ]);
});

describe("what has no place in a schema is listed", () => {
  const cases: readonly (readonly [string, string, object])[] = [
    ["a sequence", "CREATE SEQUENCE s", { kind: "sequence", object: "s" }],
    [
      "a trigger that is read otherwise",
      "SET sql_mode = 'ANSI_QUOTES'; CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.n = 1; SET sql_mode = DEFAULT",
      { kind: "trigger", object: "g", table: "t" },
    ],
    ["a set with quotes in it", "ALTER TABLE t ADD COLUMN e SET('a''b', 'b')", { kind: "column type", object: "e" }],
    ["a column that nobody sees", "ALTER TABLE t ADD COLUMN e INT INVISIBLE", { kind: "column", object: "e" }],
    ["partitions", "ALTER TABLE t PARTITION BY HASH (id) PARTITIONS 2", { kind: "partitioned table", object: "t" }],
    ["versions of rows", "ALTER TABLE t ADD SYSTEM VERSIONING", { kind: "system versioning", object: "t" }],
  ];
  test.each(cases)("%s", async (_, sql, expected) => {
    await run(`CREATE TABLE t (id INT PRIMARY KEY, n INT, word VARCHAR(200)); ${sql}`);
    const { tables, unsupported } = await introspect(database);
    expect(unsupported).toMatchObject([expected]);
    // The rest of the table is known all the same.
    expect(tables.find((table) => table.name === "t")?.columns.length ?? 0).toBeGreaterThanOrEqual(3);
  });
});

test("a foreign key to another database is listed, and left alone", async () => {
  const other = await (await mariadbServer()).createDatabase();
  await run(`CREATE TABLE \`${other.name}\`.far (id INT PRIMARY KEY);
CREATE TABLE t (id INT PRIMARY KEY, f INT, CONSTRAINT away FOREIGN KEY (f) REFERENCES \`${other.name}\`.far (id))`);
  const { tables, unsupported } = await introspect(database);
  expect(tables[0]?.foreignKeys).toEqual([]);
  expect(unsupported).toMatchObject([{ kind: "foreign key", object: "away", table: "t" }]);
  await emptyDatabase(database);
  await other.drop();
});

describe("types and defaults in one spelling", () => {
  const types: readonly (readonly [string, string])[] = [
    ["INTEGER", "int"],
    ["INT(11) UNSIGNED", "int unsigned"],
    ["tinyint(4)", "tinyint"],
    ["BOOLEAN", "tinyint(1)"],
    ["DECIMAL", "decimal(10,0)"],
    ["numeric( 8 )", "decimal(8,0)"],
    ["DOUBLE PRECISION", "double"],
    ["FLOAT(53)", "double"],
    ["CHARACTER VARYING(20)", "varchar(20)"],
    ["CHAR", "char(1)"],
    ["TIMESTAMP(0)", "timestamp"],
    ["DATETIME( 6 )", "datetime(6)"],
  ];
  test.each(types)("%s is %s", (written, canonical) => expect(mariadb.canonicalType(written)).toBe(canonical));

  const defaults: readonly (readonly [string, string, string])[] = [
    ["(NOW())", "TIMESTAMP", "current_timestamp"],
    ["current_timestamp(6)", "TIMESTAMP(6)", "current_timestamp"],
    ["(( UUID() ))", "CHAR(36)", "uuid"],
    ["'0.10'", "DECIMAL(8,2)", "0.1"],
    ["_utf8mb4'a\\'b'", "TEXT", "'a''b'"],
    ["'2024-02-29'", "TIMESTAMP", "'2024-02-29 00:00:00'"],
    ["'(a) + (b)'", "TEXT", "'(a) + (b)'"],
    ["(a) + (b)", "INT", "(a) + (b)"],
    ["TRUE", "TINYINT(1)", "1"],
  ];
  test.each(defaults)("DEFAULT %s of %s is %s", (sql, type, canonical) =>
    expect(mariadb.canonicalDefault(sql, type)).toBe(canonical),
  );

  const literals: readonly (readonly [string, string, string])[] = [
    ["2026-01-31T08:09:10Z", "TIMESTAMP", "'2026-01-31 08:09:10'"],
    ["2026-01-31 08:09:10.5+02:00", "DATETIME(3)", "'2026-01-31 06:09:10.5'"],
    ["2026-01-31T08:09:10Z", "TEXT", "'2026-01-31T08:09:10Z'"],
    ["back\\slash 'q' \0", "TEXT", "'back\\\\slash ''q'' \\0'"],
  ];
  test.each(literals)("%j for %s is written %s", (value, type, sql) => expect(mariadb.literal(value, type)).toBe(sql));
});
