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
    ...["notes", "old_notes"].map((name) => ({ kind: "createTable", name, fields: [{ name: "id", type: "integer" }] })),
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

const defaults = (name: string): object => ({ kind: "setDefaults", defaults: { postgresql: { [name]: "'x'" } } });
const mapped = (type: string): object => ({ kind: "setTypeMappings", typeMappings: { sqlite: { [type]: "CLOB" } } });

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
      "a view and what is no field of its table",
      { kind: "createView", name: "v", query: "SELECT * FROM users" },
      { kind: "addIndex", table: "users", index: { name: "by_note", fields: ["note"] } },
    ],
    [
      "a view that names its fields and another field",
      { kind: "createView", name: "v", query: "SELECT email FROM users" },
      nullable("users", "age"),
    ],
    [
      "rows and a field that they do not know of",
      { kind: "upsertData", table: "users", keys: ["id"], rows: [{ id: 1, email: "a" }] },
      nullable("users", "age"),
    ],
    [
      "rows and an index that refuses none",
      { kind: "upsertData", table: "users", keys: ["id"], rows: [{ id: 1, email: "a" }] },
      { kind: "addIndex", table: "users", index: { name: "by_note", fields: ["note"] } },
    ],
    ["a named default and a field with another one", defaults("main"), nullable("users", "age")],
    ["a type that is mapped and a field of another one", mapped("uuid"), nullable("users", "age")],
    ["a named default and a type that is mapped", defaults("main"), mapped("uuid")],
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
    [
      "a view that takes all fields and a new one",
      { kind: "createView", name: "v", query: "SELECT * FROM users NATURAL JOIN orders" },
      nullable("orders", "age"),
      'field "age" of "orders"',
    ],
    [
      "a view of groups and the key of its table",
      { kind: "createView", name: "v", query: "SELECT email FROM orders GROUP BY id" },
      { kind: "alterPrimaryKey", table: "orders", fields: [] },
      'primary key "orders_pkey" of "orders"',
    ],
    [
      "rows and a field that rows before it get otherwise",
      { kind: "upsertData", table: "users", keys: ["id"], rows: [{ id: 1, email: "a" }] },
      { kind: "addField", table: "users", field: { name: "seen", type: "timestamp", default: "now" } },
      'field "seen" of "users"',
    ],
    [
      "rows, and a trigger on those that go with them",
      { kind: "deleteData", table: "users", keys: ["id"], rows: [{ id: 1 }] },
      trigger("orders"),
      'trigger "noted" of "orders"',
    ],
    [
      "rows and what refuses some of them",
      { kind: "upsertData", table: "users", keys: ["id"], rows: [{ id: 1, email: "a" }] },
      { kind: "addIndex", table: "users", index: { name: "by_note", fields: ["note"], unique: true } },
      'index "by_note" of "users"',
    ],
    [
      "rows that are moved with all that they have, and a new field",
      { kind: "moveRows", from: "notes", to: "old_notes" },
      nullable("old_notes", "age"),
      'field "age" of "old_notes"',
    ],
    [
      "a named default and a field that has it",
      defaults("main"),
      { kind: "addField", table: "users", field: { name: "place", type: "text", default: "main" } },
      'named default "main"',
    ],
    ["two lists of named defaults", defaults("main"), defaults("other"), "named defaults"],
    ["a type that is mapped and a new field of it", mapped("text"), nullable("orders", "age"), 'type mapping "text"'],
    [
      "a type that is mapped and a field that has it",
      mapped("text"),
      { ...sql, touches: ["users.note"] },
      'field "note" of "users"',
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
