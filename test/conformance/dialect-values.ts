import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { ToolError } from "../../src/core/errors.ts";
import type { Operation } from "../../src/core/operations/index.ts";
import type { DefaultValue } from "../../src/core/schema/model.ts";
import { fieldTypes } from "../../src/core/schema/types.ts";
import type { DialectSuite, Scratch } from "./dialect.ts";
import { oddNames } from "./dialect-names.ts";
import { contents, storyOf } from "./story.ts";

const oddTexts = [
  ...oddNames,
  "",
  "''",
  "it''s",
  "\\",
  "\t",
  "0123",
  "NULL",
  "null",
  "CURRENT_TIMESTAMP",
  "'quoted'",
  "f(x)",
  "a::b",
];

/** A default for each type, in the ways that authors write them. */
const defaults: Readonly<Record<string, readonly DefaultValue[]>> = {
  varchar: ["draft", "blank", { value: "now" }],
  char: ["x"],
  text: ["o'brien", "blank", { value: "CURRENT_DATE" }, { value: "null" }],
  smallint: [-1, "zero"],
  integer: [0, -7, "42"],
  bigint: ["9007199254740993", 1],
  float: [0.5],
  double: [-0.1, "1e3"],
  decimal: ["0.10", 12, "-1.50"],
  boolean: [true, false, "true", "false"],
  date: ["today", "2024-02-29"],
  time: ["10:30", "current_time"],
  timestamp: ["now", "2024-02-29", "2024-02-29 12:34:56.789", "CURRENT_TIMESTAMP"],
  timestamptz: ["now", { sql: "CURRENT_TIMESTAMP" }],
  uuid: ["new_uuid", "3F2504E0-4F89-41D3-9A0C-0305E82C3301"],
  json: ["object", '{"b":1,"a":[1,2]}'],
  jsonb: ["array", "object"],
  "text[]": ["{a,b}", "{}"],
};

export function valueSuite({ dialect, open, adapt = (example) => example, lacks = {} }: DialectSuite): void {
  let scratch: Scratch;
  beforeEach(async () => {
    scratch = await open();
  });
  afterEach(() => scratch.close());

  const table = (fields: readonly object[]) =>
    adapt({
      kind: "createTable",
      name: "t",
      fields: [{ name: "id", type: "integer", primaryKey: true }, ...fields],
    });
  const parameters = (type: string) =>
    type === "varchar"
      ? { length: 40 }
      : type === "char"
        ? { length: 4 }
        : type === "decimal"
          ? { precision: 12, scale: 2 }
          : {};
  const concrete = fieldTypes.filter((type) => type !== "foreign_key");

  describe("types", () => {
    test("every type is created and read back as what it was declared", async () => {
      const story = storyOf(scratch.database);
      const plain = concrete.filter((type) => !type.endsWith("serial"));
      await story.up("1", [
        table(plain.map((type, i) => ({ name: `f${i}`, type, ...parameters(type), nullable: i % 2 === 0 }))),
      ]);
      await story.agrees();
    });

    const serials = concrete.filter((t) => t.endsWith("serial"));
    test.skipIf(lacks.numbering !== undefined).each(serials)("a %s key numbers its rows", async (type) => {
      const { database } = scratch;
      const story = storyOf(database);
      await story.up("1", [
        {
          kind: "createTable",
          name: "t",
          fields: [
            { name: "id", type, primaryKey: true },
            { name: "body", type: "text" },
          ],
        },
      ]);
      await story.agrees();
      for (const body of ["'a'", "'b'"]) await database.driver.execute(`INSERT INTO t (body) VALUES (${body})`);
      expect((await contents(database, story.state()))["t"]).toEqual([
        { id: 1, body: "a" },
        { id: 2, body: "b" },
      ]);
    });

    const cases = Object.entries(defaults).flatMap(([type, list]) => list.map((value) => [type, value] as const));
    test.each(cases)(
      "%s with the default %j is created, used and read back; also as a column added later",
      async (type, value) => {
        const { database } = scratch;
        const story = storyOf(database);
        const field = { name: "f", type, ...parameters(type), default: value };
        await story.up("1", [table([field])]);
        await story.agrees();
        await database.driver.execute("INSERT INTO t (id) VALUES (1)");
        const [row] = (await contents(database, story.state()))["t"] ?? [];
        expect(row?.["f"]).not.toBeNull();
        await story.up("2", [adapt({ kind: "addField", table: "t", field: { ...field, name: "g" } })]);
        await story.agrees();
        const [later] = (await contents(database, story.state()))["t"] ?? [];
        const moving =
          typeof value === "string" && ["new_uuid", "now", "current_time", "CURRENT_TIMESTAMP"].includes(value);
        if (!moving && typeof value !== "object") expect(later?.["g"]).toEqual(later?.["f"]);
      },
    );
  });

  describe("texts", () => {
    test.each(oddTexts)("the default %j is stored as it is", async (value) => {
      const { database } = scratch;
      const story = storyOf(database);
      // Only what a field is made of is adapted to the database, not the text that it is to hold.
      const made = table([{ name: "f", type: "text" }]) as { readonly fields: readonly { readonly name: string }[] };
      const fields = made.fields.map((field) => (field.name === "f" ? { ...field, default: { value } } : field));
      await story.up("1", [{ ...made, fields } as unknown as Operation]);
      await story.agrees();
      await database.driver.execute("INSERT INTO t (id) VALUES (1)");
      expect((await contents(database, story.state()))["t"]).toEqual([{ id: 1, f: value }]);
      await story.up("2", [
        { kind: "alterField", table: "t", field: { name: "f", type: "text", default: { value: `${value}'"` } } },
      ]);
      await story.agrees();
      await story.down();
      await story.agrees();
    });

    test("a literal is the value it was made from", async () => {
      const values = [...oddTexts, 0, -1, 0.1, 1e21, 9007199254740993n, -9007199254740993n, null];
      for (const value of values) {
        const sql = dialect.literal(value);
        const [row] = await scratch.database.driver.query(`SELECT ${sql} AS v`);
        expect(typeof value === "string" || value === null ? row?.["v"] : Number(row?.["v"])).toEqual(
          typeof value === "bigint" ? Number(value) : value,
        );
      }
      const bytes = new Uint8Array([0, 39, 92, 255]);
      const [row] = await scratch.database.driver.query(`SELECT ${dialect.literal(bytes)} AS v`);
      expect(row?.["v"]).toEqual(bytes);
    });
  });

  describe("predicates", () => {
    const predicates = [
      "status = 'a'",
      "status IN ('a', 'b') AND n > 0",
      "n IS NOT NULL",
      "NOT done",
      "n BETWEEN 1 AND 10 OR status LIKE 'x%'",
      "status <> 'it''s' AND (n > 1 OR n < -1)",
      "lower(\"status\") = 'a'",
    ];
    test.each(predicates)("the index WHERE %s is read back as it was declared", async (where) => {
      const story = storyOf(scratch.database);
      const fields = [
        { name: "status", type: "varchar", length: 10 },
        { name: "n", type: "integer", nullable: true },
        { name: "done", type: "boolean" },
      ];
      await story
        .up("1", [table(fields), { kind: "addIndex", table: "t", index: { name: "i", fields: ["n"], where } }])
        .catch(unlessUnsupported);
      await story.agrees();
    });
  });
}

/** A dialect without partial indexes says so before anything is done. */
function unlessUnsupported(error: unknown): void {
  if (!(error instanceof ToolError) || error.code !== "unsupported") throw error;
}
