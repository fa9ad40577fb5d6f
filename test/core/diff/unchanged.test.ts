import { describe, expect, test } from "bun:test";
import { draftFrom } from "../../../src/core/diff/draft.ts";
import { diff } from "../../../src/core/diff/index.ts";
import { changing, sharing } from "../../../src/core/diff/unchanged.ts";
import { titleOf } from "../../../src/core/operations/index.ts";
import { parseSchema } from "../../../src/runtime/schema-files.ts";

const team = (id: string, rest = ""): string => `
  - name: teams
    fields:
      - { name: id, ${id} }
      - { name: code, type: integer, nullable: false }
    ${rest}`;
const people = (type: string, to = "{ table: teams }"): string => `
  - name: people
    fields:
      - { name: id, type: integer, primary_key: true }
      - { name: team, type: ${type} }
    foreign_keys:
      - { name: of_team, fields: [team], references: ${to} }`;

const schema = (...tables: readonly string[]) => parseSchema(`tables:${tables.join("")}`).schema;
const titles = (from: readonly string[], to: readonly string[]) =>
  diff(schema(...from), schema(...to)).operations.map(titleOf);

test("what is the same in both schemas becomes the same object, and nothing else", () => {
  const from = schema(team("type: integer, primary_key: true"), people("integer"));
  const to = sharing(from, schema(team("type: bigint, primary_key: true"), people("integer")));
  expect(to.tables.map((table) => from.tables.includes(table))).toEqual([false, true]);
  expect(to.defaults).toBe(from.defaults);
});

test("a table that changes on the way is looked at again", () => {
  const from = schema(team("type: integer, primary_key: true"), people("integer"));
  const to = sharing(from, schema(team("type: integer, primary_key: true"), people("integer")));
  const draft = draftFrom(from);
  const seen = changing(draft, to)[Symbol.iterator]();
  draft.add({ kind: "setComment", table: "people", comment: "who" });
  expect(seen.next().value?.name).toBe("people");
  expect(seen.next().done).toBe(true);
});

describe("a table that stays what it was", () => {
  test("takes back the type that a key it refers to passes on to it", () => {
    const [integer, bigint] = ["integer", "bigint"].map((type) => team(`type: ${type}, primary_key: true`));
    expect(titles([integer ?? "", people("integer")], [bigint ?? "", people("integer")])).toEqual([
      'alter field "id" of "teams"',
      'alter field "team" of "people"',
    ]);
  });

  test("loses its foreign key while the key that it refers to is another one", () => {
    const from = team("type: integer, nullable: false", "primary_key: [id]");
    const to = team("type: integer, nullable: false", "primary_key: [code]");
    expect(titles([from, people("integer")], [to, people("integer")])).toEqual([
      expect.stringContaining("drop foreign key"),
      expect.stringContaining("primary key"),
      expect.stringContaining("add foreign key"),
    ]);
  });

  test("loses its foreign key while the index that it hangs on is made anew", () => {
    const indexed = (more: string) =>
      team("type: integer, nullable: false", `indexes: [{ name: by_code, fields: [code], unique: true${more} }]`);
    const referring = people("integer", "{ table: teams, fields: [code] }");
    expect(titles([indexed(""), referring], [indexed(", method: btree"), referring])).toEqual([
      expect.stringContaining("drop foreign key"),
      expect.stringContaining("drop index"),
      expect.stringContaining("add index"),
      expect.stringContaining("add foreign key"),
    ]);
  });
});
