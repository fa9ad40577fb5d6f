import { describe, expect, test } from "bun:test";
import { type Operation, parseOperation } from "../../../src/core/operations/index.ts";
import { replay } from "../../../src/core/plan/state.ts";
import { planDown, planUp } from "../../../src/core/plan/steps.ts";
import { emptySchema } from "../../../src/core/schema/model.ts";
import clickhouse from "../../../src/dialects/clickhouse/dialect.ts";
import mariadb from "../../../src/dialects/mariadb/dialect.ts";
import postgres from "../../../src/dialects/postgres/dialect.ts";
import sqlite from "../../../src/dialects/sqlite/dialect.ts";
import { migrationOf } from "../../conformance/story.ts";

const id = { name: "id", type: "integer", primaryKey: true };
const users = { kind: "createTable", name: "users", fields: [id, { name: "at", type: "date", nullable: true }] };
const parts = {
  kind: "createTable",
  name: "posts",
  fields: [
    id,
    { name: "words", type: "tsvector", nullable: true, only: ["postgresql"] },
    { name: "user_id", type: "foreign_key", nullable: true, except: ["clickhouse"], foreignKey: { table: "users" } },
  ],
  indexes: [{ name: "posts_words", fields: ["words"], method: "gin", only: ["postgresql"] }],
  constraints: [{ name: "low", check: "id < 100", except: ["clickhouse"] }],
};

/** The SQL of the last of some operations, and of taking it back. */
function sqlOf(dialect: typeof postgres, ...operations: readonly object[]) {
  const before = migrationOf("0001_before", operations.slice(0, -1));
  const last = migrationOf("0002_last", operations.slice(-1), ["0001_before"]);
  const up = planUp({ pending: [last], before: replay([before]), dialect });
  const back = planDown({ rollback: [last], applied: [before, last], dialect });
  return { up: textOf(up), down: textOf(back) };
}

const textOf = ({ steps }: ReturnType<typeof planUp>): readonly string[] =>
  steps.flatMap((step) =>
    step.actions.flatMap(({ commands }) =>
      commands.flatMap((c) => (c.kind === "execute" ? c.sql.replace(/\s+/g, " ") : [])),
    ),
  );

describe("a table with parts that only some databases have", () => {
  test("is made without the others", () => {
    expect(sqlOf(postgres, users, parts).up.join("\n")).toMatch(/"words" tsvector.*FOREIGN KEY.*\n.*USING gin/s);
    expect(sqlOf(clickhouse, users, parts).up).toEqual([
      "CREATE TABLE `posts` ( `id` Int32 ) ENGINE = MergeTree PRIMARY KEY (`id`) ORDER BY (`id`)",
    ]);
    const { up, down } = sqlOf(mariadb, users, parts);
    expect(up.join("\n")).toMatch(/CHECK.*FOREIGN KEY/s);
    expect(up.join("\n")).not.toContain("words");
    expect(down).toEqual(["DROP TABLE `posts`"]);
  });

  test.each([
    { kind: "renameField", table: "posts", from: "words", to: "text" },
    { kind: "dropIndex", table: "posts", name: "posts_words" },
    {
      kind: "alterField",
      table: "posts",
      field: { name: "words", type: "text", nullable: true, only: ["postgresql"] },
    },
    { kind: "addIndex", table: "posts", index: { name: "more", fields: ["words"], only: ["postgresql"] } },
  ] as const)("$kind of what is not there does nothing", (operation) => {
    const made = { ...parts, indexes: operation.kind === "dropIndex" ? parts.indexes : [] };
    expect(sqlOf(sqlite, users, made, operation)).toEqual({ up: [], down: [] });
    expect(sqlOf(postgres, users, made, operation).up.length).toBeGreaterThan(0);
  });

  test("gets rows without the fields that it lacks, unless they tell the rows apart", () => {
    const rows = [{ id: 1, words: "a b" }];
    const upsert = { kind: "upsertData", table: "posts", keys: ["id"], rows };
    expect(sqlOf(sqlite, users, parts, upsert).up.join()).not.toContain("words");
    expect(sqlOf(postgres, users, parts, upsert).up.join()).toContain("words");
    expect(() => sqlOf(sqlite, users, parts, { ...upsert, keys: ["words"] })).toThrow(
      'tells rows apart by the field "words", which table "posts" does not have on SQLite',
    );
  });
});

describe("a table that a database does not have", () => {
  const limited = { ...users, name: "logs", only: ["postgresql"] };
  const others: readonly object[] = [
    { kind: "addField", table: "logs", field: { name: "n", type: "integer", nullable: true } },
    { kind: "renameTable", from: "logs", to: "log" },
    { kind: "upsertData", table: "logs", keys: ["id"], rows: [{ id: 1 }] },
    { kind: "deleteData", table: "logs", keys: ["id"], rows: [{ id: 1 }] },
    { kind: "dropTable", name: "logs" },
  ];

  test("is not made, not changed and not dropped", () => {
    expect(sqlOf(sqlite, users, limited)).toEqual({ up: [], down: [] });
    const before = replay([migrationOf("0001_before", [limited])]);
    const up = (dialect: typeof postgres, operation: object) =>
      textOf(planUp({ pending: [migrationOf("0002", [operation])], before, dialect }));
    for (const operation of others) expect(up(sqlite, operation)).toEqual([]);
    for (const operation of others) expect(up(postgres, operation).length).toBeGreaterThan(0);
  });

  test("is made where it comes to be, and dropped where it is no longer; and the other way on the way back", () => {
    const more = { kind: "setDatabases", table: "logs", only: ["postgresql", "sqlite"] };
    expect(sqlOf(sqlite, limited, more)).toEqual({
      up: ['CREATE TABLE "logs" ( "id" INTEGER PRIMARY KEY, "at" DATE )'],
      down: ['DROP TABLE "logs"'],
    });
    expect(sqlOf(postgres, limited, more)).toEqual({ up: [], down: [] });
    const fewer = { kind: "setDatabases", table: "logs", except: ["postgresql"] };
    expect(sqlOf(postgres, limited, fewer).up).toEqual(['DROP TABLE "logs"']);
    expect(sqlOf(mariadb, limited, fewer).up.join()).toContain("CREATE TABLE `logs`");
  });

  test("may not be kept where it is kept already", () => {
    expect(() => sqlOf(sqlite, limited, { kind: "setDatabases", table: "logs", only: ["postgresql"] })).toThrow(
      'table "logs" is kept on postgresql already at this point',
    );
  });
});

test("a field comes and goes with the databases that it is for, and is filled as it comes", () => {
  const there = { name: "at", type: "date", nullable: false };
  const alter = { kind: "alterField", table: "users", field: { ...there, only: ["sqlite"] } };
  expect(sqlOf(postgres, users, alter).up).toEqual(['ALTER TABLE "users" DROP COLUMN "at"']);
  const back = { kind: "alterField", table: "users", field: there, fill: "'2026-01-01'" };
  expect(sqlOf(postgres, users, alter, back).up.join("; ")).toMatch(/ADD COLUMN "at" DATE.*'2026-01-01'/);
});

test("views and objects come and go as well", () => {
  const view = { kind: "createView", name: "v", query: "SELECT id FROM users", only: ["sqlite"] };
  const wider = { ...view, kind: "replaceView", only: ["postgresql"] };
  expect(sqlOf(sqlite, users, view).up).toHaveLength(1);
  expect(sqlOf(postgres, users, view).up).toEqual([]);
  expect(sqlOf(sqlite, users, view, wider).up).toEqual(['DROP VIEW "v"']);
  expect(sqlOf(postgres, users, view, wider).up).toEqual(['CREATE VIEW "v" AS SELECT id FROM users']);
});

describe("what is listed beside tables", () => {
  const only = { only: ["postgresql"] };
  const made: readonly (readonly [object, object])[] = [
    [
      { kind: "createEnum", name: "mood", values: ["ok"], ...only },
      { kind: "alterEnum", name: "mood", values: ["ok"] },
    ],
    [
      { kind: "createDomain", name: "label", type: "text", ...only },
      { kind: "alterDomain", name: "label", type: "text" },
    ],
    [
      { kind: "createSequence", name: "s", ...only },
      { kind: "alterSequence", name: "s" },
    ],
    [
      { kind: "createExtension", name: "citext", ...only },
      { kind: "alterExtension", name: "citext" },
    ],
    [
      { kind: "createNamespace", name: "audit", ...only },
      { kind: "alterNamespace", name: "audit" },
    ],
  ];

  test.each(made)("%j is made where it is for, and dropped there when it is for others", (create, alter) => {
    expect(sqlOf(sqlite, create)).toEqual({ up: [], down: [] });
    const { up, down } = sqlOf(postgres, create);
    expect([up, down].map((texts) => texts[0]?.split(" ")[0])).toEqual(["CREATE", "DROP"]);
    expect(sqlOf(postgres, create, { ...alter, except: ["postgresql"] })).toEqual({ up: down, down: up });
    expect(sqlOf(postgres, create, { ...alter, except: ["sqlite"] })).toEqual({ up: [], down: [] });
  });

  const mood = { kind: "createEnum", name: "mood", values: ["ok", "sad"], ...only };
  const people = { kind: "createTable", name: "people", fields: [id, { name: "mood", type: "mood" }] };

  test("is not left out where a field needs it, unless its type is mapped there", () => {
    const wrong = 'field "mood" of table "people" is of the enum "mood", which the schema leaves out on SQLite';
    expect(() => sqlOf(sqlite, mood, people)).toThrow(wrong);
    expect(() => sqlOf(sqlite, { ...mood, only: ["sqlite"] }, people, { ...mood, kind: "alterEnum" })).toThrow(wrong);
    const mapped = { kind: "setTypeMappings", typeMappings: { sqlite: { mood: "TEXT" } } };
    expect(sqlOf(sqlite, mapped, mood, people).up.join()).toContain('"mood" TEXT NOT NULL');
    expect(() => sqlOf(mariadb, mapped, mood, people)).toThrow("on MariaDB; leave both out there (except: [mariadb])");
    const apart = { ...people, fields: [id, { name: "mood", type: "mood", ...only }] };
    expect(sqlOf(sqlite, mood, apart).up).toEqual(['CREATE TABLE "people" ( "id" INTEGER PRIMARY KEY )']);
    expect(sqlOf(postgres, mood, apart).up.join()).toContain('"mood" mood NOT NULL');
  });

  test("keeps what is in a namespace under its whole name where there is none", () => {
    const audit = { kind: "createNamespace", name: "audit", ...only };
    const events = { kind: "createTable", name: "audit.events", fields: [id] };
    expect(sqlOf(postgres, audit, events).up.join()).toContain('CREATE TABLE "audit"."events"');
    expect(sqlOf(sqlite, audit, events).up.join()).toContain('CREATE TABLE "audit.events"');
  });

  test("an extension and a sequence need what they are in and belong to", () => {
    const place = { kind: "createNamespace", name: "ext", except: ["redshift"] };
    const redshift = { ...postgres, name: "redshift", title: "Redshift", variantOf: ["postgresql"] };
    expect(() => sqlOf(redshift, place, { kind: "createExtension", name: "citext", namespace: "ext" })).toThrow(
      'extension "citext" is in the namespace "ext", which the schema leaves out on Redshift',
    );
    const table = {
      kind: "createTable",
      name: "t",
      fields: [id, { name: "n", type: "integer", except: ["redshift"] }],
    };
    expect(() => sqlOf(redshift, table, { kind: "createSequence", name: "s", ownedBy: "t.n" })).toThrow(
      'sequence "s" belongs to the field "t.n", which the schema leaves out on Redshift',
    );
  });
});

test("a database that nobody knows is refused in a migration", () => {
  const operation = (only: readonly string[]): Operation => parseOperation({ ...users, only });
  expect(() => operation(["postgres"])).toThrow('expected ("postgresql" | "mysql" | ');
  expect(() => operation([])).toThrow("name at least one database");
  expect(replay([migrationOf("0001", [operation(["d1"])])], emptySchema).tables[0]?.only).toEqual(["d1"]);
});
