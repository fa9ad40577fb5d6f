import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildLibrary } from "../../src/build/library.ts";
import { libraryEntries } from "../../src/build/library-entries.ts";
import { engineFile } from "./engines.ts";
import { startServer } from "./kept-server.ts";

/** A folder with the built `edge.js` and what a test writes beside it. */
export interface EdgeFolder {
  readonly directory: string;
  write(files: Readonly<Record<string, string>>): void;
  dispose(): void;
}

/** Builds `edge.js` and `core.js` with their types into a folder of their own. */
export async function edgeFolder(): Promise<EdgeFolder> {
  const directory = mkdtempSync(join(tmpdir(), "godwit-edge-"));
  const entries = libraryEntries.filter(({ files }) => files.any !== undefined);
  await buildLibrary(directory, entries);
  return {
    directory,
    write: (files) => {
      for (const [path, text] of Object.entries(files)) writeFileSync(join(directory, path), text);
    },
    dispose: () => rmSync(directory, { recursive: true, force: true }),
  };
}

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Deno in a folder, without anything that it could have fetched, and with no environment but this. */
export async function deno(
  directory: string,
  arguments_: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const child = Bun.spawn([engineFile("@deno/linux-x64-glibc/deno"), ...arguments_], {
    cwd: directory,
    env: { HOME: directory, DENO_DIR: join(directory, ".deno"), DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1", ...env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    timeout: 120_000,
  });
  const [stdout, stderr, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  return { exitCode, stdout, stderr };
}

/** A Worker of workerd, without miniflare: `modules` are files of the folder, the first is where it begins. */
export async function startWorker(
  { directory }: EdgeFolder,
  modules: readonly string[],
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const missing = modules.find((name) => !existsSync(join(directory, name)));
  if (missing) throw new Error(`there is no "${missing}" in ${directory}`);
  const { port, stop } = await startServer({
    name: "workerd",
    command: (folder, port) => {
      // It may run as a user who cannot read what the test made.
      for (const name of modules) copyFileSync(join(directory, name), join(folder, name));
      writeFileSync(join(folder, "config.capnp"), configOf(modules, port));
      return [
        engineFile("@cloudflare/workerd-linux-64/bin/workerd"),
        "serve",
        "--control-fd=1",
        join(folder, "config.capnp"),
      ];
    },
    ready: /"event":"listen"/,
    failed: /error:|fatal|failed|Couldn't read/i,
    signal: "KILL",
  });
  return { url: `http://127.0.0.1:${port}`, stop };
}

/** https://github.com/cloudflare/workerd/blob/main/src/workerd/server/workerd.capnp */
const configOf = (modules: readonly string[], port: number): string => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  compatibilityDate = "2026-01-01",
  modules = [
${modules.map((name) => `    (name = "${name}", ${name.endsWith(".json") ? "json" : "esModule"} = embed "${name}"),`).join("\n")}
  ],
);
`;
