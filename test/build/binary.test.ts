import { afterAll, beforeAll, expect, test } from "bun:test";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import manifest from "../../package.json" with { type: "json" };
import { releaseTargets } from "../../src/build/release.ts";
import { godwitBinary } from "../helpers/binary.ts";

let folder: string;
let binary: string;

beforeAll(async () => {
  binary = await godwitBinary();
  folder = mkdtempSync(join(tmpdir(), "godwit-binary-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const version = (env: Readonly<Record<string, string>> = {}) =>
  Bun.spawnSync([binary, "--version"], { cwd: folder, env: { PATH: "/usr/bin:/bin", ...env } });

test("the executable runs with nothing around it and knows its version", () => {
  expect(version().stdout.toString()).toBe(`godwit ${manifest.version}\n`);
});

test("it knows the commit and the platform that it was built for, which nobody else can tell it", () => {
  const env = { PATH: "/usr/bin:/bin", GODWIT_COMMIT: "forged", GODWIT_TARGET: "forged" };
  const { stdout } = Bun.spawnSync([binary, "version", "--json"], { cwd: folder, env });
  const { commit, target } = JSON.parse(stdout.toString());
  expect(commit).toMatch(/^[0-9a-f]{12}(?:-dirty)?$/);
  expect(releaseTargets.map(({ name }) => name)).toContain(target);
  expect(target).toStartWith(`${process.platform}-${process.arch}`);
});

test("a bunfig.toml in the current folder, which may be a stranger's, cannot run code", () => {
  writeFileSync(join(folder, "bunfig.toml"), 'preload = ["./evil.ts"]\n');
  writeFileSync(join(folder, "evil.ts"), 'await Bun.write("evil-ran", "");\n');
  expect(version().stdout.toString()).toBe(`godwit ${manifest.version}\n`);
  expect(existsSync(join(folder, "evil-ran"))).toBe(false);
});

test("BUN_OPTIONS cannot load code into it", () => {
  writeFileSync(join(folder, "evil.ts"), 'await Bun.write("evil-ran", "");\n');
  version({ BUN_OPTIONS: `--preload=${join(folder, "evil.ts")}` });
  expect(existsSync(join(folder, "evil-ran"))).toBe(false);
});
