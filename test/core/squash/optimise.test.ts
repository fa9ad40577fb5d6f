import { describe, expect, test } from "bun:test";
import { applyAll, type Operation, parseOperation, titleOf } from "../../../src/core/operations/index.ts";
import { emptySchema } from "../../../src/core/schema/model.ts";
import { optimise, sameSchema } from "../../../src/core/squash/optimise.ts";

type Data = Readonly<Record<string, unknown>>;
const op = (kind: string, params: Data): Operation => parseOperation({ kind, ...params });
const id = { name: "id", type: "integer", primaryKey: true };
const create = (name: string, ...fields: readonly Data[]): Operation =>
  op("createTable", { name, fields: [id, ...fields] });
const add = (table: string, name: string, more: Data = {}): Operation =>
  op("addField", { table, field: { name, type: "text", nullable: true, ...more } });
const upsert = (table: string): Operation => op("upsertData", { table, keys: ["id"], rows: [{ id: 1 }] });
const sql = (more: Data = {}): Operation =>
  op("runSQL", { forward: "UPDATE users SET id = id", backward: "", ...more });

/** What is left of the operations of a squash, after what `older` made; it adds up to the same. */
function left(operations: readonly Operation[], older: readonly Operation[] = []): readonly string[] {
  const before = applyAll(emptySchema, older);
  const shorter = optimise(operations, before);
  expect(sameSchema(applyAll(before, shorter), applyAll(before, operations))).toBe(true);
  return shorter.map(titleOf);
}

describe("what is made in the range", () => {
  test("is made as it ends", () => {
    const [table, ...more] = optimise(
      [
        create("users"),
        add("users", "mail"),
        op("alterField", { table: "users", field: { name: "mail", type: "varchar", length: 200 } }),
        op("renameField", { table: "users", from: "mail", to: "email" }),
        op("addIndex", { table: "users", index: { name: "by_mail", fields: ["email"] } }),
        op("renameIndex", { table: "users", from: "by_mail", to: "by_email" }),
        op("addConstraint", { table: "users", constraint: { name: "one", unique: ["email"] } }),
        op("renameTable", { from: "users", to: "people" }),
        op("setComment", { table: "people", comment: "who" }),
      ],
      emptySchema,
    );
    expect(more).toEqual([]);
    expect(table).toEqual({
      kind: "createTable",
      name: "people",
      fields: [id, { name: "email", type: "varchar", length: 200 }],
      indexes: [{ name: "by_email", fields: ["email"] }],
      constraints: [{ name: "one", unique: ["email"] }],
      comment: "who",
    } as unknown as Operation);
  });
  test("and dropped is not made, with all that hangs on it", () => {
    expect(
      left([
        create("a"),
        add("a", "x"),
        create("b", { name: "a_id", type: "foreign_key", foreignKey: { table: "a" } }),
        op("dropForeignKey", { table: "b", name: "fk_b_a_id" }),
        op("addIndex", { table: "a", index: { name: "i", fields: ["x"] } }),
        op("dropField", { table: "b", name: "a_id" }),
        op("dropTable", { name: "a" }),
      ]),
    ).toEqual(['create table "b"']);
  });
  test("refers to what a table is called in the end, and comes after it", () => {
    expect(
      left([
        create("posts"),
        create("users"),
        add("posts", "user_id", { type: "foreign_key", foreignKey: { table: "users" } }),
        op("renameTable", { from: "users", to: "people" }),
      ]),
    ).toEqual(['create table "people"', 'create table "posts"']);
  });
  test("has the values that its enum ends with", () => {
    expect(
      left([
        op("createEnum", { name: "mood", values: ["ok"] }),
        create("users", { name: "mood", type: "mood", default: "ok" }),
        op("alterEnum", { name: "mood", values: ["bad", "ok"] }),
        op("renameEnum", { from: "mood", to: "temper" }),
      ]),
    ).toEqual(['create enum "temper"', 'create table "users"']);
  });
});

describe("what changes rows", () => {
  test("stays, and what touches the same does not pass it", () => {
    expect(left([create("users"), sql(), add("users", "mail"), add("users", "name")])).toEqual([
      'create table "users"',
      "run SQL: UPDATE users SET id = id",
      'add field "mail" to "users"',
      'add field "name" to "users"',
    ]);
  });
  test("lets pass what touches something else", () => {
    expect(left([create("users"), create("roles"), upsert("roles"), add("users", "mail")])).toEqual([
      'create table "users"',
      'create table "roles"',
      'upsert 1 row of "roles"',
    ]);
    expect(left([create("users"), sql({ touches: ["users"] }), create("b"), add("b", "x")])).toEqual([
      'create table "users"',
      'create table "b"',
      "run SQL: UPDATE users SET id = id",
    ]);
  });
  test("keeps a table that is dropped only afterwards", () => {
    expect(left([create("a"), upsert("a"), op("dropTable", { name: "a" })])).toHaveLength(3);
  });
});

describe("what is done to older tables", () => {
  const older = [create("users", { name: "age", type: "integer" })];

  test("stays where values of rows depend on it", () => {
    const kept = [
      op("dropField", { table: "users", name: "age" }),
      op("addField", { table: "users", field: { name: "age", type: "integer", nullable: true } }),
    ];
    expect(left(kept, older)).toHaveLength(2);
    const filled = [
      op("addField", { table: "users", field: { name: "mail", type: "text" }, fill: "''" }),
      op("dropField", { table: "users", name: "mail" }),
    ];
    expect(left(filled, older)).toHaveLength(2);
  });
  test("goes where it is taken back, and is said once where it is put right", () => {
    expect(
      left(
        [
          add("users", "mail"),
          op("addIndex", { table: "users", index: { name: "i", fields: ["mail"] } }),
          op("renameField", { table: "users", from: "mail", to: "email" }),
          op("renameIndex", { table: "users", from: "i", to: "by_email" }),
          add("users", "x"),
          op("dropField", { table: "users", name: "x" }),
        ],
        older,
      ),
    ).toEqual(['add field "email" to "users"', 'add index "by_email" to "users"']);
  });
  test("stays where only the state changes, or errors do not count", () => {
    expect(
      left([op("addField", { table: "users", field: { name: "x", type: "text" }, schemaOnly: true })], older),
    ).toEqual(['add field "x" to "users"']);
    const shaky = [
      create("a"),
      op("addIndex", { table: "a", index: { name: "i", fields: ["id"] }, ignoreErrors: true }),
    ];
    expect(left(shaky)).toHaveLength(2);
  });
});

describe("what is said twice of something older is said once", () => {
  const mood = op("createEnum", { name: "mood", values: ["ok"] });
  const older = [
    mood,
    create("users", { name: "age", type: "integer", nullable: true }, { name: "mail", type: "varchar", length: 9 }),
    create("posts"),
    op("addIndex", { table: "users", index: { name: "by_age", fields: ["age"] } }),
    op("addIndex", { table: "users", index: { name: "by_mail", fields: ["mail"], unique: true } }),
  ];
  const alter = (name: string, more: Data, extra: Data = {}): Operation =>
    op("alterField", { table: "users", field: { name, type: "integer", ...more }, ...extra });
  /** What is left, as data. */
  const merged = (...operations: readonly Operation[]): readonly Operation[] => {
    const before = applyAll(emptySchema, older);
    const shorter = optimise(operations, before);
    expect(sameSchema(applyAll(before, shorter), applyAll(before, operations))).toBe(true);
    return shorter;
  };

  test("alters of a field, also with others between", () => {
    expect(
      merged(
        alter("age", { nullable: true, default: 1 }),
        add("posts", "x"),
        alter("age", { nullable: true, default: 2 }),
      ),
    ).toEqual([add("posts", "x"), alter("age", { nullable: true, default: 2 })]);
    const text = { type: "text", nullable: true };
    expect(merged(alter("age", text, { using: "age || ''" }), alter("age", { ...text, comment: "years" }))).toEqual([
      alter("age", { ...text, comment: "years" }, { using: "age || ''" }),
    ]);
    expect(merged(alter("age", { nullable: true, default: 1 }), alter("age", { nullable: true }))).toEqual([]);
  });
  test("but not where rows are converted or filled twice, or would get another value", () => {
    const text = { type: "text", nullable: true };
    const kept = [
      [alter("mail", { type: "varchar", length: 3 }), alter("mail", { type: "varchar", length: 9 })],
      [alter("age", text), alter("age", { type: "bigint", nullable: true })],
      [alter("age", text, { using: "'x'" }), alter("age", { type: "text" }, { fill: "''" })],
      [alter("age", {}, { fill: "0" }), alter("age", { nullable: true })],
      [alter("age", { default: 1 }), alter("age", { default: 2 })],
      [add("users", "x", { default: "a" }), op("alterField", { table: "users", field: { name: "x", type: "text" } })],
      [
        add("users", "x"),
        op("alterField", { table: "users", field: { name: "x", type: "text", nullable: true, default: "a" } }),
      ],
    ];
    for (const operations of kept) expect(merged(...operations)).toEqual(operations);
  });
  test("a field that is added and changed", () => {
    const field = { name: "x", type: "integer", comment: "n" };
    expect(merged(add("users", "x"), op("alterField", { table: "users", field, fill: "0" }))).toEqual([
      op("addField", { table: "users", field, fill: "0" }),
    ]);
  });
  test("renames, and those that end where they began", () => {
    const rename = (kind: string, from: string, to: string, table?: string): Operation =>
      op(kind, { ...(table && { table }), from, to });
    expect(
      merged(rename("renameField", "age", "years", "users"), rename("renameField", "years", "old", "users")),
    ).toEqual([rename("renameField", "age", "old", "users")]);
    expect(merged(rename("renameTable", "users", "a"), add("posts", "x"), rename("renameTable", "a", "users"))).toEqual(
      [add("posts", "x")],
    );
    expect(merged(rename("renameEnum", "mood", "a"), rename("renameEnum", "a", "b"))).toEqual([
      rename("renameEnum", "mood", "b"),
    ]);
    const swapped = [
      rename("renameField", "age", "a", "users"),
      sql({ touches: ["users"] }),
      rename("renameField", "a", "b", "users"),
    ];
    expect(merged(...swapped)).toEqual(swapped);
  });
  test("values that are added to an enum, and not one that went between", () => {
    const values = (...all: readonly string[]): Operation => op("alterEnum", { name: "mood", values: all });
    expect(merged(values("ok", "good"), values("bad", "ok", "good"))).toEqual([values("bad", "ok", "good")]);
    const gone = [op("alterEnum", { name: "mood", values: ["no"], mapping: { ok: "no" } }), values("no", "ok")];
    expect(merged(...gone)).toEqual(gone);
  });
  test("an index that is dropped and made again, if it is the same", () => {
    const drop = op("dropIndex", { table: "users", name: "by_age" });
    const index = (more: Data = {}): Operation =>
      op("addIndex", { table: "users", index: { name: "by_age", fields: ["age"], ...more } });
    expect(merged(drop, add("posts", "x"), index())).toEqual([add("posts", "x")]);
    expect(merged(drop, index({ unique: true }))).toHaveLength(2);
    expect(merged(op("dropIndex", { table: "users", name: "by_age", ignoreErrors: true }), index())).toHaveLength(2);
  });
  test("a table that goes takes along what was done to it, but not what was done to rows", () => {
    const drop = op("dropTable", { name: "users" });
    expect(
      merged(alter("age", {}), op("dropIndex", { table: "users", name: "by_age" }), add("posts", "x"), drop),
    ).toEqual([add("posts", "x"), drop]);
    expect(merged(upsert("users"), drop)).toHaveLength(2);
    const freed = [
      op("dropIndex", { table: "users", name: "by_age" }),
      op("addIndex", { table: "posts", index: { name: "by_age", fields: ["id"] } }),
      drop,
    ];
    expect(merged(...freed)).toHaveLength(3);
    const gone = op("dropField", { table: "users", name: "age" });
    const unused = op("dropIndex", { table: "users", name: "by_age" });
    expect(merged(unused, alter("age", { type: "text", nullable: true }), gone)).toEqual([unused, gone]);
  });
  test("a table that goes and comes under its name stays two", () => {
    expect(merged(op("dropTable", { name: "posts" }), create("posts"))).toHaveLength(2);
  });
});
