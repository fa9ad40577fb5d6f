import { expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import type { Dialect } from "../../src/core/ddl/dialect.ts";
import { applyAll, type Operation, parseOperation } from "../../src/core/operations/index.ts";
import { describePlan } from "../../src/core/plan/describe.ts";
import { planDown, planUp } from "../../src/core/plan/steps.ts";
import { emptySchema } from "../../src/core/schema/model.ts";
import postgres from "../../src/dialects/postgres/dialect.ts";
import sqlite from "../../src/dialects/sqlite/dialect.ts";
import type { RunEvent } from "../../src/runtime/events.ts";
import { dag } from "../../src/runtime/tasks/dag.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { generate } from "../../src/runtime/tasks/generate.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { migrationOf } from "../conformance/story.ts";
import { godwitBinary } from "../helpers/binary.ts";
import { failureOf, field, onBoth, onOne, reference, type Story, schemaOf, serialId } from "./story.ts";

// See acceptance-schema.test.ts for what the numbers are. Cases 18, 19 and 21 are in test/runtime/migrate.test.ts.

const id = { name: "id", type: "integer", primaryKey: true };
const operationsOf = (list: readonly object[]): readonly Operation[] => list.map(parseOperation);

/** The SQL of operations there and back, on top of a schema that others make. */
function sqlOf(dialect: Dialect, first: readonly object[], then: readonly object[]) {
  const earlier = migrationOf("0001_first", first);
  const migration = migrationOf("0002_then", then, ["0001_first"]);
  const textOf = (plan: Parameters<typeof describePlan>[0]): readonly string[] =>
    describePlan(plan).flatMap(({ statements }) => statements.filter((s) => s.purpose === undefined).map((s) => s.sql));
  const before = applyAll(emptySchema, operationsOf(first));
  return {
    up: textOf(planUp({ pending: [migration], before, dialect })),
    down: textOf(planDown({ rollback: [migration], applied: [earlier, migration], dialect })),
  };
}

onBoth(
  "case 9: dropping a foreign key leaves the index that a person declared, and there is no other",
  async (story) => {
    const table = (user: object): object =>
      schemaOf({
        users: [serialId],
        t: { fields: [serialId, user], indexes: [{ name: "idx_mine", fields: ["user_id"] }] },
      });
    await story.migrate(table(reference("user_id", "users")));
    expect((await story.live("t")).indexes.map((i) => i.name)).toEqual(["idx_mine"]);
    await story.migrate(table(field("user_id", "integer")));
    expect(await story.live("t")).toMatchObject({ indexes: [{ name: "idx_mine" }], foreignKeys: [] });
    await story.backAndForth();
  },
);

test("case 11: named defaults and type mappings are in the SQL of PostgreSQL, and down is a drop", () => {
  const maps = [
    {
      kind: "setDefaults",
      defaults: { postgresql: { role: "'member'", new_uuid: "gen_random_uuid()", object: "'{}'" } },
    },
    { kind: "setTypeMappings", typeMappings: { postgresql: { text: "CITEXT", float: "DOUBLE PRECISION" } } },
  ];
  const fields = [
    { name: "id", type: "uuid", primaryKey: true, default: "new_uuid" },
    { name: "role", type: "text", default: "role" },
    { name: "extra", type: "jsonb", default: "object" },
    { name: "score", type: "float", nullable: true },
  ];
  const { up: forward, down: back } = sqlOf(postgres, maps, [{ kind: "createTable", name: "t", fields }]);
  expect(forward).toHaveLength(1);
  expect(forward[0]).toMatch(/UUID NOT NULL DEFAULT gen_random_uuid\(\)/);
  expect(forward[0]).toMatch(/CITEXT NOT NULL DEFAULT 'member'/);
  expect(forward[0]).toMatch(/JSONB NOT NULL DEFAULT '\{\}'/);
  expect(forward[0]).toContain("DOUBLE PRECISION");
  expect(back).toEqual(['DROP TABLE "t"']);
});

const varchar = (length: number, more: object = {}): object => ({ name: "c", type: "varchar", length, ...more });
const table = (column: object): object => ({ kind: "createTable", name: "t", fields: [id, column] });
const alter = (column: object): object => ({ kind: "alterField", table: "t", field: column });

test("case 12: a wider varchar says the new length on the way up and the old one on the way down", () => {
  const { up: forward, down: back } = sqlOf(postgres, [table(varchar(50))], [alter(varchar(100))]);
  expect([forward.join(), back.join()]).toEqual([expect.stringContaining("(100)"), expect.stringContaining("(50)")]);
  expect(forward.join() + back.join()).not.toMatch(/\(100\).*\(50\).*\(100\)/s);
});

test("case 13: PostgreSQL changes type, NULL and default; no difference is no SQL; expressions are not quoted", () => {
  const changed = { name: "c", type: "timestamp", nullable: true, default: { sql: "now() + interval '1 day'" } };
  const { up: forward } = sqlOf(postgres, [table({ name: "c", type: "date" })], [alter(changed)]);
  const text = forward.join("\n");
  expect(text).toContain("TYPE TIMESTAMP");
  expect(text).toContain("DROP NOT NULL");
  expect(text).toContain("SET DEFAULT now() + interval '1 day'");
  expect(sqlOf(postgres, [table(varchar(50))], [alter(varchar(50))]).up).toEqual([]);
});

test("case 14: SQLite makes the table anew: a new one, the rows, drop, rename; no difference is no SQL", () => {
  const { up: forward } = sqlOf(sqlite, [table(varchar(50, { nullable: true }))], [alter(varchar(50))]);
  const steps = forward.map((sql) => /CREATE TABLE|INSERT INTO|DROP TABLE|RENAME TO/.exec(sql)?.[0]).filter(Boolean);
  expect(steps).toEqual(["CREATE TABLE", "INSERT INTO", "DROP TABLE", "RENAME TO"]);
  expect(sqlOf(sqlite, [table(varchar(50))], [alter(varchar(50))]).up).toEqual([]);
});

test("case 15: schemaOnly is no SQL there or back, and a change of the state", () => {
  const first = [table(varchar(9)), { kind: "createTable", name: "old", fields: [id] }];
  const only = [
    { kind: "createTable", name: "n", fields: [id], schemaOnly: true },
    { kind: "addField", table: "t", field: { name: "d", type: "text" }, schemaOnly: true },
    { kind: "dropField", table: "t", name: "c", schemaOnly: true },
    { kind: "dropTable", name: "old", schemaOnly: true },
  ];
  for (const dialect of [sqlite, postgres]) expect(sqlOf(dialect, first, only)).toEqual({ up: [], down: [] });
  const after = applyAll(emptySchema, operationsOf([...first, ...only]));
  expect(after.tables.map((t) => [t.name, t.fields.map((f) => f.name)])).toEqual([
    ["t", ["id", "d"]],
    ["n", ["id"]],
  ]);
});

onBoth("case 16: what is dropped comes back as it was, with its named defaults", async (story) => {
  const maps = { defaults: { sqlite: { state: "'new'" }, postgresql: { state: "'new'" } } };
  const posts = {
    fields: [
      serialId,
      reference("user_id", "users", { on_delete: "CASCADE" }),
      field("state", "varchar", { length: 9, default: "state" }),
    ],
    indexes: [{ name: "idx_state", fields: ["state"], unique: true, where: "state <> ''" }],
  };
  await story.migrate(schemaOf({ users: [serialId, field("flag", "text", { default: "state" })], posts }, maps));
  await story.migrate(schemaOf({ users: [serialId] }, maps), { onDestructive: ["generate"] });
  await story.back();
  await story.execute("INSERT INTO users DEFAULT VALUES", "INSERT INTO posts (user_id) VALUES (1)");
  expect(await story.values("SELECT flag FROM users")).toEqual(["new"]);
  expect(await story.values("SELECT state FROM posts")).toEqual(["new"]);
  await expect(story.execute("INSERT INTO posts (user_id) VALUES (1)")).rejects.toThrow();
});

onBoth(
  "case 17: actions of foreign keys have SQL's names in the database, and a key may have a name of its own",
  async (story) => {
    const actions = {
      PROTECT: "RESTRICT",
      SET_NULL: "SET NULL",
      SET_DEFAULT: "SET DEFAULT",
      DO_NOTHING: "NO ACTION",
      CASCADE: "CASCADE",
    };
    const keys = Object.keys(actions).map((action) =>
      reference(`f_${action}`, "users", { on_delete: action, on_update: action, name: `own_${action}` }),
    );
    await story.migrate(schemaOf({ users: [serialId], posts: [serialId, ...keys, reference("plain", "users")] }));
    const found = (await story.live("posts")).foreignKeys.map((key) => [key.name, key.onDelete, key.onUpdate]);
    expect(found).toEqual(
      expect.arrayContaining(Object.entries(actions).map(([written, sql]) => [`own_${written}`, sql, sql])),
    );
    expect(found).toContainEqual(["fk_posts_plain", "RESTRICT", "NO ACTION"]);
  },
);

/** Two tables, one of which is dropped by hand before the migration that drops it. */
const withMissing = async (story: Story, drop: string): Promise<void> => {
  await story.migrate(schemaOf({ kept: [serialId], gone: [serialId] }));
  story.write("0002_drop", `${drop}, addField({ table: "kept", field: { name: "x", type: "text", nullable: true } })`, {
    dependencies: ["0001_initial"],
  });
  await story.execute("DROP TABLE gone");
};

onBoth("case 20: a missing table fails a drop, unless the run or the operation may go on", async (story) => {
  await withMissing(story, 'dropTable({ name: "gone" })');
  expect((await failureOf(up(story))).code).toBe("database");
  expect(await status(story)).toMatchObject({ applied: 1, pending: 1 });
  const events: RunEvent[] = [];
  const onEvent = (event: RunEvent): unknown => events.push(event);
  expect(await up(story, { warnOnMissingDrop: true, onEvent })).toEqual({ applied: ["0002_drop"] });
  expect(events.find(({ type }) => type === "warning")).toMatchObject({ migration: "0002_drop", operation: 0 });
  expect((await story.live("kept")).columns.map((c) => c.name)).toEqual(["id", "x"]);
});

onBoth("case 20: an operation that ignores errors needs no flag", async (story) => {
  await withMissing(story, 'dropTable({ name: "gone", ignoreErrors: true })');
  expect(await up(story)).toEqual({ applied: ["0002_drop"] });
});

onBoth(
  "case 20: fields, indexes and rollbacks may find nothing to drop, but other errors stay errors",
  async (story) => {
    const t = {
      fields: [serialId, field("a", "text"), field("b", "text")],
      indexes: [{ name: "idx_a", fields: ["a"] }],
    };
    await story.migrate(schemaOf({ t }));
    story.write(
      "0002_drop",
      'dropIndex({ table: "t", name: "idx_a" }), dropField({ table: "t", name: "b" }), createTable({ name: "u", fields: [{ name: "id", type: "serial", primaryKey: true }] })',
      { dependencies: ["0001_initial"] },
    );
    await story.execute("DROP INDEX idx_a", "ALTER TABLE t DROP COLUMN b");
    expect((await failureOf(up(story))).code).toBe("database");
    expect(await up(story, { warnOnMissingDrop: true })).toEqual({ applied: ["0002_drop"] });
    await story.execute("DROP TABLE u");
    expect((await failureOf(down(story))).code).toBe("database");
    expect(await down(story, { warnOnMissingDrop: true })).toEqual({ rolled_back: ["0002_drop"] });
    story.write("0003_sql", 'runSQL({ forward: "DROP TABLE nowhere", backward: "" })', { dependencies: ["0002_drop"] });
    expect((await failureOf(up(story, { warnOnMissingDrop: true }))).message).toContain("nowhere");
  },
);

onOne("sqlite", "case 20: the executable has the flag, both ways", async (story) => {
  await withMissing(story, 'dropTable({ name: "gone" })');
  const binary = await godwitBinary();
  const run = (...words: readonly string[]): number =>
    Bun.spawnSync([binary, "migrate", ...words, "--url", story.database.url], { cwd: story.root }).exitCode;
  expect([run("up"), run("up", "--warn-on-missing-drop")]).toEqual([1, 0]);
  await story.execute("DROP TABLE kept");
  const zero = ["down", "--to", "zero"];
  expect([run(...zero), run(...zero, "--warn-on-missing-drop")]).toEqual([1, 0]);
});

onOne(
  "sqlite",
  "case 22: the order of a graph is the same each time, and what is wrong with it is said",
  async (story) => {
    const one = (name: string): string =>
      `createTable({ name: "${name}", fields: [{ name: "id", type: "serial", primaryKey: true }] })`;
    story.write("0001_a", one("a"));
    story.write("0002_right", one("r"), { dependencies: ["0001_a"] });
    story.write("0002_left", one("l"), { dependencies: ["0001_a"] });
    const branched = await dag(story);
    expect(branched.unresolved).toEqual(["0002_left", "0002_right"]);
    expect(await branched.json()).toMatchObject({ has_branches: true, has_unresolved_branches: true });
    // A merge says by the order of its dependencies which branch runs first.
    story.write("0003_merge", "", { dependencies: ["0002_right", "0002_left"] });
    const merged = await dag(story);
    expect(merged.unresolved).toEqual([]);
    expect(await merged.json()).toMatchObject({ has_branches: true, has_unresolved_branches: false });
    expect((await up(story)).applied).toEqual(["0001_a", "0002_right", "0002_left", "0003_merge"]);
    story.write("0004_x", "", { dependencies: ["0003_merg"] });
    expect((await failureOf(dag(story))).message).toMatch(/"0003_merg".*did you mean "0003_merge"/);
    story.write("0004_x", "", { dependencies: ["0005_y"] });
    story.write("0005_y", "", { dependencies: ["0004_x"] });
    expect((await failureOf(dag(story))).message).toMatch(/0004_x.*0005_y.*0004_x/);
  },
);

onBoth(
  "case 23: a merge depends on all heads, does nothing, writes nothing when dry, and the whole applies",
  async (story) => {
    const base = schemaOf({ t: [serialId] });
    await story.migrate(base);
    const branches = ["a", "b"].map((name) => `0002_${name}_${"long".repeat(name === "a" ? 8 : 9)}`);
    for (const [i, name] of branches.entries()) {
      story.write(name, `addField({ table: "t", field: { name: "f${i}", type: "text", nullable: true } })`, {
        dependencies: ["0001_initial"],
      });
    }
    const dry = await generate(story, { merge: true, dryRun: true });
    expect(dry).toMatchObject({ created: null, name: "0003_merge" });
    expect(readdirSync(story.migrationsDir)).toHaveLength(3);
    const { created, source } = await generate(story, { merge: true });
    expect(created).toBe("migrations/0003_merge.ts");
    expect(source).toContain(`"${branches[0]}"`);
    expect(source).toContain(`"${branches[1]}"`);
    expect(source).toContain("operations: []");
    expect(await story.up()).toEqual([...branches, "0003_merge"]);
    await story.backToNothing();
  },
);

onBoth("case 24: rows are inserted or updated by their keys, and deleted by them on the way back", async (story) => {
  const maps = { defaults: { sqlite: { label: "'it''s'" }, postgresql: { label: "'it''s'" } } };
  const codes = [
    field("code", "varchar", { length: 9, primary_key: true }),
    field("label", "text"),
    field("n", "integer"),
  ];
  await story.migrate(schemaOf({ codes }, maps));
  await story.execute("INSERT INTO codes (code, label, n) VALUES ('a', 'old', 1), ('z', 'mine', 26)");
  const rows = `{ n: 2, label: "o'brien", code: "a" }, { code: "b", label: { defaultRef: "label" } }, { code: "c", n: { defaultRef: "1 + 1" } }`;
  story.write(
    "0002_data",
    `upsertData({ table: "codes", keys: ["code"], rows: [${rows}] }), upsertData({ table: "codes", keys: ["code"], rows: [] })`,
    {
      dependencies: ["0001_initial"],
    },
  );
  await story.up();
  expect(
    await story.values("SELECT code || ':' || COALESCE(label, '-') || ':' || COALESCE(n, 0) FROM codes ORDER BY code"),
  ).toEqual(["a:o'brien:2", "b:it's:0", "c:-:2", "z:mine:26"]);
  await story.back();
  expect(await story.values("SELECT code FROM codes")).toEqual(["z"]);
});

test("case 24: columns are sorted, and a row with nothing but its keys changes nothing", () => {
  const first = [table(varchar(9))];
  const rows = [{ id: 1, c: "x" }];
  for (const dialect of [sqlite, postgres]) {
    const { up: forward, down: back } = sqlOf(dialect, first, [{ kind: "upsertData", table: "t", keys: ["id"], rows }]);
    expect(forward.join("\n")).toMatch(
      /INSERT INTO "t" \("c", "id"\)[\s\S]*ON CONFLICT \("id"\) DO UPDATE SET "c" = excluded\."c"/i,
    );
    expect(back.join("\n")).toMatch(/DELETE FROM "t"\s+WHERE "id" IN \(1\)/);
    const keys = sqlOf(dialect, first, [{ kind: "upsertData", table: "t", keys: ["id"], rows: [{ id: 1 }] }]);
    expect(keys.up.join("\n")).toContain("DO NOTHING");
  }
});
