import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { actionSpellings } from "../../src/core/schema/actions.ts";
import { databaseName, databaseNames } from "../../src/core/schema/databases.ts";
import { fieldTypes } from "../../src/core/schema/types.ts";
import { dialects } from "../../src/dialects/registry.gen.ts";

const page = readFileSync(join(import.meta.dir, "../../docs/schema.md"), "utf8");

test("docs/schema.md names every type, action and database", () => {
  const words = new Set([...page.matchAll(/`([^`\n]+)`/g)].map((m) => m[1]));
  expect(
    [...fieldTypes, "many_to_many", ...actionSpellings, ...databaseNames].filter((word) => !words.has(word)),
  ).toEqual([]);
});

test("the other spellings of databases that docs/schema.md gives are understood", () => {
  const spellings = [...page.matchAll(/`([a-z0-9]+)` \((?:or )?((?:`[a-z0-9]+`(?:, )?)+)\)/g)];
  expect(spellings.length).toBeGreaterThan(4);
  for (const [, name = "", others = ""] of spellings) {
    for (const [, other = ""] of others.matchAll(/`([^`]+)`/g)) expect(databaseName(other)).toBe(name);
  }
});

test("docs/schema.md names the defaults that every dialect has built in", () => {
  const [, sentence = ""] = /These are built in for every database: ([^.]*)\./.exec(page) ?? [];
  const named = [...sentence.matchAll(/`([a-z_]+)`/g)].map((m) => m[1]).sort();
  for (const dialect of dialects) expect(named).toEqual(Object.keys(dialect.namedDefaults).sort());
});
