import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import type { Command } from "../../src/core/ddl/dialect.ts";
import { createIndex, tableImage } from "../../src/core/ddl/image.ts";
import { diffLive, schemaOfLive } from "../../src/core/ddl/live.ts";
import { type Database, introspect, openDatabase } from "../../src/runtime/database.ts";
import { emptyDatabase } from "../helpers/mariadb-database.ts";
import { mariadbServer } from "../helpers/mariadb-server.ts";

// What is read of a table makes the same table anew, down to what SHOW CREATE TABLE says of it.

let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const created = await (await mariadbServer()).createDatabase();
  drop = created.drop;
  database = await openDatabase({ url: created.url });
});
afterEach(() => emptyDatabase(database));
afterAll(async () => {
  await database.close();
  await drop();
});

const shown = async (): Promise<readonly string[]> => {
  const [row] = await database.driver.query("SHOW CREATE TABLE t");
  return String(row?.["Create Table"]).split(/,?\n/).toSorted();
};

async function anew(sql: string): Promise<{ readonly before: readonly string[]; readonly after: readonly string[] }> {
  const { driver, dialect } = database;
  await driver.execute(sql);
  const before = await shown();
  const live = await introspect(database);
  expect(live.unsupported).toEqual([]);
  const schema = schemaOfLive(live, dialect);
  expect(diffLive(schema, live, dialect)).toEqual([]);
  const table = tableImage(schema, "t", dialect);
  await driver.execute("DROP TABLE t");
  const render = <S>(renderer: unknown, statement: S): readonly Command[] =>
    (renderer as (statement: S) => readonly Command[])(statement);
  const commands = [
    ...render(dialect.render.createTable, { kind: "createTable", table }),
    ...(schema.tables[0]?.indexes ?? []).flatMap((index) =>
      render(dialect.render.createIndex, createIndex(schema, "t", index, dialect)),
    ),
    ...table.columns
      .filter((column) => column.autoUpdate)
      .flatMap((column) => render(dialect.render.createAutoUpdate, { kind: "createAutoUpdate", table: "t", column })),
  ];
  for (const command of commands) if ("sql" in command) await driver.execute(command.sql);
  return { before, after: await shown() };
}

test("types of every kind", async () => {
  const { before, after } = await anew(`CREATE TABLE t (
 id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY COMMENT 'the key',
 a TINYINT, b TINYINT UNSIGNED, c TINYINT(1), d SMALLINT UNSIGNED, e MEDIUMINT, f MEDIUMINT UNSIGNED ZEROFILL, g BIGINT UNSIGNED, h INT(5) ZEROFILL,
 j DECIMAL(10,2) UNSIGNED, k DECIMAL(5,1) ZEROFILL, l FLOAT, m FLOAT(7,4), n DOUBLE(10,3), o DOUBLE UNSIGNED, p DOUBLE PRECISION, q BIT, r BIT(8) DEFAULT b'101', s YEAR DEFAULT 2024,
 u TIME, v TIME(3), w DATETIME, x DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), y TIMESTAMP NULL, z TIMESTAMP(3) NULL, zz TIMESTAMP(6) NULL,
 aa CHAR(10), ab VARCHAR(20), ac BINARY(4), ad VARBINARY(16), ae TINYTEXT, af TEXT, ag MEDIUMTEXT, ah LONGTEXT, ai TINYBLOB, aj BLOB, ak MEDIUMBLOB, al LONGBLOB,
 am ENUM('a','b''c','d,e') DEFAULT 'a', an SET('x','y') NOT NULL DEFAULT 'x,y', ao JSON, ap UUID, aq INET6 DEFAULT '::1', ar INET4,
 at GEOMETRY, au POINT NOT NULL, av LINESTRING, aw POLYGON, ax MULTIPOINT, ay MULTILINESTRING, az MULTIPOLYGON, ba GEOMETRYCOLLECTION,
 bd CHAR(36), be DATE DEFAULT '2024-02-03', bf INT DEFAULT -1, bg VARCHAR(5) DEFAULT '', bh TEXT DEFAULT 'x'
)`);
  expect(after).toEqual(before);
});

test("indexes of every kind, comments, collations, computed columns, checks and options", async () => {
  const { before, after } = await anew(`CREATE TABLE t (
 id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, a VARCHAR(40), b TEXT, c POINT NOT NULL, d VARCHAR(10) CHARACTER SET latin1, e VARCHAR(10) COLLATE utf8mb4_bin COMMENT 'it''s \\\\',
 f INT COMMENT 'a; b', g INT GENERATED ALWAYS AS (f + 1) STORED, h INT GENERATED ALWAYS AS (f * 2) VIRTUAL, i ENUM('x') COLLATE utf8mb4_bin,
 KEY k1 (b(10)), KEY k2 (a(3) DESC, f), FULLTEXT KEY ft (a, b), SPATIAL KEY sp (c), UNIQUE KEY u1 (a(5)), KEY k3 (b(255)), KEY k4 (f) IGNORED COMMENT 'idx', UNIQUE KEY u2 (b),
 CONSTRAINT positive CHECK (f > 0 AND (a IS NULL OR a <> 'it''s'))
) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8 STATS_PERSISTENT=1 COLLATE=utf8mb4_unicode_520_ci COMMENT='a table; it''s'`);
  expect(after).toEqual(before);
});

test("another engine", async () => {
  const { before, after } = await anew(
    "CREATE TABLE t (id INT PRIMARY KEY, a VARCHAR(9)) ENGINE=MyISAM CHECKSUM=1 COLLATE=latin1_swedish_ci",
  );
  expect(after).toEqual(before);
});

test("where a table begins to count", async () => {
  const { driver, dialect } = database;
  const table = {
    name: "t",
    columns: [{ name: "id", type: "INT", nullable: false, autoIncrement: true }],
    primaryKey: ["id"],
    indexes: [],
    foreignKeys: [],
    options: { auto_increment: "1000" },
  };
  const create = dialect.render.createTable;
  if ("unsupported" in create) throw new Error(create.unsupported);
  for (const command of create({ kind: "createTable", table })) if ("sql" in command) await driver.execute(command.sql);
  await driver.execute("INSERT INTO t VALUES ()");
  expect(await driver.query("SELECT id FROM t")).toEqual([{ id: 1000 }]);
});
