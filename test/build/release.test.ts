import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildRelease, installScript, releaseTargets } from "../../src/build/release.ts";
import { sizesOf, sizesTable } from "../../src/build/sizes.ts";
import { version } from "../../src/version.ts";
import { readSignature } from "../helpers/mach-o.ts";

// Other platforms need the npm registry the first time, so only `npm run test:long` builds them.
const long = process.env["GODWIT_TEST_LONG"] !== undefined;
/** Seven platforms take a minute of an idle machine. */
const patienceMs = long ? 900_000 : 120_000;
const here = `${process.platform}-${process.arch}`;
const targets = releaseTargets.filter(({ name }) => long || name === here);

let folder: string;
const first = () => join(folder, "first");
const read = (file: string) => readFileSync(join(first(), file), "utf8");

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "godwit-release-"));
  await buildRelease({ directory: first(), targets, compression: 1 });
}, patienceMs);
afterAll(() => rmSync(folder, { recursive: true }));

test("SHA256SUMS names every file, and sha256sum agrees", () => {
  const packages = [`npm/godwit-${version}.tgz`, `npm/godwit-${here}-${version}.tgz`];
  const files = ["THIRD-PARTY-LICENCES.txt", "godwit.cdx.json", `godwit-${here}`, "install.sh", ...packages];
  const named = read("SHA256SUMS")
    .trimEnd()
    .split("\n")
    .map((line) => line.slice(66));
  for (const file of files) expect(named).toContain(file);
  expect(named).toHaveLength(targets.length * 2 + 4);
  const { exitCode, stdout } = Bun.spawnSync(["sha256sum", "--check", "--strict", "SHA256SUMS"], { cwd: first() });
  expect(`${exitCode} ${stdout}`).toStartWith("0 ");
});

test("the executable of this platform runs", () => {
  const { stdout } = Bun.spawnSync([join(first(), `godwit-${here}`), "--version"], { cwd: folder });
  expect(stdout.toString()).toBe(`godwit ${version}\n`);
});

test("the sizes of what people download are known, and their table has a row for each", () => {
  const sizes = sizesOf(first(), version);
  expect(sizes.map(({ name }) => name)).toEqual([...targets.map(({ name }) => name).toSorted(), "godwit"]);
  const own = sizes.find(({ name }) => name === here);
  expect(own?.bytes).toBe(statSync(join(first(), `godwit-${here}`)).size);
  expect(own?.packed).toBeLessThan(own?.bytes ?? 0);
  expect(sizes.at(-1)?.packed).toBeLessThan(sizes.at(-1)?.bytes ?? 0);
  expect(sizesTable([{ name: "linux-x64", bytes: 3 * 2 ** 20, packed: 2 ** 19 }])).toBe(
    "| | MiB | npm package, MiB |\n|---|---|---|\n| `linux-x64` | 3.0 | 0.5 |",
  );
});

test.each(targets.filter(({ os }) => os === "darwin"))("every page of $name is what its signature says", ({ name }) => {
  const seen = readSignature(readFileSync(join(first(), `godwit-${name}`)));
  expect(seen).toMatchObject({ faults: [], flags: "adhoc, linker-signed" });
  expect(seen.pages).toBeGreaterThan(20_000);
});

test(
  "building again gives the same bytes, in whatever directory",
  async () => {
    await buildRelease({ directory: join(folder, "elsewhere/second"), targets, compression: 1 });
    expect(readFileSync(join(folder, "elsewhere/second/SHA256SUMS"), "utf8")).toBe(read("SHA256SUMS"));
  },
  patienceMs,
);

test("an address for the install script is one, and cannot leave its quotes", () => {
  expect(installScript("https://example.com/godwit")).toContain("\nbase_url='https://example.com/godwit'\n");
  for (const bad of ["example.com", "https://example.com/'; rm -rf '", "https://example.com/a b"])
    expect(() => installScript(bad)).toThrow("is no address to fetch from");
});
