import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dialects } from "../src/dialects/registry.gen.ts";
import instead from "./conformance/instead.json" with { type: "json" };
import { differences, goldens, readers, readGoldens, writeGoldens } from "./helpers/golden.ts";

// What every database is sent for the examples of every operation stands in golden/NAME.sql, to be read and reviewed.
// GODWIT_TEST_UPDATE=1 writes what it is now into the files.

const update = process.env["GODWIT_TEST_UPDATE"] === "1";
const folder = join(import.meta.dir, "golden");

test("where no database runs them, the file says who reads them", () => {
  expect(Object.keys(readers).toSorted()).toEqual(Object.keys(instead).toSorted());
});

describe.each(dialects.map((dialect) => [dialect.title, dialect] as const))("%s", (title, dialect) => {
  const parent = dialects.find(({ name }) => name === dialect.variantOf?.[0]);
  const file = join(folder, `${dialect.name}.sql`);

  test("is sent what stands in its file", () => {
    const sent = parent ? differences(dialect, parent) : goldens(dialect);
    const now = writeGoldens(title, sent, { parent: parent?.title, reader: readers[dialect.name] });
    if (update) writeFileSync(file, now);
    expect(existsSync(file)).toBe(true);
    const kept = readFileSync(file, "utf8");
    expect(readGoldens(now)).toEqual(readGoldens(kept));
    expect(now).toBe(kept);
  });
});
