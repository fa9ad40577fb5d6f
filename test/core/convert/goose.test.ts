import { expect, test } from "bun:test";
import { found, readTexts } from "../../helpers/convert.ts";

const up = (sql: string): string => `-- +goose Up\n${sql}\n`;

test("versions are numbers before the first underscore; tests in Go and files without a number are no migrations", () => {
  const { tool, migrations, findings } = readTexts({
    "10_c.sql": up("C;"),
    "00002_b_2.sql": up("B;"),
    "2_b_test.go": "",
    "0_zero.sql": up("Z;"),
    "schema.sql": up("S;"),
  });
  expect(tool.tool).toBe("goose");
  expect(findings).toEqual([]);
  expect(migrations.map(({ name, ids }) => [name, ...ids])).toEqual([
    ["00002_b_2", "2"],
    ["10_c", "10"],
  ]);
});

test("halves begin after their marks, and NO TRANSACTION is for both", () => {
  const text = "-- +goose NO TRANSACTION\n-- +goose Up\nA;\n-- +goose Down\nB;\n";
  const [migration] = readTexts({ "1_a.sql": text }).migrations;
  expect(migration?.up).toEqual({ text: "A;", file: "db/1_a.sql", line: 3, transaction: false });
  expect(migration?.down).toEqual({ text: "B;\n", file: "db/1_a.sql", line: 5, transaction: false });
});

test("the environment is filled in between ENVSUB ON and OFF alone, and not in comments", () => {
  const text = up(
    [
      "$A ${A}",
      "-- +goose ENVSUB ON",
      "-- ${C}",
      "$A ${A} ${B:-b} ${A:-x} ${E:-e} ${E-e}",
      "-- +goose ENVSUB OFF",
      "$A",
    ].join("\n"),
  );
  const { migrations, findings } = readTexts({ "1_a.sql": text }, { A: "one", E: "" });
  expect(findings).toEqual([]);
  expect(migrations[0]?.up?.text).toBe("$A ${A}\n\n-- ${C}\none one b one e \n\n$A\n");
});

test("a name of the environment without a value is lost, with its line", () => {
  const { migrations, findings } = readTexts({ "1_a.sql": up("-- +goose ENVSUB ON\nA;\nSELECT '$X';") });
  expect(found(findings)).toEqual([
    'db/1_a.sql:4 lost: "$X" is filled in from the environment, which a migration does not see',
  ]);
  expect(migrations[0]?.up).toBeUndefined();
});

test("what goose would refuse is lost, with its line, and so is a migration in Go", () => {
  const { migrations, findings } = readTexts({
    "1_a.sql": up("-- +goose StatementBegin\nA;"),
    "2_b.go": "package m\n\nfunc init() {\n  goose.AddMigrationContext(a, b)\n}",
    "3_c.sql": "SELECT 1;",
  });
  expect(found(findings)).toEqual([
    'db/1_a.sql:2 lost: "StatementBegin" has no "StatementEnd" after it',
    "db/2_b.go:4 lost: is a migration in Go, which is a program and has no SQL to keep",
    'db/3_c.sql:1 lost: there is no line "-- +goose Up" in it',
  ]);
  expect(migrations.map(({ ids, up: half }) => [...ids, half])).toEqual([
    ["1", undefined],
    ["2", undefined],
    ["3", undefined],
  ]);
});
