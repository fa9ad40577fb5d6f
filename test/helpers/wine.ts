import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./debian-package.ts";
import { filesOfDebian13 } from "./debian-release.ts";
import { sharedFolder } from "./server-folder.ts";

/** A disk of Windows, as Wine has it: what is in `folder` is in `C:\work`. */
export interface Windows {
  readonly folder: string;
  /** Runs a program of that folder, in a directory of it (`""` is the folder itself). */
  run(program: string, words: readonly string[], options?: WindowsRun): Promise<RunOnWindows>;
  remove(): void;
}

export interface WindowsRun {
  readonly directory?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunOnWindows {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/**
 * Wine 10, which is the first that has what Bun needs of Windows, of Debian 13 with the C library that it wants: it runs in a root directory of its
 * own, without a display. About 120 MB are fetched once, which become 1.5 GB. Throws where Debian's packages cannot be reached.
 */
export function windows(): Windows {
  const root = wineRoot();
  const folder = mkdtempSync(join(tmpdir(), "godwit-windows-"));
  return {
    folder,
    run: (program, words, options = {}) =>
      enter({ root, folder, words: [`C:\\work\\${program}`, ...words], ...options }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const prefix = "/prefix";
const work = `${prefix}/drive_c/work`;

/** What stands for `/`, with a disk C: as Windows would have installed it. */
const wineRoot = (): string =>
  sharedFolder("wine-10", (root) => {
    const files = filesOfDebian13("wine", {
      wine64: ["./usr/lib/wine/wine64", "./usr/lib/wine/wineserver64"],
      libwine: [...wineParts],
      "libz-mingw-w64": ["./usr/x86_64-w64-mingw32/lib/zlib1.dll"],
      libc6: [libraries, "./usr/lib64"],
      ...Object.fromEntries(loaded.map((name) => [name, [libraries]])),
    });
    run("cp", ["--archive", "--link", join(files, "usr"), root], root);
    for (const name of ["lib", "lib64"]) symlinkSync(`usr/${name}`, join(root, name));
    for (const name of ["proc", "dev", "sys", "tmp"]) mkdirSync(join(root, name));
    // The one of the package is a script that chooses between two.
    copyFileSync(join(root, "usr/lib/wine/wineserver64"), join(root, "usr/lib/wine/wineserver"));
    const system = join(root, prefix, "drive_c/windows/system32");
    mkdirSync(system, { recursive: true });
    mkdirSync(join(root, work));
    copyFileSync(join(root, "usr/x86_64-w64-mingw32/lib/zlib1.dll"), join(system, "zlib1.dll"));
    const making = entering({ root, folder: join(root, "tmp"), words: ["wineboot", "--init"] });
    const { stderr } = Bun.spawnSync(making, { timeout: 90_000, killSignal: "SIGKILL" });
    if (!existsSync(join(system, "bcryptprimitives.dll"))) throw new Error(`Wine makes no disk: ${stderr}`);
  });

const libraries = "./usr/lib/x86_64-linux-gnu";
const loaded = ["libunwind8", "liblzma5", "libgcc-s1"];

const wineParts = [
  "./usr/lib/x86_64-linux-gnu/wine/x86_64-unix",
  "./usr/lib/x86_64-linux-gnu/wine/x86_64-windows",
  "./usr/share/wine",
] as const;

/** Mounts and processes end with it; Wine's server would stay for some seconds. */
const script = `
set -e
root=$1
folder=$2
directory=$3
shift 3
mount --make-rprivate /
mount --rbind /dev "$root/dev"
mount --rbind /sys "$root/sys"
mount --bind "$folder" "$root${work}"
mount -t proc proc "$root/proc"
exec unshare --root="$root" --wd="$directory" /usr/lib/wine/wine64 "$@"
`;

interface Entering extends WindowsRun {
  readonly root: string;
  readonly folder: string;
  readonly words: readonly string[];
}

function entering({ root, folder, words, directory = "", env = {} }: Entering): string[] {
  const isRoot = process.getuid?.() === 0;
  const flags = ["--mount", "--pid", "--fork", "--kill-child", ...(isRoot ? [] : ["--map-root-user"])];
  const variables = {
    PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
    HOME: "/tmp",
    WINEPREFIX: prefix,
    WINEDEBUG: "-all",
    // Neither .NET nor a browser, which it would offer to fetch.
    WINEDLLOVERRIDES: "mscoree=;mshtml=",
    ...env,
  };
  const given = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  const inside = ["/usr/bin/env", "-i", ...given, "/bin/sh", "-c", script];
  return ["unshare", ...flags, ...inside, "enter", root, folder, join(work, directory), ...words];
}

/** What Wine itself has to say where there is no FreeType; nothing that is tested has a window. */
const aboutFonts = /^Wine cannot find the FreeType font library\.[\s\S]*?freetype\.org\n/;

async function enter(options: Entering): Promise<RunOnWindows> {
  const command = entering(options);
  const child = Bun.spawn(command, {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    timeout: 90_000,
    killSignal: "SIGKILL",
  });
  const [stdout, said, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  if (/^(?:unshare|mount):/m.test(said)) throw new Error(`namespaces are not permitted here: ${said}`);
  return { stdout, stderr: said.replace(aboutFonts, ""), exitCode };
}
