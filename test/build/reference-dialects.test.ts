import { expect, test } from "bun:test";
import { join } from "node:path";
import { databaseTable } from "../../src/build/reference-databases.ts";
import { allDialects, dialectParts } from "../../src/build/reference-dialects.ts";

// Pages about databases would tell what their dialects no longer do, or leave something out.

const root = join(import.meta.dir, "../..");
const dialects = await allDialects(root);
const parts = new Map(dialectParts(dialects).map(({ name, text }) => [name, text]));
const part = (name: string): string => parts.get(name) ?? "";

test("a type is shown with its parameters as letters, as it numbers rows, and as what it is imported", () => {
  expect(part("types of postgresql")).toContain("| `decimal`, `precision` p, `scale` s | `DECIMAL(p,s)` |  |");
  expect(part("types of mysql")).toContain("| `bigserial` | `BIGINT NOT NULL AUTO_INCREMENT` |  |");
  expect(part("types of mysql")).toContain("| `text[]` | `TEXT` | `text` |");
  expect(part("types of clickhouse")).toContain("| `serial` | none: it numbers no rows;");
  expect(part("types of sqlite")).toContain("`TEXT`, with the check `\"x\" IN ('calm', 'wild')`");
});

test("what is never carried out is told apart from what depends on its parameters", () => {
  expect(part("abilities of clickhouse")).toContain(
    "| some `addField`, `addForeignKey`, some `alterField`, `dropForeignKey` |",
  );
  expect(part("abilities of mysql")).toMatch(/\| some `addIndex`, some `alterField`, .*no partial indexes/);
  expect(part("abilities of mysql")).not.toMatch(/(?<!some )`createObject`/);
});

test("a variant that differs in nothing does not repeat its parent", () => {
  expect(part("types of turso")).toBe("The same as those of SQLite.");
  expect(part("abilities of turso")).toContain("is a row with an end by the clock of the server");
});

test("the table of databases has all, first those that tests run on, each with the operations that it has", () => {
  const rows = databaseTable(root, dialects, ({ name }) => `${name}.md`)
    .split("\n")
    .slice(2);
  expect(rows).toHaveLength(dialects.length);
  expect(rows[0]).toMatch(/^\| \[PostgreSQL\]\(postgresql\.md\) \| a server \d+(?:\.\d+)? \| \d+ of \d+ \|$/);
  const at = (title: string): number => rows.findIndex((row) => row.includes(`[${title}]`));
  expect(at("TiDB")).toBeGreaterThan(at("ClickHouse"));
  const has = (title: string) =>
    /(\d+) of (\d+)/
      .exec(rows.find((row) => row.includes(`[${title}]`)) ?? "")
      ?.slice(1)
      .map(Number) ?? [];
  const [[some = 0, all = 0], [few = 0]] = [has("PostgreSQL"), has("ClickHouse")];
  expect(some).toBe(all);
  expect(few).toBeGreaterThan(10);
  expect(few).toBeLessThan(all);
});
