import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./debian-package.ts";
import { sharedFolder } from "./server-folder.ts";

/** apt-get with these words, in that directory; what it prints. Throws with its last words when it fails. */
export type Apt = (words: readonly string[], cwd: string) => string;

/**
 * The packages of a release of Debian, such as `sid`, for this machine's architecture and those that are named (`arm64`), as if nothing were
 * installed: with lists and a state of its own in `state`, from the mirror that the system uses. Calls `apt-get update`. Throws where there is no
 * Debian or no mirror.
 */
export const aptOfRelease = (release: string, state: string, foreign: readonly string[] = []): Apt => {
  for (const part of ["lists/partial", "cache/archives/partial"]) mkdirSync(join(state, part), { recursive: true });
  const keys = "/usr/share/keyrings/debian-archive-keyring.gpg";
  if (!existsSync(keys)) throw new Error(`there is no "${keys}": install the Debian package debian-archive-keyring`);
  writeFileSync(join(state, "sources.list"), `deb [signed-by=${keys}] ${debianMirror()} ${release} main\n`);
  writeFileSync(join(state, "status"), "");
  const options = {
    "Dir::Etc::sourcelist": join(state, "sources.list"),
    "Dir::Etc::sourceparts": "/dev/null",
    "Dir::State::lists": join(state, "lists"),
    "Dir::State::status": join(state, "status"),
    "Dir::Cache": join(state, "cache"),
    "APT::Sandbox::User": "",
    // A mirror that stands still is good enough.
    "Acquire::Check-Valid-Until": "false",
    "Acquire::Languages": "none",
    // What shops show of applications is half of what would be fetched.
    "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled": "false",
  };
  const settings = [...Object.entries(options), ...foreign.map((name) => ["APT::Architectures::", name] as const)];
  const own = settings.flatMap(([key, value]) => ["-o", `${key}=${value}`]);
  const apt: Apt = (words, cwd) => run("apt-get", ["-q", ...own, ...words], cwd);
  apt(["update"], "/");
  return apt;
};

/**
 * Files of packages of Debian 13, in a folder that all test runs share. `packages`: name → what is wanted of it, as paths of its
 * archive (`./usr/bin/a`, or a folder with all that is in it); `musl:arm64` is the one for arm64. What they depend on is not
 * fetched, and nothing is installed. Throws where apt-get cannot reach them.
 */
export const filesOfDebian13 = (name: string, packages: Readonly<Record<string, readonly string[]>>): string =>
  sharedFolder(`debian-13-${name}`, (folder) => {
    const state = join(folder, "apt");
    const archives = join(folder, "packages");
    mkdirSync(archives);
    const apt = aptOfRelease("trixie", state, ["arm64"]);
    for (const [wanted, paths] of Object.entries(packages)) {
      apt(["download", wanted], archives);
      for (const archive of readdirSync(archives)) {
        unpack(join(archives, archive), paths, folder);
        rmSync(join(archives, archive));
      }
    }
    for (const part of [state, archives]) rmSync(part, { recursive: true });
    run("chmod", ["-R", "a+rX", folder], folder);
  });

const unpack = (archive: string, paths: readonly string[], folder: string): void => {
  run("sh", ["-c", 'dpkg-deb --fsys-tarfile "$0" | tar --extract "$@"', archive, ...paths], folder);
};

/** Of the system's package sources, the first that is not for security updates. Throws where there is none. */
const debianMirror = (): string => {
  const folder = "/etc/apt/sources.list.d";
  const parts = existsSync(folder) ? readdirSync(folder).filter((name) => /\.(?:list|sources)$/.test(name)) : [];
  const files = ["/etc/apt/sources.list", ...parts.toSorted().map((name) => join(folder, name))].filter(existsSync);
  const text = files.map((file) => readFileSync(file, "utf8")).join("\n");
  const urls = [...text.matchAll(/^(?:URIs:|deb\s+(?:\[[^\]]*\]\s+)?)\s*(\S+)/gm)].map((match) => match[1] ?? "");
  const mirror = urls.find((url) => /\/debian\/?$/.test(url));
  if (mirror === undefined) throw new Error("the package sources of this system name no mirror of Debian");
  return mirror;
};
