import { expect, test } from "bun:test";
import { attributeChanges, attributesOf } from "../../../src/core/schema/composite-types.ts";

const type = (attributes: string): string => `CREATE TYPE "t" AS (${attributes})`;

test("attributes are told apart by the commas between them", () => {
  expect(
    attributesOf(`${type(`a numeric(9, 2), "B b" varchar(3) COLLATE "C"`)}; COMMENT ON COLUMN t.a IS 'x, y'`),
  ).toEqual([
    { name: "a", type: "numeric ( 9 , 2 )" },
    { name: '"B b"', type: 'varchar ( 3 ) collate "C"' },
  ]);
  expect(attributesOf(type(""))).toEqual([]);
  expect(attributesOf("CREATE TYPE t AS RANGE (subtype = int)")).toBeUndefined();
  expect(attributesOf("CREATE TYPE t AS ENUM ('a', 'b')")).toBeUndefined();
});

test("a type changes in place where attributes go, come at its end, or get other types", () => {
  expect(attributeChanges(type("a int, b int, c int"), type("a int, c text, d int"))).toEqual({
    dropped: [{ name: "b", type: "int" }],
    added: [{ name: "d", type: "int" }],
    retyped: [{ name: "c", type: "text" }],
  });
  expect(attributeChanges(type("a int, b int"), type("b int, a int"))).toBeUndefined();
  expect(attributeChanges(type("a int, b int"), type("a int, c int, b int"))).toBeUndefined();
});
