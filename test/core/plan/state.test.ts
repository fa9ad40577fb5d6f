import { expect, test } from "bun:test";
import type { Operation } from "../../../src/core/operations/index.ts";
import type { Migration } from "../../../src/core/plan/migration.ts";
import { replay, statesOf } from "../../../src/core/plan/state.ts";

const create = (name: string): Operation => ({ kind: "createTable", name, fields: [{ name: "id", type: "serial" }] });

const migration = (name: string, operations: readonly Operation[]): Migration => ({
  name,
  dependencies: [],
  replaces: [],
  transaction: true,
  checksum: "",
  operations,
  file: `${name}.ts`,
});

const operations: readonly Operation[] = [
  ...Array.from({ length: 40 }, (_, i) => create(`t${i}`)),
  { kind: "dropTable", name: "t3" },
  create("t3"),
  { kind: "renameTable", from: "t5", to: "renamed" },
  create("t5"),
  create("last"),
];

test("a replay comes to the same as going from state to state", () => {
  const all = migration("0001_all", operations);
  const last = statesOf(all, replay([])).at(-1);
  expect(replay([all])).toEqual(last as NonNullable<typeof last>);
  expect(replay(operations.map((operation, i) => migration(`${i}`, [operation])))).toEqual(replay([all]));
});

test("what was replayed stays as it is when more is replayed on top of it", () => {
  const first = replay([migration("0001_first", [create("a"), create("b")])]);
  const left = replay([migration("0002_left", [create("c"), create("d")])], first);
  const right = replay([migration("0002_right", [create("c"), create("e"), create("f")])], first);
  const names = ({ tables }: typeof first) => tables.map(({ name }) => name);
  expect([first, left, right].map(names)).toEqual([
    ["a", "b"],
    ["a", "b", "c", "d"],
    ["a", "b", "c", "e", "f"],
  ]);
});

test("what fails half-way leaves what it began from alone", () => {
  const first = replay([migration("0001_first", [create("a")])]);
  const twice = migration("0002_twice", [create("b"), create("b")]);
  expect(() => replay([twice], first)).toThrow(/table "b" exists already/);
  expect(replay([migration("0002_more", [create("b"), create("c")])], first).tables).toHaveLength(3);
  expect(first.tables).toHaveLength(1);
});
