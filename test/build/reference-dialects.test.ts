import { expect, test } from "bun:test";
import { join } from "node:path";
import { dialectParts } from "../../src/build/reference-dialects.ts";

// Pages about databases would tell what their dialects no longer do, or leave something out.

const parts = new Map((await dialectParts(join(import.meta.dir, "../.."))).map(({ name, text }) => [name, text]));
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
