import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundledPackages, isPermissive, licencesText } from "../../src/build/licences.ts";
import {
  installedFaults,
  type Lock,
  lockFaults,
  type Manifest,
  signatureVerdict,
} from "../../src/build/supply-chain.ts";

const root = join(import.meta.dir, "../..");
const read = (file: string) => JSON.parse(readFileSync(join(root, file), "utf8"));
const manifest = read("package.json") as Manifest;

const lock = (read("package-lock.json") as { readonly packages: Lock }).packages;
const ofOthers = Object.entries(lock).filter(([path]) => path !== "");

test("dependencies are pinned, hashed, from the registry, and run nothing that is not named", () => {
  expect(ofOthers.length).toBeGreaterThan(30);
  expect(lockFaults(manifest, lock)).toEqual([]);
});

test("what is installed is what the lock file says", () => {
  const installed = read("node_modules/.package-lock.json") as { readonly packages: Lock };
  expect(Object.keys(installed.packages).length).toBeGreaterThan(30);
  expect(installedFaults(lock, installed.packages)).toEqual([]);
});

describe("each fault is found", () => {
  const good = { version: "1.0.0", integrity: `sha512-${"A".repeat(86)}==` };
  const planted: readonly (readonly [string, Manifest, Lock])[] = [
    ['asks for "a" as "^1.0.0", which is not one version', { dependencies: { a: "^1.0.0" } }, {}],
    ['asks for "a" as "github:x/a"', { devDependencies: { a: "github:x/a" } }, {}],
    ['package.json runs "postinstall"', { scripts: { postinstall: "x", test: "y" } }, {}],
    ['no SHA-512 of "node_modules/a"', {}, { "node_modules/a": { version: "1.0.0" } }],
    ['no SHA-512 of "node_modules/a"', {}, { "node_modules/a": { ...good, integrity: "sha1-x" } }],
    ['no SHA-512 of "node_modules/a"', {}, { "node_modules/a": { ...good, link: true } }],
    [
      'takes "node_modules/a" from "git+ssh://git@github.com/x/a.git#1"',
      {},
      { "node_modules/a": { ...good, resolved: "git+ssh://git@github.com/x/a.git#1" } },
    ],
    ['"node_modules/a" runs something', {}, { "node_modules/a": { ...good, hasInstallScript: true } }],
  ];
  test.each(planted)("%s", (says, someManifest, someLock) => {
    expect(lockFaults(someManifest, { "": {}, ...someLock }).filter((fault) => fault.includes(says))).toHaveLength(1);
  });

  test("installed otherwise than locked", () => {
    const path = "node_modules/a";
    expect(installedFaults({ [path]: good }, { [path]: good })).toEqual([]);
    expect(installedFaults({ [path]: good }, { [path]: { ...good, version: "1.0.1" } })).toHaveLength(1);
    expect(installedFaults({ [path]: good }, { [path]: { ...good, integrity: "sha512-other" } })).toHaveLength(1);
    expect(installedFaults({}, { [path]: good })).toHaveLength(1);
  });
});

// As npm 11 prints it.
test.each([
  [0, '{"invalid":[],"missing":[]}', "verified"],
  [1, '{"invalid":[],"missing":[{"name":"a","version":"1.0.0"}]}', "wrong"],
  [1, '{"invalid":[{"name":"a","version":"1.0.0","code":"EINTEGRITYSIGNATURE"}],"missing":[]}', "wrong"],
  [
    1,
    '{"error":{"code":"ENOTFOUND","summary":"request to https://tuf-repo-cdn.sigstore.dev/15.root.json failed"}}',
    "not looked at",
  ],
  [
    1,
    '{"error":{"code":null,"summary":"found no dependencies to audit that were installed from a supported registry","detail":""}}',
    "not looked at",
  ],
  [
    1,
    '{"error":{"code":"EEXPIREDSIGNATUREKEY","summary":"a@1.0.0 has a registry signature with an expired key"}}',
    "wrong",
  ],
  [1, "", "wrong"],
  [0, "{}", "wrong"],
])("npm audit signatures: exit %i, %s", (exit, stdout, verdict) => {
  expect(signatureVerdict(exit, stdout).verdict as string).toBe(verdict);
});

test("what is in the executable is licensed permissively, is what the lock file says, and its licences are listed", async () => {
  const packages = await bundledPackages();
  const names = packages.map(({ name }) => name);
  for (const name of ["postgres", "mysql2", "yaml", "valibot", "@jitl/quickjs-wasmfile-release-sync", "slugify"])
    expect(names).toContain(name);
  for (const name of ["typescript", "@biomejs/biome", "bun"]) expect(names).not.toContain(name);
  // Drivers for databases over HTTP come without the native code that their packages bring for other uses.
  expect(names.filter((name) => /^libsql$|^@libsql\/(?:linux|darwin|win32)|^ws$|\.node$/.test(name))).toEqual([]);
  expect(packages.filter(({ licence }) => !isPermissive(licence))).toEqual([]);
  expect(packages.filter(({ name, version }) => lock[`node_modules/${name}`]?.version !== version)).toEqual([]);
  // The Unlicense asks for nothing to be kept.
  expect(packages.filter(({ text, licence }) => text === undefined && licence !== "Unlicense")).toEqual([]);
  const text = licencesText(packages);
  for (const { name, version } of packages) expect(text).toContain(`\n${name} ${version} (`);
  expect(text).toMatch(/names as its author Blake Embrey <hello@blakeembrey.com>\.\n\nPermission is hereby granted/);
  expect(text).toContain("QuickJS Javascript Engine");
  expect(text).toContain("LGPL-2");
});
