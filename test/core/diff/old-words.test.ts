import { expect, test } from "bun:test";
import { diff } from "../../../src/core/diff/index.ts";
import { inOldWords } from "../../../src/core/diff/old-words.ts";
import { titleOf } from "../../../src/core/operations/index.ts";
import dialect from "../../../src/dialects/postgres/dialect.ts";
import sqlite from "../../../src/dialects/sqlite/dialect.ts";
import { parseSchema } from "../../../src/runtime/schema-files.ts";

const schemaOf = (check: string, { type = "integer", where = "n > 1", as = "n + 1" } = {}) =>
  parseSchema(
    `tables:
  - name: t
    fields:
      - { name: id, type: integer, primary_key: true }
      - { name: n, type: ${type} }
      - { name: g, type: bigint, generated: { as: ${JSON.stringify(as)}, stored: true } }
    constraints:
      - { name: c, check: ${JSON.stringify(check)} }
    indexes:
      - { name: i, fields: [n], where: ${JSON.stringify(where)} }
`,
    "schema.yaml",
  ).schema;

const titles = (from: ReturnType<typeof schemaOf>, to: ReturnType<typeof schemaOf>, of = dialect): readonly string[] =>
  diff(from, inOldWords(from, to, of)).operations.map(titleOf);

test("other words for the same are no change", () => {
  const from = schemaOf("n IN (1, 2) AND n BETWEEN 1 AND 5");
  const to = schemaOf("((n = ANY (ARRAY[1, 2])) AND (n >= 1) AND (n <= 5))", {
    where: "(n > '1'::int)",
    as: "(n) + 1",
  });
  expect(titles(from, to)).toEqual([]);
});

test("but they are where something else is said, or to a database that does not read them", () => {
  expect(titles(schemaOf("n IN (1, 2)"), schemaOf("n = ANY (ARRAY[1, 3])"))).toHaveLength(2);
  expect(titles(schemaOf("n BETWEEN 1 AND 5"), schemaOf("n >= 1 AND n <= 5"), sqlite)).toHaveLength(2);
});

test("a field with another type keeps nothing", () => {
  const to = schemaOf("n = ANY (ARRAY[1, 2])", { type: "bigint" });
  expect(inOldWords(schemaOf("n IN (1, 2)"), to, dialect)).toEqual(to);
});
