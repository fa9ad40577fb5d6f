import { expect, test } from "bun:test";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { generateData, generateSeeds } from "../../src/runtime/tasks/generate-data.ts";
import { seed } from "../../src/runtime/tasks/seed.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject } from "../helpers/migration-project.ts";

const types =
  "CREATE TYPE mood AS ENUM ('a''b', 'x,\"y'); CREATE TYPE pair AS (a int, b text); CREATE DOMAIN above AS numeric CHECK (VALUE > 0)";
const columns = ["text", "timestamp", "timestamptz", "date", "double", "numeric", "interval", "integer[]", "text[]"];
const further = ["jsonb", "pair", "above", "mood"];
const table = `runSQL({ forward: ${JSON.stringify(types)}, backward: "" }), createTable({ name: "odd", fields: [
  { name: "id", type: "bigint", primaryKey: true, identity: { always: true } },
  ${[...columns, ...further].map((type, i) => `{ name: "c${i}", type: "${type}", nullable: true }`).join(", ")},
  { name: "long", type: "integer", nullable: true, generated: { as: "length(c0)", stored: true } } ] })`;

const rows = [
  "1, E'q''\"\\\\ \\n\\r\\t $" +
    "{x} `b` 😀 --;', '0001-01-01', '0001-01-01 00:00:00+00', '0044-03-15 BC', 'NaN', 'Infinity', '-1 year 2 mons -3 days', '{{1,2},{3,NULL}}', '{}', '{\"a\": 12345678901234567890.1234567890}', '(1,\"a,b\")', 1.50, 'a''b'",
  "9223372036854775807, '', 'infinity', '-infinity', 'infinity', '-Infinity', 'NaN', '00:00:00.000001', '[0:1]={1,2}', '{\"NULL\",NULL,\"\",\"a\\\"b\"}', '\"x\"', '(,)', NULL, 'x,\"y'",
  "-9223372036854775808, ' lead', '4713-01-01 00:00:00 BC', '294276-12-31 23:59:59.999999+00', '5874897-12-31', '-0', 1e-50, '178000000 years', NULL, '{\"\\\\\",\\n}', '1e40', NULL, NULL, NULL",
];

test("the oddest values of PostgreSQL come back from files of rows, into identities that are ALWAYS", async () => {
  const [project, other] = [await createProject("postgresql"), await createProject("postgresql")];
  for (const each of [project, other]) {
    each.write("0001_odd", table);
    await up(each);
  }
  await project.withDatabase(async ({ driver }) => {
    for (const row of rows)
      await driver.execute(
        `INSERT INTO odd (id, ${[...columns, ...further].map((_, i) => `c${i}`).join(", ")}) OVERRIDING SYSTEM VALUE VALUES (${row})`,
      );
  });
  const all = "SELECT odd::text AS row FROM odd ORDER BY id";
  const expected = await project.query(all);
  expect(expected).toHaveLength(3);
  for (const format of ["csv", "json"] as const) {
    for (const { root } of [project, other]) await rm(join(root, "seeds"), { recursive: true, force: true });
    await generateSeeds(project, { tables: ["odd"], format });
    await cp(join(project.root, "seeds"), join(other.root, "seeds"), { recursive: true });
    await other.withDatabase(({ driver }) => driver.execute("DELETE FROM odd"));
    for (const _ of ["into nothing", "where they are"]) {
      await seed(other);
      expect(await other.query(all)).toEqual(expected);
    }
  }
  await project.dispose();
  await other.dispose();
});

test("rows of a table that inherits from another are its own", async () => {
  const project = await createProject("postgresql");
  await project.withDatabase(async ({ driver }) => {
    await driver.execute("CREATE TABLE base (id int PRIMARY KEY); INSERT INTO base VALUES (1)");
    await driver.execute("CREATE TABLE kid (PRIMARY KEY (id)) INHERITS (base); INSERT INTO kid VALUES (2)");
    await driver.execute("CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id)");
    await driver.execute(
      "CREATE TABLE part PARTITION OF parts FOR VALUES FROM (0) TO (9); INSERT INTO parts VALUES (3)",
    );
  });
  const { source } = await generateData(project, { tables: ["base", "kid", "parts"], dryRun: true });
  expect([...(source ?? "").matchAll(/table: "(\w+)".*?\[\{ id: (\d) \}\]/g)].map((m) => m.slice(1))).toEqual([
    ["base", "1"],
    ["kid", "2"],
    ["parts", "3"],
  ]);
  await project.dispose();
});
