import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import type { NewMigration } from "../../src/runtime/new-migration.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { type GenerateDataOptions, generateData, generateSeeds } from "../../src/runtime/tasks/generate-data.ts";
import { seed } from "../../src/runtime/tasks/seed.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type DatabaseName, databases, type TestProject } from "../helpers/migration-project.ts";
import { failureOf } from "../predecessor/story.ts";

const samples = `createTable({ name: "samples", fields: [
  { name: "id", type: "bigint", primaryKey: true },
  { name: "word", type: "varchar", length: 20, nullable: true }, { name: "body", type: "text", nullable: true },
  { name: "small", type: "smallint", nullable: true }, { name: "n", type: "integer", nullable: true },
  { name: "big", type: "bigint", nullable: true },
  { name: "f", type: "float", nullable: true }, { name: "d", type: "double", nullable: true },
  { name: "money", type: "decimal", precision: 30, scale: 10, nullable: true }, { name: "flag", type: "boolean", nullable: true },
  { name: "day", type: "date", nullable: true }, { name: "hour", type: "time", nullable: true },
  { name: "at", type: "timestamp", nullable: true }, { name: "atz", type: "timestamptz", nullable: true },
  { name: "uid", type: "uuid", nullable: true }, { name: "doc", type: "json", nullable: true },
  { name: "docb", type: "jsonb", nullable: true }, { name: "data", type: "bytes", nullable: true },
  { name: "list", type: "text[]", nullable: true }, { name: "select", type: "text", nullable: true },
  { name: "constructor", type: "text", nullable: true },
  { name: "a\\"b'c", type: "text", nullable: true } ] })`;

/** Column → SQL, row by row; what is not named is NULL. */
const common: readonly Readonly<Record<string, string>>[] = [
  { id: "-9223372036854775807", big: "9007199254740993", n: "-2147483648", small: "32767", flag: "TRUE" },
  { id: "1", word: "'o''brien'", body: "'\\ \" ${x} ` 😀 é 日本 \u2028 --'", flag: "FALSE" },
  {
    id: "2",
    body: `'${"a line\n".repeat(9)}\twith\r\nodd ends'`,
    word: "''",
    select: "' '",
    '"a""b\'c"': "'; drop table samples; --'",
  },
  {
    id: "9007199254740991",
    day: "'2024-02-29'",
    hour: "'23:59:59.000001'",
    at: "'2024-02-29 12:34:56.789012'",
    uid: "'00000000-0000-0000-0000-0123456789ab'",
  },
  {
    id: "9007199254740992",
    f: "0.1",
    d: "0.30000000000000004",
    money: "12345.0678900000",
    atz: "'2024-01-02 03:04:05.678901+00'",
  },
  {
    id: "10",
    d: "1e300",
    f: "-1.5e-30",
    doc: `'{"b": [1, 2.50, "it''s", null], "a": 1e2}'`,
    docb: `'{"k": "\\u00e9\\n"}'`,
  },
  { id: "11", constructor: "'Ferrari'" },
];

const ofEach: Readonly<Record<Exclude<DatabaseName, "turso">, readonly Readonly<Record<string, string>>[]>> = {
  postgresql: [
    {
      id: "20",
      f: "'NaN'",
      d: "'-Infinity'",
      money: "'NaN'",
      data: "'\\x00ff275c0a'",
      list: `'{"a,b",NULL,"NULL","q\\"\\\\",""}'`,
    },
    {
      id: "21",
      d: "'-0'",
      day: "'infinity'",
      at: "'0044-03-15 00:00:00 BC'",
      atz: "'1883-01-01 00:00:00-08'",
      data: "''",
      list: "'{}'",
    },
    { id: "22", money: "12345678901234567890.0123456789", d: "5e-324", body: "'i7'" },
  ],
  sqlite: [
    { id: "20", data: "X'00FF275C0A'", d: "9e999", f: "-9e999", body: "'a' || char(0) || 'b'", word: "X'6869'" },
    {
      id: "21",
      n: "'not a number'",
      small: "2.5",
      data: "3.0",
      money: "1e25",
      list: "'t'",
      body: "'i7'",
      flag: "2",
      hour: "X''",
    },
    { id: "-9223372036854775808", data: "'text'", big: "9223372036854775807", d: "5e-324", word: "'\ufffd'" },
  ],
  mariadb: [
    { id: "20", data: "X'00FF275C0A'", f: "16777217", d: "-0e0", day: "'0000-00-00'", hour: "'-838:59:59'", flag: "2" },
    { id: "21", money: "9999999999.9999999999", data: "''", body: "CONCAT('a', CHAR(0), 'b')", list: "'t'" },
    { id: "22", d: "2.2250738585072014e-308", f: "3.4e38", small: "-32768", n: "2147483647" },
  ],
};

const ofOne: Readonly<Record<DatabaseName, readonly Readonly<Record<string, string>>[]>> = {
  ...ofEach,
  turso: ofEach.sqlite,
};

const columns = [
  "id",
  "word",
  "body",
  "small",
  "n",
  "big",
  "f",
  "d",
  "money",
  "flag",
  "day",
  "hour",
  "at",
  "atz",
  "uid",
  "doc",
  "docb",
  "data",
  "list",
  "select",
  "constructor",
  "a\"b'c",
].map((column) => `\`${column}\``);

const sqliteContents = `SELECT ${columns.map((column, i) => `typeof(${column}) || hex(${column}) || quote(${column}) AS c${i}`).join(", ")} FROM samples ORDER BY id`;

/** What the database itself says of every value. */
const contents: Readonly<Record<DatabaseName, string>> = {
  postgresql:
    "SELECT s::TEXT AS row, encode(data, 'hex') AS data, extract(epoch FROM atz)::TEXT AS atz FROM samples s ORDER BY s.id",
  sqlite: sqliteContents,
  turso: sqliteContents,
  mariadb: `SELECT ${columns.map((column, i) => `HEX(CONCAT(${column === "`f`" ? "CAST(f AS DOUBLE)" : column})) AS c${i}`).join(", ")} FROM samples ORDER BY id`,
};

/** Before rows are written as all databases have them. */
const sessionOf: Readonly<Record<DatabaseName, readonly string[]>> = {
  postgresql: [],
  sqlite: [],
  turso: [],
  mariadb: ["SET SESSION sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES,NO_BACKSLASH_ESCAPES')"],
};

const parts = `createTable({ name: "parts", fields: [
  { name: "id", type: "serial", primaryKey: true }, { name: "code", type: "varchar", length: 20 }, { name: "note", type: "text", nullable: true },
  { name: "whole_id", type: "foreign_key", nullable: true, foreignKey: { table: "parts" } } ],
  indexes: [{ name: "ux_note", fields: ["note"], unique: true }, { name: "ux_code", fields: ["code"], unique: true }] })`;
const teams = `createTable({ name: "teams", fields: [{ name: "id", type: "integer", primaryKey: true }] }),
  createTable({ name: "people", fields: [{ name: "id", type: "integer", primaryKey: true },
    { name: "team_id", type: "foreign_key", foreignKey: { table: "teams" } },
    { name: "friend_id", type: "foreign_key", nullable: true, foreignKey: { table: "people" } }] }),
  addField({ table: "teams", field: { name: "lead_id", type: "foreign_key", nullable: true, foreignKey: { table: "people" } } })`;
const notes =
  'createTable({ name: "notes", fields: [{ name: "id", type: "integer", primaryKey: true }, { name: "note", type: "text" }] })';
const orders = `createTable({ name: "orders", fields: [
  { name: "no", type: "integer" }, { name: "part_id", type: "foreign_key", foreignKey: { table: "parts" } } ] })`;

for (const database of databases) {
  describe(`generate data on ${database}`, () => {
    let project: TestProject;
    let other: TestProject;
    beforeEach(async () => {
      [project, other] = [await createProject(database), await createProject(database)];
    });
    afterEach(async () => {
      await project.dispose();
      await other.dispose();
    });

    const migrate = async (operations: string, ...sql: readonly string[]): Promise<void> => {
      project.write("0001_tables", operations);
      await up(project);
      await execute(...sql);
    };
    const execute = (...sql: readonly string[]): Promise<void> =>
      project.withDatabase(async ({ driver }) => {
        for (const each of sql) await driver.execute(each);
      });
    const generate = (tables: readonly string[], options: Partial<GenerateDataOptions> = {}): Promise<NewMigration> =>
      generateData(project, { tables, ...options });
    const insertSample = (row: Readonly<Record<string, string>>): string => {
      const columns = Object.keys(row).map((name) => (name === "select" ? '"select"' : name));
      const values = Object.values(row).join(", ");
      // MariaDB takes no zone.
      return `INSERT INTO samples (${columns.join(", ")}) VALUES (${database === "mariadb" ? values.replace("+00'", "'") : values})`;
    };
    /** Another database with the same migrations. */
    const copy = async (): Promise<void> => {
      for (const file of readdirSync(project.migrationsDir))
        await Bun.write(join(other.migrationsDir, file), readFileSync(join(project.migrationsDir, file)));
      await up(other);
    };
    const numbers = async (from: TestProject, sql: string): Promise<readonly unknown[]> =>
      (await from.query(sql)).map((row) => Object.values(row)[0]);

    test("values of every type come back as they were; down takes them away again", async () => {
      await migrate(samples, ...sessionOf[database], ...[...common, ...ofOne[database]].map(insertSample));
      const { name, operations, warnings } = await generate(["samples"]);
      expect({ name, operations, warnings }).toEqual({
        name: "0002_dump_samples",
        operations: [
          {
            kind: "upsert_data",
            table: "samples",
            object: null,
            detail: 'upsert 10 rows of "samples"',
            destructive: false,
          },
        ],
        warnings: [],
      });
      await copy();
      expect(await other.query(contents[database])).toEqual(await project.query(contents[database]));
      await down(other);
      expect(await numbers(other, "SELECT count(*) FROM samples")).toEqual([0]);
      // Where the rows are already, nothing changes.
      const before = await project.query(contents[database]);
      await up(project);
      expect(await project.query(contents[database])).toEqual(before);
    });

    test("referenced tables and rows go first, whatever the order of the names and the keys", async () => {
      await migrate(
        `${parts}, ${orders}`,
        "INSERT INTO parts (id, code) VALUES (9, 'whole')",
        "INSERT INTO parts (id, code, whole_id) VALUES (2, 'part', 9), (10, 'other', 2)",
        "INSERT INTO orders (no, part_id) VALUES (1, 2)",
      );
      const { name, source } = await generate(["orders", "parts", "orders"], {
        conflictKeys: ["orders:no, part_id"],
        name: undefined,
      });
      expect(name).toBe("0002_dump_data");
      expect([...(source ?? "").matchAll(/table: "(\w+)"/g)].map((m) => m[1])).toEqual(["parts", "orders"]);
      expect([...(source ?? "").matchAll(/\bid: (\d+)/g)].map((m) => m[1])).toEqual(["9", "2", "10"]);
      await copy();
      expect(await numbers(other, "SELECT id FROM parts ORDER BY id")).toEqual([2, 9, 10]);
      expect(await numbers(other, "SELECT part_id FROM orders")).toEqual([2]);
      // What comes after is numbered after them.
      await other.withDatabase(({ driver }) => driver.execute("INSERT INTO parts (code) VALUES ('next')"));
      expect(await numbers(other, "SELECT id FROM parts WHERE code = 'next'")).toEqual([11]);
      await down(other);
      expect(await numbers(other, "SELECT id FROM parts")).toEqual([11]);
    });

    test("the key is the primary key, else a unique index without NULL, else one that is asked for", async () => {
      await migrate(
        `${parts}, ${orders}`,
        "INSERT INTO parts (id, code) VALUES (1, 'a')",
        "INSERT INTO orders (no, part_id) VALUES (1, 1), (2, 1)",
      );
      const keysOf = async (tables: readonly string[], ...conflictKeys: readonly string[]): Promise<unknown> =>
        [...((await generate(tables, { conflictKeys, dryRun: true })).source ?? "").matchAll(/keys: (\[.*?\])/g)].map(
          (m) => m[1],
        );
      expect(await keysOf(["parts"])).toEqual(['["id"]']);
      expect(await keysOf(["parts", "orders"], "orders:no", "id")).toEqual(['["id"]', '["no"]']);
      const failure = async (...keys: readonly string[]) => (await failureOf(keysOf(["orders"], ...keys))).message;
      expect(await failure()).toContain("--conflict-key 'orders:COLUMN,COLUMN'");
      expect(await failure("part_ids")).toContain('did you mean "part_id"?');
      expect(await failure("part_id")).toContain('rows 1 and 2 of table "orders" are equal in "part_id"');
      expect(await failure("no", "part_id")).toContain("given twice");
      expect(await failure("orders:no,")).toContain("empty");
      expect((await failureOf(keysOf(["parts"], "note"))).message).toContain('the key column "note" is NULL');
      await execute("CREATE TABLE bare (a INTEGER, b INTEGER NOT NULL)", "CREATE UNIQUE INDEX ux_bare_a ON bare (a)");
      await execute("CREATE UNIQUE INDEX ux_bare_b ON bare (b)", "INSERT INTO bare VALUES (1, 7)");
      expect(await keysOf(["bare"])).toEqual(['["b"]']);
    });

    test("rows are chosen by condition and number, in the order of the key", async () => {
      const codes = Array.from({ length: 12 }, (_, i) => `(${i + 1}, 'c${i % 2},${i}')`);
      await migrate(parts, `INSERT INTO parts (id, code) VALUES ${codes.join(", ")}`);
      const ids = async (options: Partial<GenerateDataOptions>): Promise<readonly number[]> =>
        [...((await generate(["parts"], { ...options, dryRun: true })).source ?? "").matchAll(/\bid: (\d+)/g)].map(
          (m) => Number(m[1]),
        );
      expect(await ids({ limit: 10 })).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(await ids({ where: ["parts:id > 2 OR id = 1", "code LIKE 'c0,%' -- even"] })).toEqual([1, 3, 5, 7, 9, 11]);
      expect(await ids({ where: ["code IN ('c1,1', 'c0,2', 'x:y')"] })).toEqual([2, 3]);
      // By what the column has, where the text of a number would be ordered otherwise.
      expect(await ids({ limit: 3, order: ["parts:id DESC -- newest"] })).toEqual([10, 11, 12]);
      expect(await ids({ limit: 2, order: ["substr(code, 2, 1) DESC, id DESC"], where: ["id < 12"] })).toEqual([8, 10]);
      expect((await failureOf(generate(["parts"], { order: ["id"] }))).message).toContain("give --limit, too");
      expect((await failureOf(generate(["parts"], { limit: 1, order: ["id", "code"] }))).message).toContain(
        "given twice",
      );
      const unordered = await failureOf(generate(["parts"], { limit: 1, order: ["parts:nothing"] }));
      expect(unordered.message).toMatch(/^table "parts" cannot be read with --order nothing: .*nothing/);
      const none = await generate(["parts"], { where: ["id < 0"] });
      expect(none).toMatchObject({ created: null, name: null, operations: [], source: null });
      expect(none.warnings).toEqual(['table "parts" has no rows that match']);
      const wrong = await failureOf(generate(["parts"], { where: ["nothing = 1", "parts:id = 2"] }));
      expect(wrong.code).toBe("database");
      expect(wrong.message).toMatch(
        /^table "parts" cannot be read with --where \(nothing = 1\) AND \(id = 2\): .*nothing/,
      );
      expect((await failureOf(generate(["parts"], { where: ["parts: "] }))).code).toBe("usage");
    });

    test("tables that the database or the migrations do not have are named, and nothing is written", async () => {
      await migrate(parts, "CREATE TABLE loose (id INTEGER PRIMARY KEY, v TEXT)", "INSERT INTO loose VALUES (1, 'x')");
      await execute("INSERT INTO parts (id, code) VALUES (1, 'a')", "ALTER TABLE parts ADD COLUMN extra INTEGER");
      const files = readdirSync(project.migrationsDir);
      const failure = async (...tables: readonly string[]) => (await failureOf(generate(tables))).message;
      expect(await failure("part")).toContain('has no table "part"; did you mean "parts"?');
      expect(await failure("godwit_history")).toContain("no table");
      expect(await failure("loose")).toContain('table "loose" is in the database, but not in the migrations');
      expect(await failure("parts")).toContain('do not have "extra" of table "parts"');
      expect(readdirSync(project.migrationsDir)).toEqual(files);
      const looked = await generate(["loose"], { dryRun: true });
      expect(looked.created).toBeNull();
      expect(looked.source).toContain('{ id: 1, v: "x" }');
      expect(looked.warnings).toHaveLength(1);
      expect(readdirSync(project.migrationsDir)).toEqual(files);
    });

    test("computed columns are left out", async () => {
      await migrate(
        'createTable({ name: "sums", fields: [{ name: "id", type: "integer", primaryKey: true }, { name: "a", type: "integer" }] })',
        "DROP TABLE sums",
        "CREATE TABLE sums (id INTEGER PRIMARY KEY, a INTEGER NOT NULL, twice INTEGER GENERATED ALWAYS AS (a * 2) STORED)",
        "INSERT INTO sums (id, a) VALUES (1, 4)",
      );
      expect((await generate(["sums"])).source).toContain("rows: [{ id: 1, a: 4 }]");
      await up(project);
    });

    test("what is too much for one migration becomes several, each on top of the one before", async () => {
      await migrate(notes);
      const count = 25_000;
      const text = "'a note of some length that is different for each row '";
      await execute(
        database === "mariadb"
          ? `INSERT INTO notes (id, note) SELECT seq, CONCAT(${text}, seq) FROM seq_1_to_${count}`
          : `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) INSERT INTO notes (id, note) SELECT i, ${text} || i FROM n`,
      );
      const { created, more, operations, warnings } = await generate(["notes"]);
      expect(created).toBe("migrations/0002_dump_notes.ts");
      expect(more).toEqual([{ created: "migrations/0003_dump_notes_2.ts", name: "0003_dump_notes_2" }]);
      expect({ operations: operations.length, warnings }).toEqual({ operations: 2, warnings: [] });
      expect(readdirSync(project.migrationsDir).filter((file) => file.endsWith(".ts"))).toHaveLength(3);
      await copy();
      const all = "SELECT count(*) AS count, min(note) AS least, max(note) AS most FROM notes";
      expect(await other.query(all)).toEqual(await project.query(all));
      await down(other, { steps: 2 });
      expect(await numbers(other, "SELECT count(*) FROM notes")).toEqual([0]);
    }, 60_000);

    test("tables and rows that refer to each other go in with NULL first, and come out again", async () => {
      await migrate(teams);
      await execute(
        "INSERT INTO teams (id, lead_id) VALUES (1, NULL), (2, NULL)",
        "INSERT INTO people (id, team_id) VALUES (1, 1), (2, 1), (3, 2)",
        "UPDATE people SET friend_id = 3 - id WHERE id < 3",
        "UPDATE teams SET lead_id = 2 WHERE id = 1",
      );
      const whole = async (from: TestProject) => [
        await from.query("SELECT id, lead_id FROM teams ORDER BY id"),
        await from.query("SELECT id, team_id, friend_id FROM people ORDER BY id"),
      ];
      const { operations, warnings } = await generate(["people", "teams"]);
      expect(operations.map(({ table }) => table)).toEqual(["teams", "people", "teams", "people"]);
      expect(warnings).toEqual([]);
      await copy();
      expect(await whole(other)).toEqual(await whole(project));
      await down(other);
      expect(await whole(other)).toEqual([[], []]);
      await generateSeeds(project, { tables: ["people", "teams"], format: "csv" });
      await up(project);
      const seeds = readdirSync(join(project.root, "seeds")).toSorted();
      expect(seeds).toEqual(["1_teams.csv", "2_people.csv", "3_teams.csv", "4_people.csv"]);
      await up(other);
      await other.withDatabase(async ({ driver }) => {
        for (const sql of ["UPDATE teams SET lead_id = NULL", "UPDATE people SET friend_id = NULL"])
          await driver.execute(sql);
        for (const sql of ["DELETE FROM people", "DELETE FROM teams"]) await driver.execute(sql);
      });
      await cp(join(project.root, "seeds"), join(other.root, "seeds"), { recursive: true });
      await seed(other);
      expect(await whole(other)).toEqual(await whole(project));
    });

    test("a circle that nothing opens is refused, with its tables and columns", async () => {
      const closed = [
        '"foreign_key", nullable: true, foreignKey: { table: "people" } } })',
        '"foreign_key", foreignKey: { table: "people" } } })',
      ] as const;
      await migrate(teams.replace(...closed));
      const { code, message } = await failureOf(generate(["people", "teams"]));
      expect(code).toBe("unsupported");
      expect(message).toContain('"teams"."lead_id" → "people"');
      expect(message).toContain('"people"."team_id" → "teams"');
    });
  });
}
