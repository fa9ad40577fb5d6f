import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { entrypoints } from "./binary.ts";
import { extraNames } from "./extras.ts";

/** A package of which something is in the executable. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As its manifest says: an SPDX expression. */
  readonly licence: string;
  /** The text that it comes with; absent where it has none. */
  readonly text?: string;
}

/** What may be in the executable: none of these asks more of whoever passes it on than to keep the texts. */
const permissive: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "Unlicense",
]);

/** Whether all that a package is under, where that is several, asks for no more. */
export const isPermissive = (licence: string): boolean => partsOf(licence).every((each) => permissive.has(each));

/** Those that hold together: `(Apache-2.0 AND BSD-3-Clause)`. */
const partsOf = (licence: string): readonly string[] => licence.replace(/^\((.*)\)$/, "$1").split(" AND ");

/**
 * The packages of which the compiler puts something into the executable, sorted; those that only check or build it are not among them. Rejects with
 * an Error where the bundle cannot be made.
 */
export const bundledPackages = (): Promise<readonly BundledPackage[]> => packagesBelow([...entrypoints, ...extras]);

/** What the sandbox has inside as texts, which were bundled before (extras.ts), so that nothing imports it. */
export const extraPackages = (): Promise<readonly BundledPackage[]> => packagesBelow(extras);

/** The packages that files lie in, sorted, each once. */
export const packagesOf = (paths: Iterable<string>): readonly BundledPackage[] =>
  [...new Set([...paths].flatMap((path) => packageOf(path) ?? []))].toSorted().map(readPackage);

/** The files that a bundle was made of. */
export function inputsOf({ metafile, logs }: Bun.BuildOutput): readonly string[] {
  if (!metafile) throw new Error(`the bundle failed:\n${logs.join("\n")}`);
  return Object.keys((typeof metafile === "string" ? (JSON.parse(metafile) as typeof metafile) : metafile).inputs);
}

/** The licences of what is in an executable, as one text. */
export const licencesText = (packages: readonly BundledPackage[]): string =>
  joined(
    "godwit holds parts of these packages, each under its own licence, and Bun, whose own parts and their licences stand at the end.",
    packages,
    [`bun ${Bun.version}\n\n${bunLicence()}`],
  );

/** The same for the npm package, which has no Bun inside. */
export const libraryLicencesText = (packages: readonly BundledPackage[]): string =>
  joined("The library of godwit holds parts of these packages, each under its own licence.", packages);

async function packagesBelow(files: readonly string[]): Promise<readonly BundledPackage[]> {
  const result = await Bun.build({
    entrypoints: files.map((path) => join(root, path)),
    target: "bun",
    splitting: true,
    metafile: true,
    throw: false,
  });
  return packagesOf(inputsOf(result));
}

function joined(head: string, packages: readonly BundledPackage[], others: readonly string[] = []): string {
  const own = packages.map(({ name, version, licence, text }) =>
    [`${name} ${version} (${licence})`, text?.trim() ?? "The package comes without a text of its licence."].join(
      "\n\n",
    ),
  );
  return `${[head, ...own, ...others].join(ruler)}\n`;
}

const bunLicence = (): string =>
  readFileSync(join(root, "node_modules/bun-types/docs/project/license.mdx"), "utf8")
    .replace(/^---[\s\S]*?\n---\n/, "")
    .trim();

const root = join(import.meta.dir, "../..");

const extras = extraNames.map((name) => `sandbox/guest/extras/${name}.ts`);

const ruler = `\n\n${"-".repeat(80)}\n\n`;

/** The innermost package that a file lies in. */
const packageOf = (path: string): string | undefined => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];

interface Manifest {
  readonly version?: string;
  readonly license?: string;
  readonly author?: string | { readonly name?: string; readonly email?: string };
  /** Not what npm reads, and what some write. */
  readonly authors?: readonly string[];
}

function readPackage(name: string): BundledPackage {
  const folder = join(root, "node_modules", name);
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(?:\.(?:md|txt))?$|^copying$/i.test(entry));
  const text = file === undefined ? textOfManifest(manifest, folder) : readFileSync(join(folder, file), "utf8");
  return {
    name,
    version: manifest.version ?? "",
    licence: manifest.license ?? "",
    ...(text !== undefined && { text }),
  };
}

/** MIT and the Apache licence want their text and the author to be passed on, also by packages that forget to bring it. */
function textOfManifest({ license, author, authors = [] }: Manifest, folder: string): string | undefined {
  const one =
    typeof author === "string" ? author : [author?.name, author?.email && `<${author.email}>`].join(" ").trim();
  const by = one || authors.join(", ");
  const each = partsOf(license ?? "").map((part) => termsOf(part, folder));
  const terms = each.includes(undefined) ? undefined : each.join("\n\n");
  // MIT speaks of whoever holds the copyright; the Apache licence does not need to be told.
  if (terms === undefined || (license === "MIT" && !by)) return undefined;
  return `The package comes without a text of its licence; its manifest says ${license}, and names as its author ${by || "nobody"}.\n\n${terms}`;
}

/** The Apache licence is the same text for everybody; TypeScript, which godwit is built with, has it. */
function termsOf(licence: string, folder: string): string | undefined {
  if (licence === "Apache-2.0") return readFileSync(join(root, "node_modules/typescript/LICENSE"), "utf8").trimStart();
  if (licence === "BSD-3-Clause") return headOf(join(folder, "dist/esm/wire/varint.js"));
  return licence === "MIT" ? readFileSync(join(root, "LICENSE"), "utf8").split(/^Copyright .*\n\n/m)[1] : undefined;
}

/** What @bufbuild/protobuf has of Google's stands at the head of the file that it is; `undefined` where there is no such file. */
function headOf(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, "utf8").split("\n");
  const end = lines.findIndex((line) => !line.startsWith("//"));
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^\/\/ ?/, ""))
    .join("\n");
}

if (import.meta.main) {
  const outfile = join(root, "dist/THIRD-PARTY-LICENCES.txt");
  const packages = await bundledPackages();
  if (!existsSync(dirname(outfile))) mkdirSync(dirname(outfile), { recursive: true });
  writeFileSync(outfile, licencesText(packages));
  console.log(packages.map(({ name, version, licence }) => `${name} ${version}: ${licence}`).join("\n"));
  console.log(`wrote ${outfile}`);
}
