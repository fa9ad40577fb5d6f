import { expect, test } from "bun:test";
import { type GivenRow, upsertsOfFile } from "../../../src/core/data/given-rows.ts";
import { type GivenValue, givenValue } from "../../../src/core/data/given-value.ts";
import { schemaOf } from "../../../src/core/operations/example-schema.ts";
import postgresql from "../../../src/dialects/postgres/dialect.ts";

const schema = schemaOf(
  {
    name: "people",
    fields: [
      { name: "id", type: "serial", primaryKey: true },
      { name: "email", type: "varchar", length: 100 },
      { name: "boss", type: "foreign_key", nullable: true, foreignKey: { table: "people" } },
    ],
    indexes: [{ name: "people_email", fields: ["email"], unique: true }],
  },
  { name: "words", fields: [{ name: "word", type: "text" }] },
);

const rowsOf = (...list: readonly GivenRow["values"][]): readonly GivenRow[] =>
  list.map((values, i) => ({ place: `line ${i + 2}`, values }));

const upsert = (stem: string, ...list: readonly GivenRow["values"][]) =>
  upsertsOfFile({ file: `seeds/${stem}.csv`, stem, rows: rowsOf(...list) }, schema, postgresql)[0];

test("rows are known by the key that the file has the columns of, and come after those that they name", () => {
  expect(upsert("1_people", { id: "2", email: "b", boss: "10" }, { id: "10", email: "a", boss: null })).toEqual({
    kind: "upsertData",
    table: "people",
    keys: ["id"],
    rows: [
      { id: 10n, email: "a", boss: null },
      { id: 2n, email: "b", boss: 10n },
    ],
  });
  expect(upsert("people", { email: "a" })).toMatchObject({ keys: ["email"], rows: [{ email: "a" }] });
});

test("rows that refer to each other go in with NULL first", () => {
  const rows = rowsOf({ id: "1", boss: "2" }, { id: "2", boss: "1" }, { id: "3", boss: "3" });
  const operations = upsertsOfFile({ file: "seeds/people.csv", stem: "people", rows }, schema, postgresql);
  expect(operations).toMatchObject([
    {
      rows: [
        { id: 2n, boss: null },
        { id: 1n, boss: 2n },
        { id: 3n, boss: 3n },
      ],
    },
    { rows: [{ id: 2n, boss: 1n }], completes: ["boss"] },
  ]);
  const closed = schemaOf({
    name: "links",
    fields: [
      { name: "id", type: "integer", primaryKey: true },
      { name: "next", type: "foreign_key", foreignKey: { table: "links" } },
    ],
  });
  const links = rowsOf({ id: "1", next: "2" }, { id: "2", next: "1" });
  expect(() => upsertsOfFile({ file: "seeds/links.csv", stem: "links", rows: links }, closed, postgresql)).toThrow(
    'seeds/links.csv: rows of table "links" refer to each other in a circle by "next"',
  );
});

test("what does not fit the tables is refused with its place", () => {
  const message = (stem: string, ...list: readonly GivenRow["values"][]) => expect(() => upsert(stem, ...list));
  message("peopel").toThrow('seeds/peopel.csv: there is no table "peopel"; did you mean "people"?');
  message("people", { mail: "a" }).toThrow('seeds/people.csv, line 2: table "people" has no "mail"');
  message("people", { id: "1" }, { id: "x" }).toThrow('seeds/people.csv, line 3, "id": "x" is not a whole number');
  message("people", { boss: "1" }).toThrow('is known by "id", which some rows do not have');
  message("words", { word: "a" }).toThrow("has neither a primary key nor a unique index");
  message("people", { id: "1" }, { id: "01" }).toThrow('line 2 and line 3 are equal in "id"');
});

const given = (value: GivenValue, type: string) => givenValue(value, type, postgresql);

test("values are read by the type of their field", () => {
  expect(given("9007199254740993", "bigint")).toBe(9007199254740993n);
  expect(given("+7", "serial")).toBe(7n);
  expect(given("1.10", "decimal")).toBe("1.10");
  expect(given("1e-3", "double")).toBe(0.001);
  expect(given("NaN", "double")).toBe("NaN");
  expect([given("T", "boolean"), given("0", "boolean")]).toEqual([true, false]);
  expect(given("\\x00fF", "bytes")).toEqual(Uint8Array.from([0, 255]));
  expect(given("2024-02-29", "date")).toBe("2024-02-29");
  expect(given({ a: [1] }, "jsonb")).toBe('{"a":[1]}');
  expect(given('{"a": 1.0}', "jsonb")).toBe('{"a": 1.0}');
  expect(() => given("yes", "boolean")).toThrow("neither true nor false");
  expect(() => given("00ff", "bytes")).toThrow("as \\x00ff");
  expect(() => given([1], "text[]")).toThrow("an object or a list");
});
