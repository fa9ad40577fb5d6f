import { join } from "node:path";
import { executableIn, type Libc, type Platform, packageOf, platforms } from "./platforms.ts";

/** What the launcher has to know of the machine it runs on. */
export interface Machine {
  /** `process.platform` and `process.arch`. */
  readonly os: string;
  readonly cpu: string;
  /** `GODWIT_BINARY`, when it is set and not empty. */
  readonly chosen?: string | undefined;
  /** Asked on Linux only. */
  libc(): Libc;
  isFile(path: string): boolean;
  /** Whether it is the launcher, perhaps by another name. */
  isLauncher(path: string): boolean;
  /** The folder and the version of an installed package; undefined where there is none. */
  installed(name: string): { readonly folder: string; readonly version: string } | undefined;
}

/** The executable to run, for a godwit of this version. Throws an Error that says which package is missing, why that may be, and what to do. */
export function findExecutable(machine: Machine, version: string): string {
  if (machine.chosen !== undefined) return chosenExecutable(machine, machine.chosen);
  const platform = platformOf(machine);
  const name = packageOf(platform);
  const found = machine.installed(name);
  if (!found) throw new Error(missing(machine, platform));
  if (found.version !== version) {
    throw new Error(
      `this is godwit ${version}, and "${name}" beside it is ${found.version}; both have to be the same: install godwit again`,
    );
  }
  const path = join(found.folder, executableIn(platform));
  if (machine.isFile(path)) return path;
  throw new Error(`"${name}" is installed and holds no "${executableIn(platform)}"; install godwit again`);
}

/** Why a file that exists could not be started, from the code of the operating system. */
export function notStarted(path: string, code: string | undefined): string {
  const why = {
    EACCES: "it is not executable, or lies where nothing may be executed; `chmod +x` it, or install godwit again",
    // The file is there, so what is not found is the loader that it names.
    ENOENT: "this system lacks the loader that it needs: it is for another C library (glibc or musl)",
    ENOEXEC: "it is for another processor or system, or damaged",
  }[code ?? ""];
  return `"${path}" cannot be started: ${why ?? code ?? "the system says no reason"}`;
}

/** The platform of a machine. Throws an Error where there is no executable for it. */
export function platformOf(machine: Machine): Platform {
  const alike = platforms.filter(({ os, cpu }) => os === machine.os && cpu === machine.cpu);
  const libc = alike.some((platform) => platform.libc !== undefined) ? machine.libc() : undefined;
  const found = alike.find((platform) => platform.libc === libc);
  if (found) return found;
  throw new Error(
    `there is no executable for "${machine.os}-${machine.cpu}"; there is one for ${platforms.map(({ name }) => name).join(", ")}. GODWIT_BINARY names one that you have built`,
  );
}

function chosenExecutable(machine: Machine, path: string): string {
  if (machine.isLauncher(path)) {
    throw new Error(`GODWIT_BINARY says "${path}", which is the launcher that would start it; name an executable`);
  }
  if (machine.isFile(path)) return path;
  throw new Error(`GODWIT_BINARY says "${path}", and there is no such file`);
}

function missing(machine: Machine, wanted: Platform): string {
  const name = packageOf(wanted);
  const system = wanted.libc === undefined ? wanted.os : `${wanted.os} with ${wanted.libc}`;
  const others = platforms.map(packageOf).filter((other) => machine.installed(other) !== undefined);
  const head = `the executable for this machine (${system}, ${machine.cpu}) is in the package "${name}", which is not installed`;
  return others.length > 0
    ? `${head}; "${others.join('", "')}" is, so node_modules comes from another machine: run \`npm install\` on this one`
    : `${head}. It is an optional dependency of godwit: \`--omit=optional\`, \`--no-optional\` or a lock file from another machine leave it out. ` +
        `Run \`npm install --include=optional\`, or set GODWIT_BINARY to an executable`;
}
