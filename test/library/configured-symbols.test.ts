import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configuredSymbols } from "../../src/library/configured-symbols.ts";

const root = mkdtempSync(join(tmpdir(), "godwit-configured-"));
afterAll(() => rmSync(root, { recursive: true }));
const symbols = "symbols:\n  acme/names: lib/names.ts\n";
const found = (yaml: string, directory: string) => {
  writeFileSync(join(root, "godwit.yaml"), yaml);
  return configuredSymbols(join(root, directory));
};

test("what godwit.yaml registers is for the migrations that it names, and for no others", () => {
  const names = { "acme/names": join(root, "lib/names.ts") };
  expect(found(symbols, "migrations")).toEqual(names);
  expect(found(`migrations: db/sql\n${symbols}`, "db/sql")).toEqual(names);
  expect(found(`migrations: db/sql\n${symbols}`, "migrations")).toEqual({});
  const tracks = `tracks:\n  - name: core\n    migrations: core\n  - name: search\n    migrations: db/search\n${symbols}`;
  expect(found(tracks, "db/search")).toEqual(names);
  expect(found(tracks, "db/other")).toEqual({});
});

test("a godwit.yaml that cannot be read stops the program, whatever it would have registered", () => {
  expect(() => found("symbols: 5\n", "migrations")).toThrow(/godwit\.yaml/);
});
