import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type Platform, platforms } from "../launcher/platforms.ts";
import { buildBinary } from "./binary.ts";
import { bundledPackages, licencesText } from "./licences.ts";
import { writeNpmPackages } from "./npm-packages.ts";
import { sbomText } from "./sbom.ts";
import { sizesOf, sizesTable, writeSizes } from "./sizes.ts";

/** A platform that a release has an executable for. */
export interface ReleaseTarget extends Platform {
  /** The package of the npm registry that holds Bun's executable for it. */
  readonly runtime: string;
}

/** The platforms of a release. */
export const releaseTargets: readonly ReleaseTarget[] = platforms.map((platform) => ({
  ...platform,
  runtime: `@oven/bun-${platform.name.replace("arm64", "aarch64")}`,
}));

export interface ReleaseOptions {
  /** Where it goes; what is there is removed first. */
  readonly directory: string;
  readonly targets: readonly ReleaseTarget[];
  /** Where people will find the files; without it, the install script has to be told. */
  readonly baseUrl?: string;
  /** How hard to press the npm packages, 1 to 9; 9 by default. */
  readonly compression?: number;
}

/**
 * Builds a release: an executable and an npm package per platform, the npm package `godwit`, the script that installs, licences, inventory, and
 * SHA256SUMS of all of it. The same commit and dependencies give the same bytes. Fetches Bun for other platforms than this one from the npm registry, once per machine. Rejects with an Error that
 * holds what the compiler printed.
 */
export async function buildRelease({ directory, targets, baseUrl, compression = 9 }: ReleaseOptions): Promise<void> {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(join(directory, "npm"), { recursive: true });
  for (const { name } of targets) {
    await buildBinary({ outfile: join(directory, executableName(name)), target: `bun-${name}` });
  }
  const packages = await bundledPackages();
  const sbom = {
    version: releaseVersion(),
    committed: await commitTime(),
    packages,
    runtimes: targets.map((t) => t.runtime),
  };
  const licences = licencesText(packages);
  const executables = targets.map((platform) => ({ platform, path: join(directory, executableName(platform.name)) }));
  await writeNpmPackages({ directory: join(directory, "npm"), executables, licences, compression });
  writeFileSync(join(directory, "THIRD-PARTY-LICENCES.txt"), licences);
  writeFileSync(join(directory, "godwit.cdx.json"), sbomText(sbom));
  writeFileSync(join(directory, "install.sh"), installScript(baseUrl), { mode: 0o755 });
  writeFileSync(join(directory, "SHA256SUMS"), checksums(directory));
}

/** `godwit-linux-x64`, `godwit-windows-x64.exe`. */
export const executableName = (target: string): string =>
  `godwit-${target}${target.startsWith("windows") ? ".exe" : ""}`;

/** The hashes of all files below a directory, in the form that `sha256sum --check` reads. */
export const checksums = (directory: string): string =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "SHA256SUMS")
    .map(({ parentPath, name }) => relative(directory, join(parentPath, name)))
    .toSorted()
    .map(
      (name) =>
        `${createHash("sha256")
          .update(readFileSync(join(directory, name)))
          .digest("hex")}  ${name}\n`,
    )
    .join("");

/** The script that installs, with the address that it fetches from. Throws an Error for what is no address. */
export function installScript(baseUrl?: string): string {
  const text = readFileSync(join(root, "scripts/install.sh"), "utf8");
  if (baseUrl === undefined) return text;
  // It stands between single quotes in a shell script.
  if (!URL.canParse(baseUrl) || /['\s\\]/.test(baseUrl)) throw new Error(`"${baseUrl}" is no address to fetch from`);
  return text.replace("\nbase_url=''\n", () => `\nbase_url='${baseUrl}'\n`);
}

const root = join(import.meta.dir, "../..");

const releaseVersion = (): string =>
  (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly version: string }).version;

/** Of the sources; outside a checkout `SOURCE_DATE_EPOCH` (https://reproducible-builds.org/specs/source-date-epoch/), or the beginning of time. */
async function commitTime(): Promise<string> {
  const given = process.env["SOURCE_DATE_EPOCH"];
  if (given !== undefined && !/^\d{1,10}$/.test(given)) {
    throw new Error(`SOURCE_DATE_EPOCH is "${given}"; it has to be seconds since 1970`);
  }
  const seconds = given ?? (await Bun.$`git log -1 --format=%ct`.cwd(root).nothrow().quiet().text()).trim();
  return new Date(Number(seconds) * 1000).toISOString().replace(".000Z", "Z");
}

const flag = (name: string): string | undefined =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);

if (import.meta.main) {
  const only = flag("target");
  const targets = releaseTargets.filter(({ name }) => only === undefined || name === only);
  const directory = join(root, "dist/release", releaseVersion());
  const baseUrl = flag("base-url");
  try {
    if (targets.length === 0) {
      throw new Error(`no target "${only}"; there are ${releaseTargets.map(({ name }) => name).join(", ")}`);
    }
    await buildRelease({ directory, targets, ...(baseUrl !== undefined && { baseUrl }) });
    const sizes = sizesOf(directory, releaseVersion());
    writeSizes(join(root, "bench/results/sizes.json"), releaseVersion(), sizes);
    console.log(`${readFileSync(join(directory, "SHA256SUMS"), "utf8")}\n${sizesTable(sizes)}\n\nwrote ${directory}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
