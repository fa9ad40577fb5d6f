import { expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findSeeds, type SeedChoice } from "../../src/runtime/seeds.ts";

function withFiles<T>(files: readonly string[], work: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), "godwit-seeds-"));
  try {
    for (const file of files) {
      mkdirSync(dirname(join(directory, file)), { recursive: true });
      writeFileSync(join(directory, file), "");
    }
    return work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const names = (files: readonly string[], choice: SeedChoice = {}): readonly string[] =>
  withFiles(files, (directory) => findSeeds(directory, choice).map(({ name }) => name));

test("seeds run by number, then by name, those of an environment last and only where it is named", () => {
  const files = ["10_b.ts", "9_a.sql", "z.ts", "a.sql", "dev/1_x.ts", "prod/y.sql"];
  expect(names(files)).toEqual(["a", "z", "9_a", "10_b"]);
  expect(names(files, { environment: "dev" })).toEqual(["a", "z", "9_a", "10_b", "dev/1_x"]);
  expect(names(files, { environment: "dev", only: ["dev/1_x", "a"] })).toEqual(["a", "dev/1_x"]);
});

test("files beside seeds are passed over, and others are not", () => {
  expect(names([".hidden.ts", ".git/x.ts", "README.md", "tsconfig.json", "godwit.d.ts", "a.ts"])).toEqual(["a"]);
  expect(names([])).toEqual([]);
  expect(() => names(["a.yml"])).toThrow("seeds/a.yml is no seed");
  expect(() => names(["dev/deep/a.ts"], { environment: "dev" })).toThrow("seeds/dev/deep is a directory inside");
  expect(() => names(["a.ts", "a.sql"])).toThrow('there are two seeds "a"');
});

test("an environment or a seed that is not there is never taken for none", () => {
  expect(() => names(["a.ts"], { environment: "prod" })).toThrow("there is none yet");
  expect(() => names(["dev/a.ts", "test/a.ts"], { environment: "x" })).toThrow('there are "dev", "test"');
  expect(() => names(["roles.ts"], { only: ["role"] })).toThrow('did you mean "roles"?');
  expect(() => names(["dev/a.ts"], { only: ["dev/a"] })).toThrow("--env dev");
});
