import { describe, expect, test } from "bun:test";
import { blog } from "../../../src/core/operations/example-schema.ts";
import type { Operation } from "../../../src/core/operations/index.ts";
import type { Migration } from "../../../src/core/plan/migration.ts";
import type { Plan } from "../../../src/core/plan/plan.ts";
import { replay } from "../../../src/core/plan/state.ts";
import { planDown, planUp } from "../../../src/core/plan/steps.ts";
import { emptySchema } from "../../../src/core/schema/model.ts";
import postgres from "../../../src/dialects/postgres/dialect.ts";
import sqlite from "../../../src/dialects/sqlite/dialect.ts";
import { processorTime } from "../../helpers/processor-time.ts";
import { errorOf } from "../../helpers/tool-error.ts";

const migration = (name: string, operations: readonly Operation[], more: Partial<Migration> = {}): Migration => ({
  name,
  dependencies: [],
  operations,
  replaces: [],
  transaction: true,
  checksum: name,
  file: `migrations/${name}.ts`,
  ...more,
});

const t: Operation = {
  kind: "createTable",
  name: "t",
  fields: [
    { name: "id", type: "integer", primaryKey: true },
    { name: "n", type: "text", nullable: true },
  ],
  indexes: [{ name: "i", fields: ["n"] }],
};

const kinds = (plan: Plan) => plan.steps.map((step) => step.actions.flatMap((a) => a.statements.map((s) => s.kind)));

describe("up", () => {
  test("each migration finds what the one before left", () => {
    const plan = planUp({
      pending: [migration("0001", [t]), migration("0002", [{ kind: "dropIndex", table: "t", name: "i" }])],
      before: emptySchema,
      dialect: postgres,
    });
    expect(kinds(plan)).toEqual([["createTable", "createIndex"], ["dropIndex"]]);
    expect(plan.steps[1]?.actions[0]?.commands).toHaveLength(1);
  });

  test("an error says which migration and operation, and keeps its code", () => {
    const pending = [migration("0001", [t]), migration("0002", [{ kind: "dropIndex", table: "t", name: "i" }, t])];
    for (const work of [() => planUp({ pending, before: emptySchema, dialect: postgres }), () => replay(pending)]) {
      const error = errorOf(work);
      expect(error.code).toBe("state");
      expect(error.message).toBe(
        'migration "0002", operation 2 (create table "t"): table "t" exists already at this point',
      );
      expect(error.data).toMatchObject({ migration: "0002", operation: 1, table: "t" });
    }
  });

  test("a state-only operation is an action without commands", () => {
    const plan = planUp({
      pending: [migration("1", [{ ...t, schemaOnly: true }])],
      before: emptySchema,
      dialect: sqlite,
    });
    expect(plan.steps[0]?.actions).toMatchObject([{ operation: 0, statements: [], commands: [] }]);
  });
});

describe("databases that cannot alter in place", () => {
  const planOf = (operation: Operation, dialect = sqlite) =>
    planUp({ pending: [migration("1", [operation])], before: blog, dialect });

  test("make a table anew once per operation, filled from the old one", () => {
    const plan = planOf({
      kind: "alterField",
      table: "posts",
      field: { name: "views", type: "bigint" },
      fill: "0",
      using: "views + 1",
    });
    const [statement, ...more] = plan.steps[0]?.actions[0]?.statements ?? [];
    expect(more).toEqual([]);
    expect(statement).toMatchObject({ kind: "rebuildTable", copy: { id: '"id"', views: "COALESCE((views + 1), 0)" } });
    expect(plan.steps[0]?.foreignKeysOff).toBe(true);
  });

  test("do so for every table that a change reaches", () => {
    const plan = planOf({ kind: "alterField", table: "users", field: { name: "id", type: "text" } });
    const statements = plan.steps[0]?.actions[0]?.statements ?? [];
    expect(statements.map((s) => (s.kind === "rebuildTable" ? s.after.name : s.kind)).toSorted()).toEqual([
      "posts",
      "users",
    ]);
  });

  test("take a new column's values from the fill", () => {
    const plan = planOf({
      kind: "addField",
      table: "users",
      field: { name: "nick", type: "text" },
      fill: "lower(email)",
    });
    expect(plan.steps[0]?.actions[0]?.statements).toMatchObject([
      { kind: "rebuildTable", copy: { nick: "(lower(email))", email: '"email"' } },
    ]);
  });

  test("leave the rest alone", () => {
    const renamed = planOf({ kind: "renameField", table: "posts", from: "title", to: "headline" });
    expect(kinds(renamed)).toEqual([["renameColumn"]]);
    expect(renamed.steps[0]?.foreignKeysOff).toBe(false);
    expect(planOf({ kind: "dropTable", name: "posts" }).steps[0]?.foreignKeysOff).toBe(true);
    expect(planOf({ kind: "dropTable", name: "posts" }, postgres).steps[0]?.foreignKeysOff).toBe(false);
  });
});

describe("down", () => {
  test("B8: the inverse of an operation sees the state that the operation found", () => {
    const one = migration("0001", [
      t,
      { kind: "dropIndex", table: "t", name: "i" },
      { kind: "alterField", table: "t", field: { name: "n", type: "varchar", length: 50, nullable: true } },
      { kind: "renameField", table: "t", from: "n", to: "m" },
    ]);
    const plan = planDown({ rollback: [one], applied: [one], dialect: postgres });
    expect(kinds(plan)).toEqual([["renameColumn", "alterColumn", "createIndex", "dropTable"]]);
    expect(plan.steps[0]?.actions.map((a) => a.operation)).toEqual([3, 2, 1, 0]);
    expect(plan.steps[0]?.actions[1]?.statements[0]).toMatchObject({
      before: { type: "VARCHAR(50)" },
      after: { type: "TEXT" },
    });
  });

  test("B8: so a table that is rebuilt has the columns of that moment", () => {
    const one = migration("0001", [
      t,
      { kind: "addField", table: "t", field: { name: "late", type: "text", nullable: true } },
      { kind: "alterField", table: "t", field: { name: "n", type: "text", default: "x" }, fill: "'x'" },
    ]);
    const [rebuild] =
      planDown({ rollback: [one], applied: [one], dialect: sqlite }).steps[0]?.actions[0]?.statements ?? [];
    if (rebuild?.kind !== "rebuildTable") throw new Error("the table is not rebuilt");
    expect(rebuild.before.columns.map((c) => c.name)).toEqual(["id", "n", "late"]);
  });

  test("a branch is rolled back while the other stays", () => {
    const base = migration("0001", [t]);
    const left = migration("0002_left", [
      { kind: "addField", table: "t", field: { name: "l", type: "text", nullable: true } },
    ]);
    const right = migration("0002_right", [
      { kind: "addField", table: "t", field: { name: "r", type: "text", nullable: true } },
    ]);
    const plan = planDown({ rollback: [left], applied: [base, left, right], dialect: postgres });
    expect(plan.steps.map((s) => s.migration)).toEqual(["0002_left"]);
    expect(kinds(plan)).toEqual([["dropColumn"]]);
  });

  test("newest first, over several migrations", () => {
    const list = [migration("0001", [t]), migration("0002", [{ kind: "renameTable", from: "t", to: "u" }])];
    const plan = planDown({ rollback: list.toReversed(), applied: list, dialect: postgres });
    expect(kinds(plan)).toEqual([["renameTable"], ["dropTable"]]);
  });

  test("what has no way back stops the whole plan, by name", () => {
    const list = [
      migration("0001", [t]),
      migration("0002", [
        { kind: "runSQL", forward: "SELECT 1", backward: "" },
        { kind: "runSQL", forward: "SELECT 2" },
      ]),
    ];
    const error = errorOf(() => planDown({ rollback: list.toReversed(), applied: list, dialect: postgres }));
    expect(error.code).toBe("irreversible");
    expect(error.message).toStartWith('migration "0002", operation 2 (run SQL: SELECT 2): it has no way back');
    expect(error.data).toMatchObject({ migration: "0002", operation: 1 });
  });

  test("foreign keys dropped and made again keep their actions", () => {
    const [base, drop] = [
      migration("0001", [
        { kind: "createTable", name: "a", fields: [{ name: "id", type: "uuid", primaryKey: true }] },
        {
          kind: "createTable",
          name: "b",
          fields: [
            { name: "a_id", type: "foreign_key", nullable: true, foreignKey: { table: "a", onDelete: "SET NULL" } },
          ],
        },
      ]),
      migration("0002", [{ kind: "dropForeignKey", table: "b", name: "fk_b_a_id" }]),
    ];
    const plan = planDown({ rollback: [drop], applied: [base, drop], dialect: postgres });
    expect(plan.steps[0]?.actions[0]?.commands).toMatchObject([
      { kind: "execute", sql: expect.stringContaining("ON DELETE SET NULL") },
    ]);
  });
});

test("a long history is replayed in well under a second", () => {
  const tables = Array.from(
    { length: 1000 },
    (_, i): Operation => ({
      kind: "createTable",
      name: `t${i}`,
      fields: [{ name: "id", type: "integer", primaryKey: true }],
    }),
  );
  const fields = Array.from(
    { length: 10_000 },
    (_, i): Operation => ({
      kind: "addField",
      table: `t${i % 1000}`,
      field: { name: `f${i}`, type: "text", nullable: true },
    }),
  );
  const list = [...tables, ...fields].map((operation, i) => migration(`m${i}`, [operation]));
  const spent = processorTime();
  const schema = replay(list);
  const duration = spent();
  expect(schema.tables.every((table) => table.fields.length === 11)).toBe(true);
  // Seen: 240 ms. Ten times that is a quadratic step, not a slow machine.
  expect(duration).toBeLessThan(2000);
});
