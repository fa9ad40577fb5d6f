import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundledPackages } from "../../src/build/licences.ts";
import { releaseTargets } from "../../src/build/release.ts";
import { sbomText } from "../../src/build/sbom.ts";

interface Component {
  readonly type: string;
  readonly "bom-ref": string;
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses: readonly unknown[];
  readonly hashes: readonly { readonly alg: string; readonly content: string }[];
}
interface Sbom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly serialNumber: string;
  readonly version: number;
  readonly metadata: { readonly timestamp: string; readonly component: { readonly "bom-ref": string } };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

const packages = await bundledPackages();
const input = {
  version: "1.2.3",
  committed: "2026-01-02T03:04:05Z",
  packages,
  runtimes: releaseTargets.map(({ runtime }) => runtime),
};
const sbom = JSON.parse(sbomText(input)) as Sbom;

// The patterns and the required fields are those of https://cyclonedx.org/schema/bom-1.6.schema.json.
test("the inventory has what CycloneDX 1.6 requires", () => {
  expect(sbom).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6", version: 1 });
  expect(sbom.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
  expect(sbom.metadata.timestamp).toBe("2026-01-02T03:04:05Z");
  for (const component of sbom.components) {
    expect(["library", "platform"]).toContain(component.type);
    expect(component.purl).toMatch(/^pkg:npm\/(?:%40[\w.-]+\/)?[\w.-]+@[\w.-]+$/);
    expect(component.licenses.length).toBeGreaterThan(0);
    expect(component.hashes.map(({ alg, content }) => `${alg} ${content.length}`)).toEqual(["SHA-512 128"]);
    expect(component.hashes[0]?.content).toMatch(/^[0-9a-f]+$/);
  }
});

test("it lists every package in the executable and Bun for every platform, with the hash of the lock file", () => {
  expect(sbom.components).toHaveLength(packages.length + releaseTargets.length);
  const valibot = sbom.components.find(({ name }) => name === "valibot");
  const lock = JSON.parse(readFileSync(join(import.meta.dir, "../../package-lock.json"), "utf8"));
  const integrity = Buffer.from(valibot?.hashes[0]?.content ?? "", "hex").toString("base64");
  expect(`sha512-${integrity}`).toBe(lock.packages["node_modules/valibot"].integrity);
  const scoped = sbom.components.find(({ purl }) => purl.startsWith("pkg:npm/%40oven/bun-linux-x64@"));
  expect(scoped).toMatchObject({ type: "platform", group: "@oven", name: "bun-linux-x64" });
});

test("everything in it can be reached from godwit, by references that exist", () => {
  const edges = new Map(sbom.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const reached = new Set<string>();
  const waiting = [sbom.metadata.component["bom-ref"]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    const dependencies = edges.get(next);
    if (!dependencies) throw new Error(`"${next}" is referred to and does not exist`);
    waiting.push(...dependencies);
  }
  expect(sbom.components.map((component) => component["bom-ref"]).filter((ref) => !reached.has(ref))).toEqual([]);
  expect(edges.get(`pkg:npm/mysql2@${packages.find(({ name }) => name === "mysql2")?.version}`)).toContain(
    `pkg:npm/iconv-lite@${packages.find(({ name }) => name === "iconv-lite")?.version}`,
  );
});

test("what changes in it changes its serial number, nothing else does", () => {
  expect(sbomText(input)).toBe(sbomText({ ...input, runtimes: input.runtimes.toReversed() }));
  const serial = (text: string) => (JSON.parse(text) as Sbom).serialNumber;
  expect(serial(sbomText({ ...input, version: "1.2.4" }))).not.toBe(sbom.serialNumber);
});

test("a package that the lock file does not have is refused", () => {
  const stranger = { name: "left-pad", version: "1.0.0", licence: "MIT" };
  expect(() => sbomText({ ...input, packages: [stranger] })).toThrow('package-lock.json does not have "left-pad"');
});
