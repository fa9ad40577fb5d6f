import { describe, expect, test } from "bun:test";
import { tableChanges } from "../../../src/core/diff/drift.ts";
import { isAlike } from "../../../src/core/diff/is-alike.ts";
import { emptySchema, type Table } from "../../../src/core/schema/model.ts";

const inspect = (value: unknown) => Bun.inspect(value, { compact: true });

describe("values are alike", () => {
  const alike: readonly (readonly [unknown, unknown])[] = [
    [
      { a: 1, b: [{ c: "x" }] },
      { b: [{ c: "x" }], a: 1 },
    ],
    [[], []],
    [{}, {}],
    [null, null],
    [2n, 2n],
  ];
  for (const [a, b] of alike) test(inspect(a), () => expect(isAlike(a, b)).toBe(true));

  const different: readonly (readonly [unknown, unknown])[] = [
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1, b: undefined }, { a: 1 }],
    [{ a: 1 }, { b: 1 }],
    [{ a: undefined }, { b: undefined }],
    [{}, []],
    [[], {}],
    [[1], [1, 2]],
    [["a"], ["b"]],
    [{ a: 1 }, { a: "1" }],
    [null, {}],
    [{ a: {} }, { a: null }],
  ];
  for (const [a, b] of different)
    test(`${inspect(a)} and ${inspect(b)} are not`, () => expect(isAlike(a, b)).toBe(false));
});

test("a foreign key says something else where the key has changed that it refers to", () => {
  const plain = { indexes: [], foreignKeys: [] };
  const field = (name: string) => ({ name, type: "integer", nullable: false });
  const users = (key: string): Table => ({
    ...plain,
    name: "users",
    fields: [field("a"), field("b")],
    primaryKey: [key],
  });
  const posts: Table = {
    ...plain,
    name: "posts",
    fields: [field("user")],
    foreignKeys: [
      { name: "k", fields: ["user"], references: { table: "users" }, onDelete: "NO ACTION", onUpdate: "NO ACTION" },
    ],
  };
  const [want, have] = (["a", "b"] as const).map((key) => ({ ...emptySchema, tables: [users(key), posts] }));
  if (!want || !have) throw new Error("two schemas");
  const kinds = tableChanges({ want, have, table: posts, found: posts }).map(({ kind }) => kind);
  expect(kinds).toEqual(["missing_foreign_key", "extra_foreign_key"]);
  expect(tableChanges({ want, have: want, table: posts, found: posts })).toEqual([]);
});
