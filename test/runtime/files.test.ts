import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFile, listDirectory, readText, replaceFile } from "../../src/runtime/files.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "godwit-files-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test("a new file is made with its directories and overwrites nothing", async () => {
  const path = join(root, "a/b/c.ts");
  await createFile(path, "one");
  await expect(createFile(path, "two")).rejects.toMatchObject({ code: "file", data: { path, code: "EEXIST" } });
  expect(readFileSync(path, "utf8")).toBe("one");
  expect(readdirSync(join(root, "a/b"))).toEqual(["c.ts"]);
});

test("a file is replaced without leaving anything beside it", async () => {
  const path = join(root, "c.ts");
  writeFileSync(path, "one");
  await replaceFile(path, "two");
  expect(readFileSync(path, "utf8")).toBe("two");
  expect(readdirSync(root)).toEqual(["c.ts"]);
});

test("a directory that is not there is empty; a file in its place is an error", async () => {
  expect(await listDirectory(join(root, "none"))).toEqual([]);
  writeFileSync(join(root, "file"), "\uFEFFtext");
  await expect(listDirectory(join(root, "file"))).rejects.toMatchObject({ code: "file" });
  expect(await readText(join(root, "file"))).toBe("text");
});
