import { describe, expect, test } from "bun:test";
import { footprintOf } from "../../../src/core/footprint/footprint.ts";
import { markTitle } from "../../../src/core/footprint/mark.ts";
import { meetings } from "../../../src/core/footprint/meet.ts";
import { applyAll, type Operation, parseOperation } from "../../../src/core/operations/index.ts";
import { emptySchema } from "../../../src/core/schema/model.ts";

const shop = applyAll(
  emptySchema,
  [
    {
      kind: "createTable",
      name: "users",
      fields: [
        { name: "id", type: "bigserial", primaryKey: true },
        { name: "email", type: "text" },
        { name: "note", type: "text", nullable: true },
      ],
      indexes: [{ name: "users_email", fields: ["email"], unique: true }],
    },
    {
      kind: "createTable",
      name: "orders",
      fields: [
        { name: "id", type: "bigserial", primaryKey: true },
        { name: "user_id", type: "foreign_key", foreignKey: { table: "users", onDelete: "CASCADE" } },
        { name: "state", type: "text", default: "new" },
      ],
    },
    { kind: "createView", name: "mails", query: "SELECT email FROM users" },
    { kind: "createEnum", name: "mood", values: ["ok"] },
  ].map(parseOperation),
);

const nullable = (table: string, name: string, type = "text"): object => ({
  kind: "addField",
  table,
  field: { name, type, nullable: true },
});

/** What two operations disagree about, in words. */
function between(a: object, b: object, schema = shop): readonly string[] {
  const [first, second] = [a, b].map((data) => footprintOf(parseOperation(data) as Operation, schema));
  if (!first || !second) throw new Error("two operations are compared");
  return meetings(first, second).map(({ mark }) => markTitle(mark));
}

const trigger = (table: string): object => ({
  kind: "createObject",
  object: {
    kind: "trigger",
    name: "noted",
    table,
    definition: `CREATE TRIGGER noted AFTER INSERT ON ${table} BEGIN SELECT 1; END`,
  },
});

const sql = { kind: "runSQL", forward: "UPDATE users SET note = ''", backward: "" };

describe("commute", () => {
  const pairs: readonly (readonly [string, object, object])[] = [
    ["two fields of one table", nullable("users", "age"), nullable("users", "height")],
    [
      "tables that refer to the same one",
      { kind: "createTable", name: "a", fields: [{ name: "u", type: "foreign_key", foreignKey: { table: "users" } }] },
      { kind: "createTable", name: "b", fields: [{ name: "u", type: "foreign_key", foreignKey: { table: "users" } }] },
    ],
    [
      "a field and a table that refers to its table",
      nullable("users", "age"),
      { kind: "createTable", name: "a", fields: [{ name: "u", type: "foreign_key", foreignKey: { table: "users" } }] },
    ],
    [
      "an index and another field",
      { kind: "addIndex", table: "users", index: { name: "by_note", fields: ["note"] } },
      nullable("users", "age"),
    ],
    [
      "a table called like a field",
      { kind: "createTable", name: "status", fields: [{ name: "id", type: "integer" }] },
      nullable("orders", "status"),
    ],
    [
      "a view and a table that it does not name",
      { kind: "createView", name: "v", query: "SELECT state FROM orders" },
      nullable("users", "age"),
    ],
    ["SQL that says what it touches", { ...sql, touches: ["users"] }, nullable("orders", "age")],
    [
      "SQL that touches a field",
      { ...sql, touches: ["users.note"] },
      { kind: "dropField", table: "orders", name: "state" },
    ],
    [
      "rows of a table and a new table that refers to it",
      { kind: "upsertData", table: "users", keys: ["id"], rows: [{ id: 1, email: "a" }] },
      { kind: "createTable", name: "a", fields: [{ name: "u", type: "foreign_key", foreignKey: { table: "users" } }] },
    ],
  ];
  test.each(pairs)("%s", (_, a, b) => {
    expect(between(a, b)).toEqual([]);
    expect(between(b, a)).toEqual([]);
  });
});

describe("conflict", () => {
  const pairs: readonly (readonly [string, object, object, string])[] = [
    ["the same field twice", nullable("users", "age"), nullable("users", "age", "integer"), 'field "age" of "users"'],
    [
      "options of a table and the type of a field",
      { kind: "setTableOptions", table: "users", options: { sqlite: { strict: "true" } } },
      nullable("users", "age", "timestamptz"),
      'options of "users"',
    ],
    ["triggers of one name", trigger("users"), trigger("orders"), 'trigger "noted"'],
    [
      "a field that goes and its index",
      { kind: "dropField", table: "users", name: "note" },
      { kind: "addIndex", table: "users", index: { name: "by_note", fields: ["note"] } },
      'field "note" of "users"',
    ],
    [
      "a table that gets another name",
      { kind: "renameTable", from: "users", to: "people" },
      nullable("users", "age"),
      'table "users"',
    ],
    [
      "a field that gets another name",
      { kind: "renameField", table: "users", from: "note", to: "remark" },
      { kind: "addConstraint", table: "users", constraint: { name: "c", check: "note <> ''" } },
      'field "note" of "users"',
    ],
    [
      "a key and what borrows its type",
      { kind: "alterField", table: "users", field: { name: "id", type: "text" } },
      { kind: "createTable", name: "a", fields: [{ name: "u", type: "foreign_key", foreignKey: { table: "users" } }] },
      'field "id" of "users"',
    ],
    [
      "a unique index and a key that needs it",
      { kind: "dropIndex", table: "users", name: "users_email" },
      { kind: "addForeignKey", table: "orders", fields: ["state"], references: { table: "users", fields: ["email"] } },
      'index "users_email" of "users"',
    ],
    [
      "a view and the shape of its table",
      { kind: "createView", name: "v", query: "SELECT * FROM users" },
      nullable("users", "age"),
      'field "age" of "users"',
    ],
    [
      "an enum and a field of it",
      { kind: "alterEnum", name: "mood", values: ["ok", "sad"] },
      nullable("users", "mood_now", "mood"),
      'enum "mood"',
    ],
    ["SQL and whatever there is", sql, nullable("orders", "age"), 'field "age" of "orders"'],
    ["SQL that touches the table", { ...sql, touches: ["users"] }, nullable("users", "age"), 'field "age" of "users"'],
    [
      "rows, and rows that go with them",
      { kind: "deleteData", table: "users", keys: ["id"], rows: [{ id: 1 }] },
      { kind: "upsertData", table: "orders", keys: ["id"], rows: [{ id: 1, user_id: 1 }] },
      'rows of "orders"',
    ],
  ];
  test.each(pairs)("%s", (_, a, b, object) => {
    expect(between(a, b)).toContain(object);
    expect(between(b, a)).toContain(object);
  });
});

test("kind and case of names do not count, for databases differ in them", () => {
  const table = { kind: "createTable", name: "x", fields: [{ name: "id", type: "integer" }] };
  expect(between(table, { kind: "createView", name: "X", query: "SELECT 1" })).toEqual(['table "x"']);
});

test("what says what it touches has the checksum that it has without", async () => {
  const { checksumOf } = await import("../../../src/runtime/checksum.ts");
  const [plain, said] = [sql, { ...sql, touches: ["users"] }].map((data) => parseOperation(data));
  if (!plain || !said) throw new Error("two operations are compared");
  expect(checksumOf([said], true)).toBe(checksumOf([plain], true));
});
