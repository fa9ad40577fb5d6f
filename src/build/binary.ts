import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { platformOf } from "../launcher/executable.ts";
import { thisMachine } from "../launcher/machine.ts";
import { signForMacX64 } from "./mach-o-signature.ts";

export interface BinaryOptions {
  /** Where the executable goes. */
  readonly outfile: string;
  /** A platform such as `bun-linux-arm64`, when not this one. */
  readonly target?: string;
}

/**
 * Compiles godwit into one executable. Built aside and renamed, so that a running copy or a test that starts one at this
 * moment never meets half a file. Rejects with an Error that holds what the compiler printed.
 */
export const buildBinary = async ({ outfile, target }: BinaryOptions): Promise<void> => {
  const folder = dirname(resolve(outfile));
  mkdirSync(folder, { recursive: true });
  const staging = mkdtempSync(join(folder, ".build-"));
  try {
    const staged = join(staging, basename(outfile));
    await compile(staged, target);
    signForMacX64(staged, "godwit");
    renameSync(staged, outfile);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
};

const root = join(import.meta.dir, "../..");

/** The program first; then files that run as workers, which nothing imports and which must be inside all the same. */
export const entrypoints: readonly string[] = ["src/main.ts", "sandbox/host/worker.ts"];

/**
 * `--splitting` keeps lazy imports lazy (otherwise all is parsed at start: 62 ms instead of 8 for `--help`); `--bytecode`
 * needs ESM for top-level await. The current folder's `.env` and `bunfig.toml` are not godwit's to read: a preload in there
 * would run. Forbidding code from strings shuts Bun macros, inspector and preloads out of the process that transpiles
 * migrations, which nobody trusts.
 */
const flags: readonly string[] = [
  "--compile",
  "--minify",
  "--sourcemap",
  "--format=esm",
  "--splitting",
  "--bytecode",
  // Most runs end before compiling to machine code pays: a quarter of the time of `migrate status`. What runs for seconds gets there all the same.
  "--compile-jit-policy=64",
  // Entry points keep their paths below the repository; the sandbox finds its worker by that path.
  "--root=.",
  "--no-compile-autoload-dotenv",
  "--no-compile-autoload-bunfig",
  "--compile-exec-argv=--disallow-code-generation-from-strings=strict",
];

const compile = async (outfile: string, target: string | undefined): Promise<void> => {
  const where = target === undefined ? [] : [`--target=${target}`];
  const known = { GODWIT_COMMIT: await currentCommit(), GODWIT_TARGET: target?.replace(/^bun-/, "") ?? thisPlatform() };
  const defines = Object.entries(known).map(([name, text]) => `--define=process.env.${name}=${JSON.stringify(text)}`);
  const command = [process.execPath, "build", ...flags, ...where, ...defines, ...entrypoints, "--outfile", outfile];
  const child = Bun.spawn(command, { cwd: root, stdin: "ignore", stdout: "pipe", stderr: "pipe" });
  const [stdout, stderr, exit] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  if (exit !== 0 || !existsSync(outfile)) throw new Error(`the build failed:\n${stdout}${stderr}`);
};

const thisPlatform = (): string => platformOf(thisMachine(import.meta.url)).name;

/** Empty outside a checkout, such as in an unpacked archive. */
const currentCommit = async (): Promise<string> => {
  try {
    const child = Bun.spawn(["git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"], {
      cwd: root,
      stdout: "pipe",
      stderr: "ignore",
    });
    const text = await child.stdout.text();
    return (await child.exited) === 0 ? text.trim() : "";
  } catch {
    return "";
  }
};

if (import.meta.main) {
  const target = process.argv.find((argument) => argument.startsWith("--target="))?.slice("--target=".length);
  const name = target === undefined ? "godwit" : `godwit-${target.replace(/^bun-/, "")}`;
  const outfile = join(root, "dist", target?.includes("windows") ? `${name}.exe` : name);
  const started = performance.now();
  try {
    await buildBinary({ outfile, ...(target !== undefined && { target }) });
    console.log(`built ${outfile} in ${Math.round(performance.now() - started)} ms`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
