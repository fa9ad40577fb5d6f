import { expect, test } from "bun:test";
import type { Statement, TableImage } from "../../../src/core/ddl/statement.ts";
import { followNewTables } from "../../../src/core/plan/new-tables.ts";
import type { Step } from "../../../src/core/plan/plan.ts";

const step = (...statements: readonly Statement[]): Step => ({
  migration: "0001_a",
  checksum: "",
  transaction: true,
  position: 0,
  foreignKeysOff: false,
  actions: [{ operation: 0, title: "", ignoreErrors: false, statements, commands: [] }],
});

const key = (table: string) =>
  ({ columns: ["x"], table, referencedColumns: ["id"], onDelete: "NO ACTION", onUpdate: "NO ACTION" }) as const;
const image = (name: string, ...referred: readonly string[]): TableImage => ({
  name,
  columns: [],
  indexes: [],
  foreignKeys: referred.map(key),
});
const create = (name: string, ...referred: readonly string[]): Statement => ({
  kind: "createTable",
  table: image(name, ...referred),
});
const index = (table: string): Statement => ({ kind: "createIndex", table, index: { name: "i", fields: ["x"] } });

const x = { name: "x", type: "text", nullable: true };

test("what makes tables and changes them is about new tables", () => {
  const isOnNewTables = followNewTables();
  expect(isOnNewTables(step(create("a"), index("a")))).toBe(true);
  expect(isOnNewTables(step(create("b", "a", "b")))).toBe(true);
  expect(isOnNewTables(step({ kind: "addForeignKey", table: "a", foreignKey: key("b") }))).toBe(true);
  expect(isOnNewTables(step())).toBe(true);
  expect(isOnNewTables(step({ kind: "dropColumn", table: "a", column: x }))).toBe(true);
  expect(isOnNewTables(step({ kind: "rebuildTable", before: image("b"), after: image("b"), copy: {} }))).toBe(true);
  expect(isOnNewTables(step({ kind: "dropForeignKey", table: "a", foreignKey: key("b") }))).toBe(true);
});

test("a table that was there before is not", () => {
  const isOnNewTables = followNewTables();
  expect(isOnNewTables(step(index("old")))).toBe(false);
  expect(isOnNewTables(step(create("a", "old")))).toBe(false);
  expect(isOnNewTables(step({ kind: "addForeignKey", table: "a", foreignKey: key("old") }))).toBe(false);
  expect(isOnNewTables(step({ kind: "dropColumn", table: "old", column: x }))).toBe(false);
  expect(isOnNewTables(step({ kind: "dropForeignKey", table: "a", foreignKey: key("old") }))).toBe(false);
  expect(isOnNewTables(step(index("a")))).toBe(true);
});

test("what may have filled or renamed a table ends that it is new", () => {
  const isOnNewTables = followNewTables();
  expect(isOnNewTables(step(create("a")))).toBe(true);
  expect(isOnNewTables(step({ kind: "sql", text: "INSERT INTO a SELECT 1" }))).toBe(false);
  expect(isOnNewTables(step(index("a")))).toBe(false);
  expect(isOnNewTables(step(create("b"), index("b")))).toBe(true);
});
