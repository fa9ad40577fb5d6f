import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { executableIn, type Platform, packageOf, platforms } from "../launcher/platforms.ts";
import { buildLibrary } from "./library.ts";
import { exportsOf, libraryEntries } from "./library-entries.ts";
import { libraryLicencesText } from "./licences.ts";

export interface NpmPackagesOptions {
  /** Where the tarballs go; has to exist. */
  readonly directory: string;
  readonly executables: readonly PackagedExecutable[];
  /** What the licences of all that is in an executable say. */
  readonly licences: string;
  /** How hard to press, 1 to 9. */
  readonly compression: number;
}

export interface PackagedExecutable {
  readonly platform: Platform;
  readonly path: string;
}

/**
 * Writes what `npm publish` takes: `godwit`, with the launcher and the library, and a package with the executable for each platform, which npm
 * installs where it fits. The same input gives the same bytes. Rejects with an Error that holds what the packer printed.
 */
export async function writeNpmPackages(options: NpmPackagesOptions): Promise<void> {
  const staging = mkdtempSync(join(options.directory, ".packing-"));
  try {
    await stageMain(join(staging, "main"));
    const staged = [join(staging, "main")];
    for (const executable of options.executables) {
      const folder = join(staging, executable.platform.name);
      stageExecutable(folder, executable, options.licences);
      staged.push(folder);
    }
    for (const folder of staged) await pack(folder, options);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** What the package of a platform says of itself. */
export const platformManifest = (platform: Platform): Readonly<Record<string, unknown>> => ({
  name: packageOf(platform),
  version: own.version,
  description: `The executable of godwit for ${platform.name}; install the package godwit`,
  license: own.license,
  os: [platform.os],
  cpu: [platform.cpu],
  ...(platform.libc && { libc: [platform.libc] }),
  files: ["bin", "THIRD-PARTY-LICENCES.txt"],
  // Inside of an archive, as Yarn keeps packages, nothing can be executed.
  preferUnplugged: true,
  publishConfig: { access: "public" },
});

/** What the package `godwit` says of itself. All platforms are in it, whichever a release was built for. */
export const mainManifest = (): Readonly<Record<string, unknown>> => ({
  name: own.name,
  version: own.version,
  description: own.description,
  license: own.license,
  type: "module",
  // The launcher's; the library says itself what it needs.
  engines: { node: ">=18" },
  bin: { godwit: "bin/godwit.js" },
  exports: exportsOf(libraryEntries, "./dist/library"),
  files: ["bin", "dist", "THIRD-PARTY-LICENCES.txt"],
  optionalDependencies: Object.fromEntries(platforms.map((platform) => [packageOf(platform), own.version])),
});

const root = join(import.meta.dir, "../..");

const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
};

async function stageMain(folder: string): Promise<void> {
  const packages = await buildLibrary(join(folder, "dist/library"));
  stage(folder, mainManifest(), libraryLicencesText(packages));
  writeFileSync(join(folder, "bin/godwit.js"), await launcherText(), { mode: 0o755 });
  copyFileSync(join(root, "README.md"), join(folder, "README.md"));
}

function stageExecutable(folder: string, { platform, path }: PackagedExecutable, licences: string): void {
  stage(folder, platformManifest(platform), licences);
  const target = join(folder, executableIn(platform));
  copyFileSync(path, target);
  chmodSync(target, 0o755);
  writeFileSync(join(folder, "README.md"), `${platformManifest(platform)["description"]}.\n`);
}

function stage(folder: string, manifest: object, licences: string): void {
  mkdirSync(join(folder, "bin"), { recursive: true });
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
  writeFileSync(join(folder, "THIRD-PARTY-LICENCES.txt"), licences);
  copyFileSync(join(root, "LICENSE"), join(folder, "LICENSE"));
}

/** Not minified: it is short, and people look at what a package runs. */
async function launcherText(): Promise<string> {
  const entrypoints = [join(root, "src/launcher/main.ts")];
  const result = await Bun.build({ entrypoints, target: "node", banner: "#!/usr/bin/env node", throw: false });
  const [output] = result.outputs;
  if (!result.success || !output) throw new Error(`the launcher:\n${result.logs.join("\n")}`);
  return output.text();
}

/** Bun's packer leaves out times, owners and the order of the disk, as npm's does, and comes with the Bun that is pinned. */
async function pack(folder: string, { directory, compression }: NpmPackagesOptions): Promise<void> {
  const flags = ["--ignore-scripts", "--quiet", `--gzip-level=${compression}`, `--destination=${resolve(directory)}`];
  const command = [process.execPath, "pm", "pack", ...flags];
  const child = Bun.spawn(command, { cwd: folder, stdin: "ignore", stdout: "pipe", stderr: "pipe" });
  const [output, errors, exit] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  if (exit !== 0) throw new Error(`packing ${folder}:\n${output}${errors}`);
}
