import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { ToolError } from "../../src/core/errors.ts";
import type { DialectSuite, Scratch } from "./dialect.ts";
import { contents, plant, storyOf } from "./story.ts";

export const oddNames = [
  "o'brien",
  'a"b',
  "select",
  "😀",
  "x; drop table y",
  "Mixed Case",
  "MIXED",
  "dot.ted",
  "back\\slash",
  "$godwit$",
  "%s%I",
  "line\nbreak",
  "--",
  "`tick`",
  "[bracket]",
  "ünïcödé",
  "constructor",
];

/** Names that need quoting, in every place where a name can stand. */
export function nameSuite({ dialect, open, adapt = (example) => example }: DialectSuite): void {
  let scratch: Scratch;
  beforeEach(async () => {
    scratch = await open();
  });
  afterEach(() => scratch.close());

  const isRefused = (name: string): boolean => {
    try {
      return dialect.quote(name) === "";
    } catch {
      return true;
    }
  };

  describe("odd names", () => {
    test.each(oddNames)("%j names a table, fields, indexes and keys from creation to removal", async (name) => {
      const { database } = scratch;
      const story = storyOf(database);
      if (isRefused(name)) {
        await expect(story.up("0", lifeOf(name, name).slice(0, 1))).rejects.toThrow(ToolError);
        return story.agrees();
      }
      const child = `${name} 2`;
      const life = adapt(lifeOf(name, child));
      for (const [i, operation] of life.entries()) {
        await story.up(`${i}`, [operation]);
        await story.agrees();
        if (i === 1)
          await plant(database, story.state(), { [name]: [{ [name]: 1, other: 5 }], [child]: [{ id: 1, [name]: 1 }] });
        if (i > 1 && story.state().tables.length === 2)
          expect(Object.values(await contents(database, story.state())).map((rows) => rows.length)).toEqual([1, 1]);
      }
      for (const _ of life) {
        await story.down();
        await story.agrees();
      }
    });

    test("a name that is too long, empty or holds NUL is refused", () => {
      const tooLong = "x".repeat(dialect.capabilities.maxIdentifierBytes + 1);
      const limited = dialect.capabilities.maxIdentifierBytes < 10_000;
      for (const name of ["nul\0", ...(limited ? [tooLong] : [])]) expect(() => dialect.quote(name)).toThrow(ToolError);
      if (limited) expect(dialect.quote("x".repeat(dialect.capabilities.maxIdentifierBytes))).toContain("xxx");
    });
  });
}

/** One of each kind of operation, on a parent and a child that both carry the name. */
const lifeOf = (name: string, child: string): readonly object[] => [
  {
    kind: "createTable",
    name,
    fields: [
      { name, type: "integer", primaryKey: true },
      { name: "other", type: "integer", nullable: true },
    ],
    indexes: [{ name: `i ${name}`, fields: ["other"] }],
  },
  {
    kind: "createTable",
    name: child,
    fields: [
      { name: "id", type: "integer", primaryKey: true },
      { name, type: "foreign_key", foreignKey: { table: name, name: `f ${name}`, onDelete: "CASCADE" } },
    ],
  },
  {
    kind: "addField",
    table: child,
    field: { name: `new ${name}`, type: "varchar", length: 20, default: name.slice(0, 20) },
  },
  { kind: "addIndex", table: child, index: { name: `u ${name}`, fields: [`new ${name}`, name], unique: true } },
  { kind: "alterField", table: child, field: { name: `new ${name}`, type: "varchar", length: 30, nullable: true } },
  {
    kind: "addField",
    table: child,
    field: { name: `at ${name}`, type: "timestamp", nullable: true, autoUpdate: true },
  },
  { kind: "renameField", table: child, from: `at ${name}`, to: `on ${name}` },
  { kind: "renameField", table: name, from: name, to: `key ${name}` },
  { kind: "renameTable", from: name, to: `t ${name}` },
  { kind: "alterField", table: `t ${name}`, field: { name: `key ${name}`, type: "bigint" } },
  { kind: "alterField", table: `t ${name}`, field: { name: `key ${name}`, type: "bigserial" } },
  { kind: "alterField", table: `t ${name}`, field: { name: `key ${name}`, type: "bigint" } },
  { kind: "dropIndex", table: child, name: `u ${name}` },
  { kind: "dropForeignKey", table: child, name: `f ${name}` },
  { kind: "alterPrimaryKey", table: `t ${name}`, fields: [] },
  { kind: "dropField", table: child, name: `on ${name}` },
  { kind: "dropTable", name: child },
  { kind: "dropTable", name: `t ${name}` },
];
