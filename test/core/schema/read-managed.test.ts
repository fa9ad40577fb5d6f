import { describe, expect, test } from "bun:test";
import { combine } from "../../../src/core/schema/combine.ts";
import { parseSchema, writeYaml } from "../../../src/runtime/schema-files.ts";
import { problemsOf } from "../../helpers/schema-text.ts";

const users = "tables: [{ name: users, fields: [{ name: id, type: integer, primary_key: true }] }]\n";

const all = `${users}views:
  - name: ids
    query: |
      SELECT id
      FROM users;
    columns: [number]
    options: { security_barrier: true }
    comment: who
    depends_on: [noted]
  - name: kept
    materialized: true
    query: SELECT id FROM ids
    indexes: [{ name: kept_id, fields: [id], unique: true, with: { fillfactor: 70 } }]
objects:
  - kind: Virtual Table
    name: words
    definition: CREATE VIRTUAL TABLE words USING fts5(title);
  - kind: trigger
    name: noted
    table: users
    definition: CREATE TRIGGER noted AFTER DELETE ON users BEGIN SELECT 1; END
    drop: DROP TRIGGER noted
`;

test("views and objects are read whole", () => {
  const { views, objects } = parseSchema(all).schema;
  expect(views).toEqual([
    {
      name: "ids",
      query: "SELECT id\nFROM users",
      columns: ["number"],
      options: { security_barrier: "true" },
      comment: "who",
      dependsOn: ["noted"],
    },
    {
      name: "kept",
      materialized: true,
      query: "SELECT id FROM ids",
      indexes: [{ name: "kept_id", fields: ["id"], unique: true, with: { fillfactor: "70" } }],
    },
  ]);
  expect(objects?.map(({ kind, table }) => [kind, table])).toEqual([
    ["virtual_table", undefined],
    ["trigger", "users"],
  ]);
});

test("what is written is read as the same", () => {
  const { schema } = parseSchema(all);
  expect(parseSchema(writeYaml(schema)).schema).toEqual(schema);
});

describe("what is wrong is said with its place", () => {
  const wrong: readonly (readonly [string, string, ...string[]])[] = [
    ["a view without a query", "views: [{ name: v }]", `2:9: view "v": "query" is missing`],
    [
      "a misspelt key of a view",
      "views: [{ name: v, query: SELECT 1, materialised: true }]",
      `2:37: view "v": unknown key "materialised"; did you mean "materialized"?`,
    ],
    [
      "an index of a plain view",
      "views: [{ name: v, query: SELECT 1, indexes: [{ name: i, fields: [a] }] }]",
      `2:46: view "v": only a materialized view has indexes`,
    ],
    [
      "a view called like a table",
      "views: [{ name: users, query: SELECT 1 }]",
      `2:17: view "users" and table "users" cannot both exist`,
    ],
    [
      "a view that depends on nothing there",
      "views: [{ name: v, query: SELECT 1, depends_on: [user] }]",
      `2:49: view "v": "user" is no table, view or object of the schema; did you mean "users"?`,
    ],
    [
      "an object without a definition",
      "objects: [{ kind: function, name: f() }]",
      `2:11: function "f()": "definition" is missing`,
    ],
    ["an object of no kind", "objects: [{ name: f(), definition: x }]", `2:11: object "f()": "kind" is missing`],
    [
      "a trigger of no table",
      "objects: [{ kind: trigger, name: t, definition: x }]",
      `2:11: trigger "t": "table" is missing: a trigger is part of a table or a view`,
    ],
    [
      "a trigger of an unknown table",
      "objects: [{ kind: trigger, name: t, table: user, definition: x }]",
      `2:44: trigger "t" of "user": "user" is no table or view of the schema; did you mean "users"?`,
    ],
    [
      "a view twice",
      "views: [{ name: v, query: SELECT 1 }, { name: v, query: SELECT 2 }]",
      `2:47: view "v" is declared twice in this file`,
    ],
  ];
  for (const [what, text, ...problems] of wrong) test(what, () => expect(problemsOf(users + text)).toEqual(problems));
});

test("files that say different things of one view are told apart", () => {
  const read = (query: string, file: string) => ({
    declaration: {
      file,
      includes: [],
      defaults: {},
      typeMappings: {},
      tables: [],
      objects: [],
      namespaces: [],
      enums: [],
      extensions: [],
      domains: [],
      sequences: [],
      hasTables: true,
      views: [{ name: "v", query, at: () => ({ file, line: 1, column: 1 }) }],
    },
    problems: [],
  });
  const one = read("SELECT 1", "one.yaml");
  expect(combine([one, read("select 1", "two.yaml")]).schema.views).toHaveLength(1);
  expect(
    combine([one, read("SELECT 2", "two.yaml")], { includes: (file) => file === "two.yaml" }).schema.views?.[0]?.query,
  ).toBe("SELECT 2");
  expect(() => combine([one, read("SELECT 2", "two.yaml")])).toThrow(
    `two.yaml:1:1: view "v" is another one in one.yaml:1; give one of them another name or make them equal`,
  );
});
