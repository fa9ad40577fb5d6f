import { expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEnvFile } from "../../src/runtime/env-file.ts";
import { errorOf } from "../helpers/tool-error.ts";

function read(text: string): Readonly<Record<string, string>> {
  const directory = mkdtempSync(join(tmpdir(), "godwit-env-"));
  try {
    writeFileSync(join(directory, "app.env"), text);
    return readEnvFile("app.env", directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test("quotes, comments, export, several lines", () => {
  const text = `# a comment\nA=1\n\nexport B="x # y" # z\nC='single'\nD="one\ntwo = 2"\nE= spaced # no\nF=\n`;
  expect(read(text)).toEqual({ A: "1", B: "x # y", C: "single", D: "one\ntwo = 2", E: "spaced", F: "" });
  expect(read(text.replaceAll("\n", "\r\n"))["C"]).toBe("single");
});

test("a dollar sign is one: a password is not expanded", () => {
  const password = "p${A}$A\\$";
  expect(read(`A=1\nP=${password}\nQ="${password}"\n`)).toEqual({ A: "1", P: password, Q: password });
});

test("a line that is no variable is named, and not what it holds", () => {
  const error = errorOf(() => read('A="1\n2"\n\ngeheim\n'));
  expect([error.code, error.message]).toEqual([
    "config",
    "app.env:4: this is no variable; write NAME=value, or # before a comment",
  ]);
  for (const text of ["=1", "A", "1A=2", "A B=2"]) expect(errorOf(() => read(text)).data["line"]).toBe(1);
});
