import { expect, test } from "bun:test";
import { type Operation, parseOperation } from "../../../src/core/operations/index.ts";
import { mergeName, nextName } from "../../../src/core/plan/naming.ts";

const text = { name: "bio", type: "text" };
const before = ["0001_initial"];

/** The words after the number. */
const words = (...operations: readonly object[]): string =>
  nextName(before, operations.map(parseOperation)).replace(/^0002_/, "");

test("the number is one more than the highest, whatever is missing", () => {
  expect(nextName([], [], "x")).toBe("0001_x");
  expect(nextName(["0001_a", "0007_b", "0003_c"], [], "x")).toBe("0008_x");
  expect(nextName(["9999_a"], [], "x")).toBe("10000_x");
  expect(nextName(["00012_a"], [], "x")).toBe("00013_x");
  expect(nextName(["readme"], [], "x")).toBe("0001_x");
});

test("a name is made of plain words", () => {
  expect(nextName(["0001_a", "0002_b"], [], "Add User Phone")).toBe("0003_add_user_phone");
  expect(nextName([], [], "../../etc/passwd")).toBe("0001_etc_passwd");
  expect(nextName([], [], "Größe ändern")).toBe("0001_gro_e_andern");
  expect(nextName([], [], "😀")).toBe("0001_update_schema");
  expect(nextName([], [], "x".repeat(500)).length).toBeLessThanOrEqual(65);
});

test("one operation names itself as the predecessor named it", () => {
  expect(words({ kind: "createTable", name: "users", fields: [text] })).toBe("add_users_table");
  expect(words({ kind: "dropTable", name: "users" })).toBe("remove_users_table");
  expect(words({ kind: "addField", table: "users", field: text })).toBe("add_bio_to_users");
  expect(words({ kind: "dropField", table: "users", name: "bio" })).toBe("remove_bio_from_users");
  expect(words({ kind: "alterField", table: "users", field: text })).toBe("modify_bio_in_users");
  expect(words({ kind: "renameField", table: "users", from: "a", to: "b" })).toBe("rename_a_to_b_in_users");
  expect(words({ kind: "dropTable", name: "x; DROP TABLE y/../z" })).toBe("remove_x_drop_table_y_z_table");
});

test("several operations get a word for all of them", () => {
  const add = { kind: "addField", table: "users", field: text };
  const create = { kind: "createTable", name: "a", fields: [text] };
  expect(words(create, { ...create, name: "b" })).toBe("modify_tables");
  expect(words(create, add)).toBe("update_schema");
  expect(words(add, { ...add, field: { ...text, name: "age" } })).toBe("modify_users");
  expect(words(add, { ...add, table: "posts" })).toBe("modify_fields");
  expect(words({ kind: "setDefaults", defaults: {} }, add)).toBe("add_bio_to_users");
  expect(words({ kind: "setDefaults", defaults: {} })).toBe("modify_defaults");
});

test("the first migration of a project is the initial one", () => {
  const operations: readonly Operation[] = [parseOperation({ kind: "createTable", name: "a", fields: [text] })];
  expect(nextName([], operations)).toBe("0001_initial");
});

test("a merge is named after its heads, as long as that is readable", () => {
  expect(mergeName(["0002_a", "0002_b"], ["0002_a", "0002_b"])).toBe("0003_merge_0002_a_and_0002_b");
  const long = ["0002_".padEnd(50, "x"), "0002_".padEnd(50, "y")];
  expect(mergeName(long, long)).toBe("0003_merge");
  expect(mergeName(["0002_a", "0002_b"], ["0002_a", "0002_b"], "both sides")).toBe("0003_both_sides");
});
