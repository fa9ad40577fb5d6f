import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { missingPackages, run, simulation } from "./debian-package.ts";
import { aptOfRelease } from "./debian-release.ts";
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
  const apt = aptOfRelease("sid", join(folder, "apt"));
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

/** `9.7.4`, of `mysqld  Ver 9.7.4-2 for Linux on x86_64 (Debian)`. */
const versionIn = (said: string): string => /Ver (\d[\d.]*)/.exec(said)?.[1] ?? "unknown";
