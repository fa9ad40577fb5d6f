import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A root directory that holds one program, what it is linked with, and an empty `/proc`, `/migrations` and `/data`. */
export interface BareRoot {
  readonly root: string;
  /** Everything in it, as paths from `/`, sorted. */
  files(): readonly string[];
  write(path: string, text: string): void;
  /** Runs the program in it: nothing can be written but `/data`, and the user is none that has rights. */
  run(words: readonly string[], env?: Readonly<Record<string, string>>): Promise<RunInRoot>;
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

/** `name` is what the program is called there. It is mounted and not copied: it has more than a hundred megabytes. */
export function bareRoot(program: string, name = "godwit"): BareRoot {
  const root = mkdtempSync(join(tmpdir(), "godwit-root-"));
  chmodSync(root, 0o755);
  for (const folder of ["proc", "data", "migrations"]) mkdirSync(join(root, folder));
  chmodSync(join(root, "data"), 0o777);
  writeFileSync(join(root, name), "", { mode: 0o755 });
  for (const library of librariesOf(program)) {
    mkdirSync(dirname(join(root, library)), { recursive: true });
    copyFileSync(library, join(root, library));
  }
  return {
    root,
    files: () =>
      [...new Bun.Glob("**").scanSync({ cwd: root, dot: true, onlyFiles: true })].map((path) => `/${path}`).toSorted(),
    write: (path, text) => writeFileSync(join(root, path), text),
    run: (words, env = {}) => enter({ root, program, name, words, env }),
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
user=$4
shift 4
mount --make-rprivate /
mount --bind "$root" "$root"
mount --bind "$program" "$root/$name"
mount --bind "$root/data" "$root/data"
mount -t proc proc "$root/proc"
mount -o remount,bind,ro "$root"
exec chroot $user "$root" "/$name" "$@"
`;

interface Entering {
  readonly root: string;
  readonly program: string;
  readonly name: string;
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Who is not root becomes the root of a user namespace for the mounts, and stays without rights outside of it. */
async function enter({ root, program, name, words, env }: Entering): Promise<RunInRoot> {
  const isRoot = process.getuid?.() === 0;
  const flags = ["--mount", "--pid", "--fork", "--kill-child", ...(isRoot ? [] : ["--map-root-user"])];
  const user = isRoot ? "--userspec=65534:65534" : "--";
  const inside = ["/usr/bin/env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", ...entries(env), "/bin/sh", "-c", script];
  const child = Bun.spawn(["unshare", ...flags, ...inside, "enter", root, program, name, user, ...words], {
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
