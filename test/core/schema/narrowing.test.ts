import { expect, test } from "bun:test";
import { narrows } from "../../../src/core/schema/narrowing.ts";
import type { TypeParameters } from "../../../src/core/schema/types.ts";

const varchar = (length?: number): TypeParameters => ({ type: "varchar", ...(length && { length }) });
const decimal = (precision?: number, scale?: number): TypeParameters => ({
  type: "decimal",
  ...(precision && { precision }),
  ...(scale && { scale }),
});

test.each<[TypeParameters, TypeParameters]>([
  [varchar(10), varchar(20)],
  [
    { type: "timestamp", precision: 3 },
    { type: "timestamp", precision: 6 },
  ],
  [varchar(10), varchar()],
  [varchar(10), { type: "text" }],
  [{ type: "char", length: 4 }, varchar(4)],
  [{ type: "smallint" }, { type: "integer" }],
  [{ type: "integer" }, { type: "bigint" }],
  [{ type: "serial" }, { type: "bigint" }],
  [{ type: "integer" }, { type: "serial" }],
  [{ type: "integer" }, decimal(12, 2)],
  [{ type: "float" }, { type: "double" }],
  [{ type: "float" }, decimal()],
  [decimal(10, 2), decimal(12, 4)],
  [decimal(10, 2), decimal()],
  [{ type: "citext" }, { type: "citext" }],
])("%j fits into %j", (from, to) => {
  expect(narrows(from, to)).toBe(false);
});

test.each<[TypeParameters, TypeParameters]>([
  [{ type: "timestamp" }, { type: "timestamp", precision: 3 }],
  [varchar(20), varchar(10)],
  [varchar(), varchar(10)],
  [{ type: "text" }, varchar(1000)],
  [varchar(4), { type: "char", length: 4 }],
  [{ type: "bigint" }, { type: "integer" }],
  [{ type: "bigserial" }, { type: "integer" }],
  [{ type: "integer" }, varchar(20)],
  [{ type: "integer" }, decimal(9)],
  [{ type: "integer" }, { type: "float" }],
  [{ type: "double" }, { type: "float" }],
  [{ type: "float" }, decimal(10, 2)],
  [decimal(10, 2), decimal(10, 4)],
  [decimal(10, 4), decimal(12, 2)],
  [decimal(), decimal(30, 10)],
  [{ type: "timestamp" }, { type: "date" }],
  [{ type: "citext" }, { type: "text" }],
  [{ type: "constructor" }, { type: "text" }],
])("%j does not fit into %j", (from, to) => {
  expect(narrows(from, to)).toBe(true);
});
