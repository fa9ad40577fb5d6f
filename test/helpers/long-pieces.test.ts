import { expect, test } from "bun:test";
import { join } from "node:path";
import { longPieces } from "./long-pieces.ts";

const root = join(import.meta.dir, "../..");

test("a file that does more in the long run is a piece; beside one that is no test, all tests of its folder are", () => {
  const files = [
    "test/run.ts",
    "test/cases.test.ts",
    "test/crash/cut.test.ts",
    "test/properties/part.ts",
    "test/properties/sqlite-1.test.ts",
    "test/properties/mariadb.test.ts",
  ];
  expect(longPieces(root, files)).toEqual([
    { name: "cut", files: ["test/crash/cut.test.ts"] },
    { name: "properties", files: ["test/properties/mariadb.test.ts", "test/properties/sqlite-1.test.ts"] },
  ]);
});
