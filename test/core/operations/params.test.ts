import { expect, test } from "bun:test";
import { parseOperation } from "../../../src/core/operations/index.ts";

const half = "a\ud800b";

test.each<[string, object]>([
  ["a name", { kind: "dropTable", name: half }],
  ["a default", { kind: "addField", table: "t", field: { name: "v", type: "text", nullable: true, default: half } }],
  ["a row", { kind: "upsertData", table: "t", keys: ["id"], rows: [{ id: 1, v: half }] }],
])("half of a surrogate pair, which UTF-8 would turn into another character, is refused in %s", (_, operation) => {
  expect(() => parseOperation(operation)).toThrow("must not contain half of a surrogate pair");
});
