import { expect, test } from "bun:test";
import { found, readTexts } from "../../helpers/convert.ts";

const both = (up: string, down: string): string => `-- migrate:up\n${up}\n\n-- migrate:down\n${down}\n`;

test("files run in the order of their names as texts, and the version is the digits as they are", () => {
  const { tool, migrations } = readTexts({
    "9_b.sql": both("B;", ""),
    "010_a.sql": both("A;", ""),
    "10.sql": both("C;", ""),
  });
  expect(tool.tool).toBe("dbmate");
  expect(migrations.map(({ name, ids }) => [name, ...ids])).toEqual([
    ["010_a", "010"],
    ["10_migration", "10"],
    ["9_b", "9"],
  ]);
});

test("each direction says for itself that it has no transaction", () => {
  const text = "-- migrate:up transaction:false\nA;\n-- migrate:down\nB;\n";
  const [migration] = readTexts({ "1_a.sql": text }).migrations;
  expect([migration?.up?.transaction, migration?.down?.transaction]).toEqual([false, true]);
});

test("what dbmate would refuse is lost, with its line", () => {
  const { findings } = readTexts({
    "1_a.sql": both("A;", "B;"),
    "2_b.sql": `SELECT 1;\n${both("A;", "B;")}`,
    "3_c.sql": "-- migrate:up foo:bar\nA;\n",
  });
  expect(found(findings)).toEqual([
    'db/2_b.sql:1 lost: only comments may stand before "-- migrate:up"',
    'db/3_c.sql:1 lost: "foo:bar" is no option of "-- migrate:up"; it takes transaction:false',
  ]);
});
