import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { renderStatement } from "../../src/core/ddl/render.ts";
import type { TableImage } from "../../src/core/ddl/statement.ts";
import { fieldTypes } from "../../src/core/schema/types.ts";
import sqlite from "../../src/dialects/sqlite/dialect.ts";
import { type Database, introspect, openDatabase } from "../../src/runtime/database.ts";

let database: Database;
beforeEach(async () => {
  database = await openDatabase({ url: ":memory:" });
});
afterEach(() => database.close());

const run = (sql: string) => database.driver.execute(sql);
const rows = (sql: string) => database.driver.query(sql);

describe("introspection reads back", () => {
  test("a table with all that the model has", async () => {
    await run("CREATE TABLE teams (a TEXT NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (b, a))");
    const image: TableImage = {
      name: "members",
      columns: [
        { name: "id", type: "INTEGER", nullable: false, autoIncrement: true },
        { name: "team", type: "TEXT", nullable: true },
        { name: "no", type: "INTEGER", nullable: true },
        { name: "uid", type: "UUID TEXT", nullable: false, default: sqlite.namedDefaults["new_uuid"] ?? "" },
        { name: "price", type: "DECIMAL(10, 2)", nullable: false, default: "-1.50" },
        { name: "at", type: "TIMESTAMP", nullable: true, default: "CURRENT_TIMESTAMP", autoUpdate: true },
      ],
      primaryKey: ["id"],
      indexes: [
        { name: "i1", fields: ["team", "no"], unique: true },
        { name: "i2", fields: ["no"], where: "no > 0 AND team <> ' WHERE '" },
      ],
      foreignKeys: [
        {
          name: "first",
          columns: ["no", "team"],
          table: "teams",
          referencedColumns: ["b", "a"],
          onDelete: "CASCADE",
          onUpdate: "SET NULL",
        },
        {
          name: "self",
          columns: ["no"],
          table: "members",
          referencedColumns: ["id"],
          onDelete: "RESTRICT",
          onUpdate: "NO ACTION",
        },
      ],
    };
    const column = image.columns.find((c) => c.autoUpdate) ?? expect.unreachable();
    const statements = [
      { kind: "createTable", table: image },
      ...image.indexes.map((index) => ({ kind: "createIndex", table: "members", index }) as const),
      { kind: "createAutoUpdate", table: "members", of: image, column },
    ] as const;
    for (const command of statements.flatMap((s) => renderStatement(s, sqlite)))
      await run("sql" in command ? command.sql : "");
    const live = await introspect(database);
    expect(live.tables.find((t) => t.name === "members")).toEqual(image);
    expect(live.unsupported).toEqual([]);
  });

  test("names of foreign keys, however they were declared", async () => {
    await run(`CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE q (x INT, y INT, PRIMARY KEY (x, y));
      CREATE TABLE c (a INT CONSTRAINT nn NOT NULL REFERENCES p, b INT CONSTRAINT "fk b" REFERENCES p (id), "CONSTRAINT fake REFERENCES" INT, -- CONSTRAINT no REFERENCES p
        CONSTRAINT last FOREIGN KEY (a, b) REFERENCES q (x, y));
      ALTER TABLE c ADD COLUMN d INT CONSTRAINT added REFERENCES p`);
    const keys = (await introspect(database)).tables.find((t) => t.name === "c")?.foreignKeys ?? [];
    expect(keys.map((k) => [k.name, k.columns.join(), k.referencedColumns.join()])).toEqual([
      ["fk_c_a", "a", "id"],
      ["fk b", "b", "id"],
      // SQLite writes an added column behind the other columns, before the constraints.
      ["added", "d", "id"],
      ["last", "a,b", "x,y"],
    ]);
  });

  test("keys and indexes that are written in lower case", async () => {
    await run(`create table p (id integer primary key, x text not null, y int not null, unique (x, y));
      create table c (a text not null, b int, d int references p, primary key (a), foreign key (a, b) references P (X, Y), foreign key (d) references p (id));
      create index w on c (b) where b > 0; create index "where" on c (b desc); create index n on c (a collate nocase, b)`);
    const c = (await introspect(database)).tables.find((t) => t.name === "c");
    expect(c?.foreignKeys.map((k) => [k.name, ...k.columns, k.table, ...k.referencedColumns])).toEqual([
      ["fk_c_d", "d", "p", "id"],
      ["fk_c_a_b", "a", "b", "p", "x", "y"],
      ["fk_c_d2", "d", "p", "id"],
    ]);
    // Its key says NOT NULL; one that does not has the option.
    expect(c?.options).toBeUndefined();
    expect(c?.indexes).toEqual([
      { name: "w", fields: ["b"], where: "b > 0" },
      { name: "where", fields: [{ field: "b", order: "desc" }] },
      { name: "n", fields: [{ field: "a", collation: "nocase" }, "b"] },
    ]);
  });

  test("constraints, generated columns, collations and indexes of all kinds", async () => {
    await run(`CREATE TABLE t (a INTEGER CONSTRAINT positive CHECK (a > 0) UNIQUE, b TEXT COLLATE NOCASE DEFAULT ('CHECK (1)'),
      g INT GENERATED ALWAYS AS (a + (1)), h AS (lower(b)) STORED, d INT REFERENCES t (a) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
      e INT REFERENCES t (a) NOT DEFERRABLE, CHECK (a <> d), CONSTRAINT "two, of" UNIQUE (b, d), CHECK (b NOT IN ('x)', ',')))`);
    await run(`CREATE INDEX e1 ON t (lower(b) DESC, a) WHERE a > 0; CREATE INDEX ds ON t (a DESC, b COLLATE BINARY);
      CREATE UNIQUE INDEX co ON t (b COLLATE NOCASE, iif(a, ',', ')') ASC)`);
    const { tables, unsupported } = await introspect(database);
    expect(unsupported).toEqual([]);
    expect(tables[0]?.constraints).toEqual([
      { name: "positive", check: "a > 0" },
      { name: "t_a_key", unique: ["a"] },
      { name: "t_check", check: "a <> d" },
      { name: "two, of", unique: ["b", "d"] },
      { name: "t_b_check", check: "b NOT IN ('x)', ',')" },
    ]);
    expect(tables[0]?.columns.map(({ name, collation, generated }) => [name, collation, generated])).toEqual([
      ["a", undefined, undefined],
      ["b", "NOCASE", undefined],
      ["g", undefined, { as: "a + (1)" }],
      ["h", undefined, { as: "lower(b)", stored: true }],
      ["d", undefined, undefined],
      ["e", undefined, undefined],
    ]);
    expect(
      tables[0]?.foreignKeys.map(({ columns, onDelete, deferrable }) => [columns[0], onDelete, deferrable]),
    ).toEqual([
      ["d", "SET NULL", "deferred"],
      ["e", "NO ACTION", undefined],
    ]);
    expect(tables[0]?.indexes).toEqual([
      { name: "e1", fields: [{ expression: "lower(b)", order: "desc" }, "a"], where: "a > 0" },
      {
        name: "ds",
        fields: [
          { field: "a", order: "desc" },
          { field: "b", collation: "BINARY" },
        ],
      },
      { name: "co", fields: [{ field: "b", collation: "NOCASE" }, { expression: "iif(a, ',', ')')" }], unique: true },
    ]);
  });

  test("what the model has no place for, with a reason and without loss of the rest", async () => {
    await run(
      `CREATE TABLE t (a INTEGER NOT NULL ON CONFLICT IGNORE, b TEXT COLLATE NOCASE UNIQUE, g AS (a + 1), d INT REFERENCES t (a) DEFERRABLE) STRICT`.replace(
        " g AS",
        " g INT AS",
      ),
    );
    await run(`CREATE INDEX e ON t (lower(b)); CREATE INDEX ds ON t (a DESC); CREATE INDEX co ON t (a COLLATE NOCASE); CREATE INDEX fine ON t (a);
      CREATE VIEW v AS SELECT 1; CREATE TRIGGER tr AFTER DELETE ON t BEGIN SELECT 1; END; CREATE VIRTUAL TABLE ft USING fts5 (body);
      CREATE TABLE godwit_history (track TEXT); CREATE TABLE w (k TEXT PRIMARY KEY) WITHOUT ROWID`);
    const live = await introspect(database);
    expect(live.tables.map((t) => t.name)).toEqual(["t", "w"]);
    expect(live.tables[0]?.columns.map((c) => c.name)).toEqual(["a", "b", "g", "d"]);
    expect(live.views).toEqual([{ name: "v", query: "SELECT 1" }]);
    expect(live.objects?.map((o) => [o.kind, o.name, o.table])).toEqual([
      ["trigger", "tr", "t"],
      ["virtual_table", "ft", undefined],
    ]);
    expect(live.unsupported.map((u) => `${u.kind} ${u.object}`).toSorted()).toEqual(["foreign key fk_t_d"]);
  });
});

describe("how a table is kept", () => {
  const optionsOf = async (sql: string) => {
    await run(sql);
    return (await introspect(database)).tables.map((table) => table.options ?? {});
  };

  test("is read from its text where no pragma tells it", async () => {
    expect(
      await optionsOf(`CREATE TABLE a (k TEXT PRIMARY KEY) WITHOUT ROWID; CREATE TABLE b (i INTEGER PRIMARY KEY, t TEXT) STRICT;
        CREATE TABLE c (i INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT); CREATE TABLE d (k TEXT PRIMARY KEY);
        CREATE TABLE e (x INT NOT NULL, y INT, PRIMARY KEY (x, y)); CREATE TABLE f (x INT, CONSTRAINT f_x_check CHECK (x > 0))`),
    ).toEqual([
      { without_rowid: "true" },
      { strict: "true" },
      { not_null_key: "true" },
      { not_null_key: "false" },
      { not_null_key: "x" },
      { named_keys: "true" },
    ]);
  });

  test("goes without saying where it is what godwit makes", async () => {
    const made = "CREATE TABLE a (i INTEGER PRIMARY KEY, x TEXT UNIQUE CHECK (x <> ''), y INTEGER REFERENCES a (i));";
    expect(await optionsOf(`${made} CREATE TABLE b (k TEXT NOT NULL PRIMARY KEY)`)).toEqual([{}, {}]);
  });
});

describe("types", () => {
  const concrete = fieldTypes.filter((type) => type !== "foreign_key");

  test.each(concrete)("%s is declared so that an import finds it again", (type) => {
    const serial = type.endsWith("serial");
    const length = ["varchar", "char"].includes(type) && { length: 3 };
    const column = {
      name: "c",
      type: sqlite.columnType({ type, ...length }),
      nullable: true,
      ...(serial && { autoIncrement: true }),
    };
    expect(sqlite.fieldOf(column)).toEqual({ name: "c", type: serial ? "serial" : type, ...length, nullable: true });
  });

  test("lengths and precisions survive an import", () => {
    const again = (type: string) => sqlite.fieldOf({ name: "c", type, nullable: false });
    expect(again(sqlite.columnType({ type: "varchar", length: 20 }))).toMatchObject({ type: "varchar", length: 20 });
    expect(again(sqlite.columnType({ type: "decimal", precision: 12, scale: 3 }))).toMatchObject({
      precision: 12,
      scale: 3,
    });
    expect(again("geometry")).toMatchObject({ type: "geometry" });
  });

  test("a declared type that no field type gives stays as it is written", () => {
    const written = [
      "NVARCHAR(160)",
      "INT",
      "DATETIME",
      "VARCHAR",
      "DECIMAL(10,0)",
      "JSON",
      "UUID",
      "UNSIGNED BIG INT",
      "",
    ];
    for (const type of written) {
      const { type: found, ...parameters } = sqlite.fieldOf({ name: "c", type, nullable: true });
      expect(sqlite.columnType({ type: found, ...parameters })).toBe(type);
    }
    const decimal = { type: "decimal", precision: 10, scale: 2 };
    expect(sqlite.fieldOf({ name: "c", type: "decimal(10, 2)", nullable: true })).toMatchObject(decimal);
    // In lower case it would be a field type, which SQLite has another name for.
    expect(sqlite.fieldOf({ name: "c", type: "float", nullable: true }).type).toBe("FLOAT");
  });

  // An all-digit uuid or a JSON number must not become a number: that is what the affinity of a type named JSON or UUID does.
  test.each(["uuid", "json", "jsonb", "text[]", "varchar", "char", "text"])(
    "%s stores texts of digits as texts",
    async (type) => {
      await run(`CREATE TABLE t (c ${sqlite.columnType({ type })}); INSERT INTO t VALUES ('0012e3')`);
      expect(await rows("SELECT c FROM t")).toEqual([{ c: "0012e3" }]);
    },
  );

  test("types that other tools declare compare as equal, other kinds of values do not", () => {
    const equal = [
      ["VARCHAR(9)", "TEXT"],
      ["UUID TEXT", "TEXT"],
      ["BIGINT", "INTEGER"],
      ["BOOLEAN", "INTEGER"],
      ["TIMESTAMP", "datetime"],
      ["DOUBLE", "REAL"],
      ["NUMERIC(5)", "DECIMAL(10, 2)"],
    ];
    const different = [
      ["TEXT", "INTEGER"],
      ["DATE", "TIMESTAMP"],
      ["BLOB", "TEXT"],
      ["DECIMAL", "REAL"],
      ["TIMESTAMP", "INTEGER"],
    ];
    for (const [a = "", b = ""] of equal) expect([a, sqlite.canonicalType(a)]).toEqual([a, sqlite.canonicalType(b)]);
    for (const [a = "", b = ""] of different)
      expect([b, sqlite.canonicalType(a)]).not.toEqual([b, sqlite.canonicalType(b)]);
  });
});

describe("defaults", () => {
  test("every named default is accepted and evaluates", async () => {
    const definitions = Object.entries(sqlite.namedDefaults).map(([name, sql]) => {
      const column = { name, type: "BLOB", nullable: true, default: sql };
      return column;
    });
    const table = { name: "t", columns: definitions, indexes: [], foreignKeys: [] };
    for (const command of renderStatement({ kind: "createTable", table }, sqlite))
      await run("sql" in command ? command.sql : "");
    await run("INSERT INTO t DEFAULT VALUES; INSERT INTO t DEFAULT VALUES");
    const [first, second] = await rows("SELECT * FROM t");
    expect(first).toMatchObject({ blank: "", array: "[]", object: "{}", zero: 0, true: 1, false: 0, null: null });
    expect(String(first?.["new_uuid"])).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(first?.["new_uuid"]).not.toBe(second?.["new_uuid"]);
    expect(String(first?.["now"])).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  });

  test("one spelling for what is the same", () => {
    const same: readonly (readonly [string, string, string])[] = [
      ["( 'x' )", "'x'", "TEXT"],
      ["TRUE", "1", "BOOLEAN"],
      ["current_timestamp", "CURRENT_TIMESTAMP", "TIMESTAMP"],
      ["+5", "5", "INTEGER"],
      ["'5'", "5", "INTEGER"],
      ["((1) + (2))", "(1)+(2)", "INTEGER"],
    ];
    for (const [a, b, type] of same)
      expect([a, sqlite.canonicalDefault(a, type)]).toEqual([a, sqlite.canonicalDefault(b, type)]);
    expect(sqlite.canonicalDefault("'5'", "TEXT")).not.toBe(sqlite.canonicalDefault("5", "TEXT"));
    expect(sqlite.canonicalDefault("'( x )'", "TEXT")).toBe("'( x )'");
  });
});

describe("literals", () => {
  const values = [
    "o'brien",
    "nul\0inside",
    "😀",
    "",
    0,
    -1.5,
    1e21,
    9223372036854775807n,
    -9223372036854775808n,
    null,
    new Uint8Array([0, 255]),
  ];
  test.each(values)("%p is the same value in SQL", async (value) => {
    const [row] = await rows(`SELECT ${sqlite.literal(value)} AS v`);
    expect(row?.["v"]).toEqual(value);
  });

  test("what SQLite cannot hold is refused", () => {
    expect(() => sqlite.literal(Number.NaN)).toThrow("cannot be stored");
    expect(() => sqlite.literal(2n ** 63n)).toThrow("64 bits");
    expect(() => sqlite.quote("a\0b")).toThrow("NUL");
  });
});

test("expressions call columns of their own table by their names alone, or it could not be made anew", async () => {
  await run(`CREATE TABLE users (age INTEGER, "users.x" TEXT,
    CONSTRAINT adult CHECK ("users"."age" > 18 AND \`Users\`.age < 200 AND "users.x" <> 'users.age'))`);
  await run('CREATE INDEX i ON users (age) WHERE "users"."age" > 20');
  const { tables } = await introspect(database);
  expect(tables[0]?.constraints).toEqual([
    { name: "adult", check: `"age" > 18 AND age < 200 AND "users.x" <> 'users.age'` },
  ]);
  expect(tables[0]?.indexes).toEqual([{ name: "i", fields: ["age"], where: '"age" > 20' }]);
});

test("an index on a column that is not there is an error and no index on a string", async () => {
  await run("CREATE TABLE t (a TEXT)");
  const [command] = renderStatement(
    { kind: "createIndex", table: "t", index: { name: "i", fields: ["nope"] } },
    sqlite,
  );
  await expect(run(command && "sql" in command ? command.sql : "")).rejects.toThrow("no such column: nope");
});

test("a column that numbers itself without being the key is refused with a reason", () => {
  const columns = [{ name: "no", type: "INTEGER", nullable: false, autoIncrement: true }];
  const table = { name: "t", columns, indexes: [], foreignKeys: [] };
  expect(() => renderStatement({ kind: "createTable", table }, sqlite)).toThrow('"no" of table "t" is not');
  const withKey = {
    ...table,
    columns: [{ ...columns[0], name: "id" }, ...columns] as typeof columns,
    primaryKey: ["id"],
  };
  expect(() => renderStatement({ kind: "createTable", table: withKey }, sqlite)).toThrow('"no" of table "t" is not');
});

test("two columns whose names join alike have triggers of their own", async () => {
  await run("CREATE TABLE a (b_c TIMESTAMP, x INT); CREATE TABLE a_b (c TIMESTAMP, x INT)");
  for (const [table, name] of [
    ["a", "b_c"],
    ["a_b", "c"],
  ] as const) {
    const column = { name, type: "TIMESTAMP", nullable: true, autoUpdate: true };
    const of = { name: table, columns: [column], indexes: [], foreignKeys: [] };
    for (const command of renderStatement({ kind: "createAutoUpdate", table, of, column }, sqlite))
      await run("sql" in command ? command.sql : "");
  }
  expect((await introspect(database)).tables.map((t) => t.columns.some((c) => c.autoUpdate))).toEqual([true, true]);
});

test("a time that an UPDATE sets itself stays, in a database with recursive triggers too", async () => {
  await run(
    "PRAGMA recursive_triggers = ON; CREATE TABLE t (at TIMESTAMP, x INT); INSERT INTO t VALUES ('2000-01-01', 1)",
  );
  const column = { name: "at", type: "TIMESTAMP", nullable: true, autoUpdate: true };
  const of = { name: "t", columns: [column], indexes: [], foreignKeys: [] };
  for (const command of renderStatement({ kind: "createAutoUpdate", table: "t", of, column }, sqlite))
    await run("sql" in command ? command.sql : "");
  await run("UPDATE t SET at = '2001-01-01', x = 2");
  expect(await rows("SELECT at FROM t")).toEqual([{ at: "2001-01-01" }]);
  await run("UPDATE t SET x = 3; UPDATE t SET x = 4");
  expect(await rows("SELECT at > '2020' AS recent FROM t")).toEqual([{ recent: 1 }]);
});

test("a table is renamed when only upper and lower case differ", async () => {
  await run("CREATE TABLE users (id INTEGER PRIMARY KEY); CREATE TABLE posts (u INTEGER REFERENCES users (id))");
  for (const command of renderStatement({ kind: "renameTable", from: "users", to: "Users" }, sqlite))
    await run("sql" in command ? command.sql : "");
  const { tables } = await introspect(database);
  expect(tables.map((t) => [t.name, t.foreignKeys[0]?.table])).toEqual([
    ["Users", undefined],
    ["posts", "Users"],
  ]);
});

test("B17: a composite key is one clause and is read back in its own order", async () => {
  const column = (name: string) => ({ name, type: "INTEGER", nullable: false });
  const image = {
    name: "t",
    columns: [column("a"), column("b")],
    primaryKey: ["b", "a"],
    indexes: [],
    foreignKeys: [],
  };
  for (const command of renderStatement({ kind: "createTable", table: image }, sqlite))
    await run("sql" in command ? command.sql : "");
  expect((await introspect(database)).tables).toEqual([image]);
  await expect(run("INSERT INTO t VALUES (1, 1), (1, 1)")).rejects.toThrow("UNIQUE constraint failed");
});
