import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildLibrary } from "../../src/build/library.ts";

const root = join(import.meta.dir, "../..");

/** A project of somebody who has installed godwit, and nothing else. */
export interface InstalledProject {
  readonly directory: string;
  /** Writes files of the project, path → text. */
  write(files: Readonly<Record<string, string>>): void;
  /** Runs a command in it. Nothing of the caller's configuration reaches it. */
  run(command: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
  dispose(): void;
}

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Builds the library and installs what package.json says belongs to it. */
export async function installLibrary(): Promise<InstalledProject> {
  const directory = mkdtempSync(join(tmpdir(), "godwit-installed-"));
  const target = join(directory, "node_modules/godwit");
  mkdirSync(target, { recursive: true });
  cpSync(join(root, "package.json"), join(target, "package.json"));
  await buildLibrary(join(target, "dist/library"));
  writeFileSync(join(directory, "package.json"), '{ "type": "module", "private": true }\n');
  return {
    directory,
    write: (files) => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(directory, path)), { recursive: true });
        writeFileSync(join(directory, path), text);
      }
    },
    run: async (command, env = {}) => {
      const child = Bun.spawn([...command], {
        cwd: directory,
        env: { PATH: process.env["PATH"] ?? "", HOME: directory, ...env },
        stdin: "ignore",
        stdout: "pipe",
        stderr: "pipe",
        timeout: 30_000,
      });
      const [stdout, stderr, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
      return { exitCode, stdout, stderr };
    },
    dispose: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** Makes a package of this repository one of the project, for its types. */
export function borrow({ directory }: InstalledProject, name: string): void {
  const place = join(directory, "node_modules", name);
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(join(root, "node_modules", name), place);
}
