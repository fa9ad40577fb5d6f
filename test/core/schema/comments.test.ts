import { expect, test } from "bun:test";
import { diff } from "../../../src/core/diff/index.ts";
import { apply, type Operation } from "../../../src/core/operations/index.ts";
import type { Schema } from "../../../src/core/schema/model.ts";
import { parseSchema, writeYaml } from "../../../src/runtime/schema-files.ts";

const text = `
tables:
  - name: shops
    primary_key: { comment: the key }
    fields:
      - { name: id, type: integer, primary_key: true }
      - { name: opened, type: integer }
      - { name: head, type: foreign_key, foreign_key: { table: shops, comment: one of them } }
    constraints:
      - { unique: [opened], comment: "" } # as none
      - { check: opened > 0, comment: "after zero" }
views:
  - name: shown
    query: SELECT id FROM shops
    column_comments: { id: Its number, "o'clock": "x" }
objects:
  - { kind: function, name: f(), definition: CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1', comment: one }
`;
const { schema } = parseSchema(text);

test("what describes keys, constraints, columns of views and objects is read as it was written", () => {
  expect(schema.tables[0]?.primaryKeyComment).toBe("the key");
  expect(schema.tables[0]?.constraints?.map(({ comment }) => comment)).toEqual([undefined, "after zero"]);
  expect(schema.views?.[0]?.columnComments).toEqual({ id: "Its number", "o'clock": "x" });
  expect(parseSchema(writeYaml(schema)).schema).toEqual(schema);
});

test("where only that is different, nothing is made anew, and it can be taken back", () => {
  const { primaryKeyComment: _, ...table } = schema.tables[0] as Schema["tables"][number];
  const bare: Schema = {
    ...schema,
    tables: [
      {
        ...table,
        constraints: (table.constraints ?? []).map(
          ({ comment: _, ...constraint }) => constraint as typeof constraint & { check: string },
        ),
        foreignKeys: table.foreignKeys.map(({ comment: _, ...key }) => key),
      },
    ],
  };
  const { operations } = diff(bare, schema);
  expect(operations.map((o) => o.kind === "setComment" && o.constraint)).toEqual([
    "shops_pkey",
    "shops_opened_check",
    "fk_shops_head",
  ]);
  const after = operations.reduce(apply as (s: Schema, o: Operation) => Schema, bare);
  expect(after).toEqual(schema);
  expect(diff(schema, bare).operations.reduce(apply as (s: Schema, o: Operation) => Schema, schema)).toEqual(bare);
});
