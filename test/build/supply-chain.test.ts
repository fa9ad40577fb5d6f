import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundledPackages, licencesText, permissive } from "../../src/build/licences.ts";

const root = join(import.meta.dir, "../..");
const read = (file: string) => JSON.parse(readFileSync(join(root, file), "utf8"));
const manifest = read("package.json") as Readonly<Record<string, Readonly<Record<string, string>>>>;

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly hasInstallScript?: true;
}
const locked = Object.entries(
  (read("package-lock.json") as { readonly packages: Readonly<Record<string, Locked>> }).packages,
);
const ofOthers = locked.filter(([path]) => path !== "");

test("every dependency is pinned to one version", () => {
  const all = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"].flatMap((kind) =>
    Object.entries(manifest[kind] ?? {}),
  );
  expect(all.length).toBeGreaterThan(10);
  expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([]);
});

test("the lock file has the hash of every package", () => {
  expect(ofOthers.length).toBeGreaterThan(30);
  expect(ofOthers.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? "")).map(([path]) => path)).toEqual([]);
});

test("installing runs nothing of ours, and of others only what is named", () => {
  const lifecycle = ["preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare"];
  expect(Object.keys(manifest["scripts"] ?? {}).filter((name) => lifecycle.includes(name))).toEqual([]);
  const running = ofOthers.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
  const families = Object.keys(manifest["allowScripts"] ?? {}).map((name) => name.replace(/\/linux-x64$/, "/"));
  expect(running.filter((path) => !families.some((name) => path.startsWith(`node_modules/${name}`)))).toEqual([]);
});

test("what is in the executable is licensed permissively, is what the lock file says, and its licences are listed", async () => {
  const packages = await bundledPackages();
  const names = packages.map(({ name }) => name);
  for (const name of ["postgres", "mysql2", "yaml", "valibot", "@jitl/quickjs-wasmfile-release-sync", "slugify"])
    expect(names).toContain(name);
  for (const name of ["typescript", "@biomejs/biome", "bun"]) expect(names).not.toContain(name);
  expect(packages.filter(({ licence }) => !permissive.has(licence))).toEqual([]);
  const versions = new Map(ofOthers.map(([path, { version }]) => [path, version]));
  expect(packages.filter(({ name, version }) => versions.get(`node_modules/${name}`) !== version)).toEqual([]);
  // The Unlicense asks for nothing to be kept.
  expect(packages.filter(({ text, licence }) => text === undefined && licence !== "Unlicense")).toEqual([]);
  const text = licencesText(packages);
  for (const { name, version } of packages) expect(text).toContain(`\n${name} ${version} (`);
  expect(text).toMatch(/names as its author Blake Embrey <hello@blakeembrey.com>\.\n\nPermission is hereby granted/);
  expect(text).toContain("QuickJS Javascript Engine");
  expect(text).toContain("LGPL-2");
});
