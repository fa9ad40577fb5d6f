import { afterAll, describe, expect, test } from "bun:test";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluateFiles } from "../../src/runtime/evaluate.ts";
import { cacheDirectory } from "../../src/runtime/evaluation-cache.ts";
import { failure } from "./evaluate.ts";

const base = mkdtempSync(join(tmpdir(), "godwit-cache-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));
let count = 0;
const fresh = () => join(base, String(count++));

const file = (source: string, path = "migrations/0001_a.ts") => ({ path, source });
const counting =
  'console.log("evaluated");\nexport default { big: 5n, bytes: new Uint8Array([1]), text: "tab\\tand\\nline" };';

/** Plants another value in the one pack of a directory, under a fitting fingerprint when asked to. */
function tamper(directory: string, change: (text: string) => string): void {
  const [name = ""] = readdirSync(directory);
  const path = join(directory, name);
  writeFileSync(path, change(readFileSync(path, "utf8")));
}

/** The same with the fingerprint of the body corrected, which tells whether a kept result was used at all. */
function forge(directory: string, from: string, to: string): void {
  tamper(directory, (text) => {
    const [head = "", ...rest] = text.split("\n");
    const body = rest.join("\n").replaceAll(from, to);
    const print = new Bun.CryptoHasher("sha256").update(body).digest("hex");
    return `${head.replace(/\w+$/, print)}\n${body}`;
  });
}

describe("kept evaluations", () => {
  test("give the same value as an evaluation, and are used", async () => {
    const directory = fresh();
    const options = { cache: "use", cacheDirectory: directory } as const;
    const [first] = await evaluateFiles([file(counting)], options);
    const [second] = await evaluateFiles([file(counting)], options);
    expect(second?.value).toStrictEqual(first?.value);
    expect(second?.log).toEqual(["evaluated"]);
    forge(directory, "tab", "tap");
    expect((await evaluateFiles([file(counting)], options))[0]?.value).toMatchObject({ text: "tap\tand\nline" });
  });

  test("are never used for what must be evaluated afresh", async () => {
    const directory = fresh();
    await evaluateFiles([file(counting)], { cache: "use", cacheDirectory: directory });
    forge(directory, "tab", "tap");
    const [module] = await evaluateFiles([file(counting)], { cache: "bypass", cacheDirectory: directory });
    expect(module?.value).toMatchObject({ text: "tab\tand\nline" });
  });

  test("belong to a content, a name, and a symbol map", async () => {
    const directory = fresh();
    const options = { cache: "use", cacheDirectory: directory } as const;
    await evaluateFiles([file("export default { a: 1 };")], options);
    expect((await evaluateFiles([file("export default { a: 2 };")], options))[0]?.value).toEqual({ a: 2 });
    const both = [file("export default { a: 2 };"), file("export default { a: 3 };", "migrations/0002_b.ts")];
    expect((await evaluateFiles(both, options)).map(({ value }) => value)).toEqual([{ a: 2 }, { a: 3 }]);
    const source = 'import { n } from "n";\nexport default { n };';
    const symbols = (n: number) => ({ n: { kind: "guest", source: `export const n = ${n};` } }) as const;
    expect((await evaluateFiles([file(source)], { ...options, symbols: symbols(1) }))[0]?.value).toEqual({ n: 1 });
    expect((await evaluateFiles([file(source)], { ...options, symbols: symbols(2) }))[0]?.value).toEqual({ n: 2 });
    expect((await failure(evaluateFiles([file(source)], options))).message).toContain('module "n"');
  });

  test("only cost time when they are damaged, cut off or missing", async () => {
    const directory = fresh();
    const options = { cache: "use", cacheDirectory: directory } as const;
    for (const change of [
      (text: string) => text.replaceAll("tab", "tap"),
      (text: string) => text.slice(0, text.length / 2),
      () => "",
      () => "\0\n\0\t\t\t\t",
    ]) {
      await evaluateFiles([file(counting)], options);
      tamper(directory, change);
      expect((await evaluateFiles([file(counting)], options))[0]?.value).toMatchObject({ text: "tab\tand\nline" });
    }
    rmSync(directory, { recursive: true });
    expect(await evaluateFiles([file(counting)], options)).toHaveLength(1);
  });

  test("are given up where they cannot be written, and leave nothing behind", async () => {
    const blocked = join(base, "a-file");
    writeFileSync(blocked, "");
    expect(await evaluateFiles([file(counting)], { cache: "use", cacheDirectory: blocked })).toHaveLength(1);
    const locked = mkdtempSync(join(base, "locked-"));
    chmodSync(locked, 0o500);
    expect(await evaluateFiles([file(counting)], { cache: "use", cacheDirectory: locked })).toHaveLength(1);
    expect(readdirSync(locked).filter((name) => !name.endsWith(".evaluated"))).toEqual([]);
    expect(await evaluateFiles([file(counting)], { cache: "use", cacheDirectory: undefined })).toHaveLength(1);
  });

  test("a failure is never kept", async () => {
    const options = { cache: "use", cacheDirectory: fresh() } as const;
    const bad = file('throw new Error("no");');
    for (let i = 0; i < 2; i++) expect((await failure(evaluateFiles([bad], options))).message).toContain("no");
  });

  test("still know where a part of the value was written", async () => {
    const options = { cache: "use", cacheDirectory: fresh() } as const;
    const source =
      'import { createTable, migration } from "godwit";\nexport default migration({\n  operations: [createTable({ name: "a", fields: [] })],\n});';
    await evaluateFiles([file(source)], options);
    const [module] = await evaluateFiles([file(source)], options);
    expect(await module?.locate("operations[0]")).toEqual({ file: "migrations/0001_a.ts", line: 3, column: 16 });
  });
});

test("the cache lives where the system wants it", () => {
  expect(cacheDirectory({ XDG_CACHE_HOME: "/x", HOME: "/h" })).toBe("/x/godwit");
  expect(cacheDirectory({ HOME: "/h" })).toBe("/h/.cache/godwit");
  expect(cacheDirectory({})).toBeUndefined();
});
