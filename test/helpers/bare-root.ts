import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A root directory that holds one program, what it is linked with, and an empty `/proc`, `/migrations` and `/data`. */
export interface BareRoot {
  readonly root: string;
  /** Everything in it, as paths from `/`, sorted. */
  files(): readonly string[];
  write(path: string, text: string): void;
  /** Runs the program in it, in that directory or in `/`: nothing can be written but `/data`, and the user is none that has rights. */
  run(words: readonly string[], env?: Readonly<Record<string, string>>, directory?: string): Promise<RunInRoot>;
  remove(): void;
}

export interface RunInRoot {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** What the loader would load, by its own account. */
export function librariesOf(program: string): readonly string[] {
  const { stdout } = Bun.spawnSync(["ldd", program]);
  return [...stdout.toString().matchAll(/(?:=> )?(\/\S+) \(0x/g)].map((match) => match[1] ?? "").toSorted();
}

export interface BareRootOptions {
  /** What the program is called there: `godwit` by default. */
  readonly name?: string;
  /** Path in the root → the file that goes there; by default what `librariesOf` finds, where it lies. */
  readonly libraries?: Readonly<Record<string, string>>;
  /** A program linked with nothing that runs those of another processor; it becomes `/emulator`. */
  readonly emulator?: string;
}

/** The program is mounted and not copied: it has more than a hundred megabytes. */
export function bareRoot(program: string, { name = "godwit", libraries, emulator }: BareRootOptions = {}): BareRoot {
  const root = mkdtempSync(join(tmpdir(), "godwit-root-"));
  chmodSync(root, 0o755);
  for (const folder of ["proc", "data", "migrations"]) mkdirSync(join(root, folder));
  chmodSync(join(root, "data"), 0o777);
  writeFileSync(join(root, name), "", { mode: 0o755 });
  const needed = libraries ?? Object.fromEntries(librariesOf(program).map((path) => [path, path]));
  for (const [place, file] of Object.entries({ ...needed, ...(emulator && { "/emulator": emulator }) })) {
    mkdirSync(dirname(join(root, place)), { recursive: true });
    copyFileSync(file, join(root, place));
  }
  return {
    root,
    files: () =>
      [...new Bun.Glob("**").scanSync({ cwd: root, dot: true, onlyFiles: true })].map((path) => `/${path}`).toSorted(),
    write: (path, text) => writeFileSync(join(root, path), text),
    run: (words, env = {}, directory = "/") =>
      enter({ root, program, name, directory, words: [...(emulator ? ["/emulator"] : []), `/${name}`, ...words], env }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/**
 * Mounts are seen only by this process and those it starts, and end with them. A read-only mount needs to be mounted first and told so
 * then.
 */
const script = `
set -e
root=$1
program=$2
name=$3
directory=$4
user=$5
shift 5
mount --make-rprivate /
mount --bind "$root" "$root"
mount --bind "$program" "$root/$name"
mount --bind "$root/data" "$root/data"
mount -t proc proc "$root/proc"
mount -o remount,bind,ro "$root"
exec unshare $user --root="$root" --wd="$directory" "$@"
`;

interface Entering {
  readonly root: string;
  readonly program: string;
  readonly name: string;
  readonly directory: string;
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Who is not root becomes the root of a user namespace for the mounts, and stays without rights outside of it. */
async function enter({ root, program, name, directory, words, env }: Entering): Promise<RunInRoot> {
  const isRoot = process.getuid?.() === 0;
  const flags = ["--mount", "--pid", "--fork", "--kill-child", ...(isRoot ? [] : ["--map-root-user"])];
  const user = isRoot ? "--setgid=65534 --setuid=65534" : "";
  const inside = ["/usr/bin/env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", ...entries(env), "/bin/sh", "-c", script];
  const child = Bun.spawn(["unshare", ...flags, ...inside, "enter", root, program, name, directory, user, ...words], {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    timeout: 60_000,
  });
  const [stdout, stderr, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  if (/^(?:unshare|mount|chroot):/m.test(stderr)) throw new Error(`namespaces are not permitted here: ${stderr}`);
  return { stdout, stderr, exitCode };
}

const entries = (env: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(env).map(([name, value]) => `${name}=${value}`);
