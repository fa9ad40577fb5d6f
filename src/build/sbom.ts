import { readFileSync } from "node:fs";
import { join } from "node:path";
import { v5 } from "uuid";
import type { BundledPackage } from "./licences.ts";

/** What an inventory is made from. */
export interface SbomInput {
  /** Of godwit. */
  readonly version: string;
  /** When its sources were committed, in ISO 8601; the time of the build would make every build another one. */
  readonly committed: string;
  readonly packages: readonly BundledPackage[];
  /** The packages of the npm registry that hold Bun's executable for each platform, such as `@oven/bun-linux-x64`. */
  readonly runtimes: readonly string[];
}

/**
 * What the executables are made of, as CycloneDX 1.6 in JSON (https://cyclonedx.org/docs/1.6/json/). Hashes are those of the lock file, of
 * packages as the registry serves them. The same input gives the same text. Throws an Error for a package that the lock file does not have.
 */
export function sbomText({ version, committed, packages, runtimes }: SbomInput): string {
  const locked = readLock();
  const own = `pkg:generic/godwit@${version}`;
  const libraries = packages.map((item) => library(item, lockedAs(locked, item.name)));
  const platforms = runtimes.toSorted().map((name) => runtime(name, lockedAs(locked, name)));
  const body = {
    metadata: {
      timestamp: committed,
      component: { type: "application", "bom-ref": own, name: "godwit", version, licenses: [named("MIT")] },
    },
    components: [...libraries, ...platforms],
    dependencies: [
      { ref: own, dependsOn: directDependencies(packages, [...libraries, ...platforms]) },
      ...packages.map(({ name, version: at }) => ({
        ref: purl(name, at),
        dependsOn: packages.filter((other) => other.name in (lockedAs(locked, name).dependencies ?? {})).map(purlOf),
      })),
      ...platforms.map((component) => ({ ref: component["bom-ref"], dependsOn: [] })),
    ],
  };
  const serialNumber = `urn:uuid:${v5(JSON.stringify(body), v5.URL)}`;
  const head = { bomFormat: "CycloneDX", specVersion: "1.6", serialNumber, version: 1 };
  return `${JSON.stringify({ ...head, ...body }, null, 2)}\n`;
}

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}
type Lock = Readonly<Record<string, Locked>>;

const root = join(import.meta.dir, "../..");

const readLock = (): Lock =>
  (JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as { readonly packages: Lock }).packages;

function lockedAs(lock: Lock, name: string): Locked {
  const found = lock[`node_modules/${name}`];
  if (!found) throw new Error(`package-lock.json does not have "${name}"; run npm install`);
  return found;
}

/** https://github.com/package-url/purl-spec/blob/main/types-doc/npm-definition.md: the at sign of a scope is escaped. */
const purl = (name: string, version: string): string => `pkg:npm/${name.replace(/^@/, "%40")}@${version}`;
const purlOf = ({ name, version }: BundledPackage): string => purl(name, version);

const library = ({ name, version, licence }: BundledPackage, locked: Locked) => ({
  type: "library",
  ...identity(name, version),
  licenses: [/\s/.test(licence) ? { expression: licence } : named(licence)],
  ...hashes(locked),
});

/** Bun says of itself that it is MIT and links JavaScriptCore, which is LGPL-2, without saying which of the identifiers of SPDX that is. */
const runtime = (name: string, locked: Locked) => ({
  type: "platform",
  ...identity(name, locked.version),
  licenses: [named("MIT"), { license: { name: "LGPL-2 (JavaScriptCore, linked statically)" } }],
  ...hashes(locked),
});

const named = (id: string) => ({ license: { id } });

function identity(full: string, version: string) {
  const [, group, name = full] = /^(@[^/]+)\/(.+)$/.exec(full) ?? [];
  const reference = purl(full, version);
  return { "bom-ref": reference, ...(group !== undefined && { group }), name, version, purl: reference };
}

/** A lock file has hashes in base64, CycloneDX in hexadecimal. */
function hashes({ integrity }: Locked) {
  const [, content] = /^sha512-(.+)$/.exec(integrity ?? "") ?? [];
  if (content === undefined) return {};
  return { hashes: [{ alg: "SHA-512", content: Buffer.from(content, "base64").toString("hex") }] };
}

/** All that godwit itself asks for: what is not there only because another package needs it, and Bun. */
function directDependencies(packages: readonly BundledPackage[], components: readonly { "bom-ref": string }[]) {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Readonly<
    Record<"dependencies" | "devDependencies", Readonly<Record<string, string>>>
  >;
  const asked = { ...manifest.dependencies, ...manifest.devDependencies };
  const indirect = new Set(packages.filter(({ name }) => !(name in asked)).map(purlOf));
  return components.map((component) => component["bom-ref"]).filter((reference) => !indirect.has(reference));
}
