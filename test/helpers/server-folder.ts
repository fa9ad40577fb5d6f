import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface UnixUser {
  readonly uid: number;
  readonly gid: number;
}

/** Whom servers run as; `undefined` means the current user. Most refuse to run as root. */
export const serverUser = (): UnixUser | undefined => (process.getuid?.() === 0 ? nobody : undefined);

/** Some programs want a user with an entry in /etc/passwd, and nobody always has one. */
const nobody: UnixUser = { uid: 65534, gid: 65534 };

/** A temporary folder that `serverUser` can reach. Throws when there is none. */
export const reachableFolder = (): string => {
  const user = serverUser();
  const found = [tmpdir(), "/tmp", "/var/tmp"].find((folder) => existsSync(folder) && (!user || openToAll(folder)));
  if (!found) throw new Error(`no temporary folder is open to uid ${nobody.uid}: set TMPDIR to one that is`);
  return found;
};

/**
 * A folder of that name which all test runs on this machine share; `build` fills it the first time, and after some days
 * again. It is built beside its place and renamed, so that a second process that does the same at once sees all or nothing.
 */
export const sharedFolder = (name: string, build: (folder: string) => void): string => {
  const target = join(ownFolder(reachableFolder()), name);
  if (existsSync(target) && Date.now() - statSync(target).mtimeMs > maxAgeMs) discard(target);
  if (existsSync(target)) return target;
  const staging = mkdtempSync(`${target}.`);
  try {
    chmodSync(staging, 0o755);
    build(staging);
    renameSync(staging, target);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
};

/** Such a folder, where `sharedFolder` need not build it. */
export const builtFolder = (name: string): string | undefined => {
  const target = join(ownFolder(reachableFolder()), name);
  return existsSync(target) && Date.now() - statSync(target).mtimeMs <= maxAgeMs ? target : undefined;
};

/** Below the ten days after which systems clean their temporary folders file by file and would leave half a server. */
const maxAgeMs = 5 * 24 * 3600 * 1000;

const ownFolder = (parent: string): string => {
  const uid = process.getuid?.() ?? 0;
  const folder = join(parent, `godwit-test-${uid}`);
  mkdirSync(folder, { recursive: true });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== uid) {
    throw new Error(`"${folder}" exists and belongs to uid ${found.uid}: remove it, tests keep their servers there`);
  }
  chmodSync(folder, 0o755);
  return folder;
};

const openToAll = (folder: string): boolean => {
  const open = (statSync(folder).mode & 0o001) !== 0;
  return open && (folder === "/" || openToAll(dirname(folder)));
};

/** Out of the way first: deleting takes time, and another process must not see a half-deleted folder. */
const discard = (target: string): void => {
  const grave = `${target}.old-${process.pid}`;
  try {
    renameSync(target, grave);
  } catch (error) {
    if (existsSync(target)) throw error;
  }
  rmSync(grave, { recursive: true, force: true });
};
