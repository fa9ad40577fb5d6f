import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFile, listDirectory, readFound, readText, readTexts, replaceFile } from "../../src/runtime/files.ts";

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

test("what is found is read whole, however it compares with what is read at once", async () => {
  const sizes = [0, 1, 65_535, 65_536, 65_537, 200_000];
  const texts = sizes.map((size) => "é".repeat(size >> 1) + "x".repeat(size % 2));
  for (const [i, text] of texts.entries()) writeFileSync(join(root, `${i}.ts`), text);
  expect(
    await readTexts(
      root,
      [...texts.keys()].map((i) => `${i}.ts`),
    ),
  ).toEqual(texts);
  writeFileSync(join(root, "marked"), "\uFEFFtext");
  expect(await readTexts(root, ["marked"])).toEqual(["text"]);
  expect(() => readFound(join(root, "5.ts"), 199_999)).toThrow("has 200000 bytes");
  await expect(readTexts(root, ["0.ts", "none"])).rejects.toMatchObject({ code: "file", data: { code: "ENOENT" } });
});
