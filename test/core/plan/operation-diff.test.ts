import { expect, test } from "bun:test";
import { type Operation, parseOperation } from "../../../src/core/operations/index.ts";
import { diffOperations } from "../../../src/core/plan/operation-diff.ts";

const id = { name: "id", type: "integer", primaryKey: true };
const table = (name: string): Operation => parseOperation({ kind: "createTable", name, fields: [id] });
const field = (name: string, length: number): Operation =>
  parseOperation({ kind: "addField", table: "users", field: { name, type: "varchar", length } });
const sql = (forward: string): Operation => parseOperation({ kind: "runSQL", forward, backward: "" });

const diff = (from: readonly Operation[], to: readonly Operation[]): readonly string[] =>
  diffOperations({ operations: from, transaction: true }, { operations: to, transaction: true });

test("the same operations differ in nothing", () => {
  expect(diff([table("a"), field("bio", 10)], [table("a"), field("bio", 10)])).toEqual([]);
});

test("what is gone, what is new, and what stays in between", () => {
  expect(diff([table("a"), table("b")], [table("b"), table("c")])).toEqual([
    '- create table "a"',
    '+ create table "c"',
  ]);
});

test("a parameter that changed is named with both values", () => {
  expect(diff([field("bio", 10)], [field("bio", 20)])).toEqual(['~ add field "bio" to "users": field.length: 10 → 20']);
});

test("an operation that only moved is not called gone", () => {
  expect(diff([table("a"), table("b")], [table("b"), table("a")])).toEqual(['~ create table "a": in another place']);
});

test("operations of one title are told apart", () => {
  const lines = diff([sql("SELECT 1"), sql("SELECT 2")], [sql("SELECT 2")]);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toStartWith("- ");
});

test("the transaction counts, as it does in the checksum", () => {
  expect(diffOperations({ operations: [], transaction: true }, { operations: [], transaction: false })).toEqual([
    "~ transaction: true → false",
  ]);
});

test("of functions it is said that their code is another", () => {
  const code = (mark: string): Operation =>
    parseOperation({
      kind: "runCode",
      forward: { function: "forward", code: mark.repeat(64) },
      backward: "",
      title: "notes",
    });
  expect(diff([code("a")], [code("a")])).toEqual([]);
  expect(diff([code("a")], [code("b")])).toEqual(["~ run code: notes: forward: other code"]);
});
