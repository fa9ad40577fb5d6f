import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { missingPackages, run, simulation } from "./debian-package.ts";
import { builtFolder, sharedFolder } from "./server-folder.ts";

/** How `mysqld` is called: a program and its first arguments. */
export interface MysqlProgram {
  readonly command: readonly string[];
  /** `9.7.4`. */
  readonly version: string;
}

/**
 * The `mysqld` that is installed, unless it is MariaDB under that name; else the one that `fetchMysql` has fetched in the last days.
 * Undefined when there is none: tests that need MySQL are left out then.
 */
export const mysqlProgram = (): MysqlProgram | undefined => {
  found ??= { program: installed() ?? fetched() };
  return found.program;
};

let found: { readonly program: MysqlProgram | undefined } | undefined;

/**
 * Fetches MySQL from Debian's unstable distribution, as no other has it, with all that it needs, the C library too, into a folder that all test runs share: about
 * 50 MB. Nothing is installed, and no rights are needed. Throws when it cannot be had.
 */
export const fetchMysql = (): MysqlProgram => {
  const program = mysqlProgram() ?? programIn(sharedFolder(folderName, unpack));
  found = { program };
  return program;
};

const folderName = "mysql-server-core";

const installed = (): MysqlProgram | undefined => {
  const path = Bun.which("mysqld", {
    PATH: [process.env["PATH"] ?? "", "/usr/sbin", "/usr/local/sbin"].join(delimiter),
  });
  if (!path) return undefined;
  const said = run(path, ["--no-defaults", "--version"], "/");
  return /mariadb/i.test(said) ? undefined : { command: [path, "--no-defaults"], version: versionIn(said) };
};

const fetched = (): MysqlProgram | undefined => {
  const folder = builtFolder(folderName);
  return folder === undefined ? undefined : programIn(folder);
};

/** Called by the loader that belongs to its C library, which is newer than the system's. */
const programIn = (root: string): MysqlProgram => {
  const libraries = join(root, "usr/lib", readFileSync(join(root, "libraries"), "utf8"));
  const loader = readdirSync(libraries).find((name) => name.startsWith("ld-linux")) ?? "ld-linux";
  const command = [
    join(libraries, loader),
    "--library-path",
    libraries,
    join(root, "usr/sbin/mysqld"),
    "--no-defaults",
    `--basedir=${join(root, "usr")}`,
    `--plugin-dir=${join(root, "usr/lib/mysql/plugin")}`,
    `--lc-messages-dir=${join(root, "usr/share/mysql")}`,
  ];
  return { command, version: readFileSync(join(root, "version"), "utf8") };
};

const unpack = (folder: string): void => {
  const packages = join(folder, "packages");
  mkdirSync(packages);
  chmodSync(packages, 0o777);
  const apt = aptOfUnstable(join(folder, "apt"));
  apt(["update"], "/");
  // Perl is for scripts beside the server.
  const names = missingPackages(apt(simulation("mysql-server-core"), "/")).filter((name) => !/perl/.test(name));
  apt(["download", ...names], packages);
  for (const file of readdirSync(packages)) run("dpkg", ["-x", join(packages, file), folder], folder);
  for (const part of ["packages", "apt", "usr/share/doc", "usr/share/man"])
    rmSync(join(folder, part), { recursive: true, force: true });
  run("chmod", ["-R", "a+rX", folder], folder);
  const architecture = readdirSync(join(folder, "usr/lib")).find((name) => name.includes("-linux-"));
  if (architecture === undefined || !existsSync(join(folder, "usr/sbin/mysqld")))
    throw new Error("the package mysql-server-core has no mysqld");
  writeFileSync(join(folder, "libraries"), architecture);
  writeFileSync(join(folder, "version"), "");
  const [program = "", ...words] = programIn(folder).command;
  writeFileSync(join(folder, "version"), versionIn(run(program, [...words, "--version"], "/")));
};

type Apt = (words: readonly string[], cwd: string) => string;

/** With lists and a state of its own, as if nothing were installed, from the mirror that the system uses. */
const aptOfUnstable = (state: string): Apt => {
  for (const part of ["lists/partial", "cache/archives/partial"]) mkdirSync(join(state, part), { recursive: true });
  const keys = "/usr/share/keyrings/debian-archive-keyring.gpg";
  writeFileSync(join(state, "sources.list"), `deb [signed-by=${keys}] ${debianMirror()} sid main\n`);
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
  };
  const own = Object.entries(options).flatMap(([key, value]) => ["-o", `${key}=${value}`]);
  return (words, cwd) => run("apt-get", ["-q", ...own, ...words], cwd);
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

/** `9.7.4`, of `mysqld  Ver 9.7.4-2 for Linux on x86_64 (Debian)`. */
const versionIn = (said: string): string => /Ver (\d[\d.]*)/.exec(said)?.[1] ?? "unknown";
