import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { sharedFolder } from "./server-folder.ts";

/** A program, and what it needs in its environment. */
export interface FoundProgram {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
  /** The folder that stands for `/`: empty when the program is installed. */
  readonly root: string;
}

/**
 * A program of a Debian package: the one that is installed, wherever that is, else the one in the package, which is fetched from the
 * system's package sources with those of its dependencies that the system lacks, and unpacked into a folder that all test
 * runs share. Nothing is installed, and no rights are needed. Throws, saying what to install, when neither works.
 */
export const debianProgram = (packageName: string, path: string): FoundProgram => {
  const name = path.replace(/.*\//, "");
  const installed = Bun.which(name, {
    PATH: [process.env["PATH"] ?? "", "/usr/sbin", "/usr/local/sbin"].join(delimiter),
  });
  if (installed) return { path: installed, env: {}, root: "" };
  const root = debianPackage(packageName);
  const folders = ["usr/lib", "lib"].flatMap((lib) => librariesIn(join(root, lib)));
  return { path: join(root, path), env: { LD_LIBRARY_PATH: folders.join(delimiter) }, root };
};

/** The folder in which the files of a package, and of what it needs beside what the system has, lie as they would under `/`. */
export const debianPackage = (name: string): string =>
  sharedFolder(name, (folder) => {
    try {
      unpack(name, folder);
    } catch (error) {
      throw new Error(
        `tests need what the Debian package "${name}" has: install it, or let apt-get fetch it (${error instanceof Error ? error.message : error})`,
      );
    }
  });

const unpack = (name: string, folder: string): void => {
  const packages = join(folder, "packages");
  mkdirSync(packages);
  // The user that apt-get downloads as, where root calls it, must be able to write here.
  chmodSync(packages, 0o777);
  const apt = aptThatKnows(name, join(folder, "apt"));
  const missing = missingPackages(apt(simulation(name)));
  if (missing.length === 0) throw new Error("it is installed, but without the program that is looked for");
  apt(["download", ...missing], packages);
  for (const file of readdirSync(packages)) run("dpkg", ["-x", join(packages, file), folder], folder);
  for (const part of ["packages", "apt"]) rmSync(join(folder, part), { recursive: true, force: true });
  run("chmod", ["-R", "a+rX", folder], folder);
};

type Apt = (words: readonly string[], cwd?: string) => string;

/** With the lists of packages that the system has; where they do not know the package, with fresh ones of its own. */
const aptThatKnows = (name: string, state: string): Apt => {
  const system: Apt = (words, cwd = "/") => run("apt-get", ["-q", ...words], cwd);
  try {
    system(simulation(name));
    return system;
  } catch {
    mkdirSync(join(state, "lists/partial"), { recursive: true });
    mkdirSync(join(state, "cache/archives/partial"), { recursive: true });
    const options = {
      "Dir::State::lists": join(state, "lists"),
      "Dir::Cache": join(state, "cache"),
      "APT::Sandbox::User": "",
    };
    const own = Object.entries(options).flatMap(([key, value]) => ["-o", `${key}=${value}`]);
    const apt: Apt = (words, cwd = "/") => run("apt-get", ["-q", ...own, ...words], cwd);
    apt(["update"]);
    return apt;
  }
};

/** What makes apt-get say which packages it would fetch. */
export const simulation = (name: string): readonly string[] => [
  ...["install", "--print-uris", "-y", "--no-install-recommends", "-o", "Debug::NoLocking=1", name],
];

/** `'http://…' libaio1_0.3.113-4_amd64.deb 13360 MD5Sum:…` */
export const missingPackages = (uris: string): readonly string[] =>
  [...uris.matchAll(/^'[^']+' ([^_\s]+)_/gm)].map((match) => match[1] ?? "");

/** `x86_64-linux-gnu` and the like with what they have below them, such as `pulseaudio`; and the folder itself. */
const librariesIn = (folder: string): readonly string[] => {
  if (!existsSync(folder)) return [];
  const machines = foldersIn(folder).filter((path) => basename(path).includes("-linux-"));
  return [folder, ...machines, ...machines.flatMap(foldersIn)];
};

const foldersIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));

/** What the program prints. Throws with its last words when it fails. */
export const run = (program: string, words: readonly string[], cwd: string): string => {
  const { status, stdout, stderr, error } = spawnSync(program, words, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C", DEBIAN_FRONTEND: "noninteractive" },
  });
  if (status === 0) return stdout;
  const said = error?.message ?? stderr.trim().split("\n").slice(-3).join(" ");
  throw new Error(`${program} says: ${said}`);
};
