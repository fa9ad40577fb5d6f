import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { BunPlugin } from "bun";
import { inputsOf } from "./licences.ts";

export interface ChunkedEntry {
  /** Where its file goes; what it loads later lies in a directory of its name beside it. */
  readonly file: string;
  /** Absolute. */
  readonly source: string;
  readonly plugins: readonly BunPlugin[];
  /** What evaluates migrations: the bundled worker, and the path of the machine of QuickJS. */
  readonly sandbox: { readonly worker: string; readonly wasm: string };
}

/**
 * Bundles an entry of which most is loaded only when it is needed: a program made with it stays as quick as godwit itself. The sandbox are files
 * that the compiler of an executable takes along. Gives the files that it is made of; rejects with an Error that says what went wrong.
 */
export async function writeChunks({ file, source, plugins, sandbox }: ChunkedEntry): Promise<readonly string[]> {
  const name = basename(file, ".js");
  const result = await Bun.build({
    entrypoints: [source],
    target: "bun",
    format: "esm",
    splitting: true,
    naming: { entry: basename(file), chunk: `${name}/[name]-[hash].js` },
    outdir: dirname(file),
    // What they were made of is known of executables of godwit only; the environment has nothing to say about it.
    define: { "process.env.GODWIT_COMMIT": '""', "process.env.GODWIT_TARGET": '""' },
    plugins: [sandboxFiles, ...plugins],
    metafile: true,
    throw: false,
  });
  if (!result.success) throw new Error(`${source}:\n${result.logs.join("\n")}`);
  const folder = join(dirname(file), name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "sandbox-worker.js"), sandbox.worker);
  copyFileSync(sandbox.wasm, join(folder, "sandbox.wasm"));
  writeFileSync(join(folder, FILES), filesText);
  await requireBeside(result.outputs, folder);
  return inputsOf(result);
}

const FILES = "sandbox-files.js";

/** Left as it stands for the compiler of an executable, which puts the files inside of it. */
const filesText = `import machine from "./sandbox.wasm" with { type: "file" };
import worker from "./sandbox-worker.js" with { type: "file" };
export { machine, worker };
`;

const sandboxFiles: BunPlugin = {
  name: "files of the sandbox",
  setup: (build) => {
    build.onResolve({ filter: /^godwit:sandbox-files$/ }, () => ({ path: `./${FILES}`, external: true }));
  },
};

/** Its path is right in the chunks only, which lie beside it. */
async function requireBeside(outputs: readonly Bun.BuildArtifact[], folder: string): Promise<void> {
  const naming: string[] = [];
  for (const output of outputs) if ((await output.text()).includes(FILES)) naming.push(output.path);
  if (naming.length === 0 || naming.some((path) => dirname(path) !== folder))
    throw new Error(`${FILES} is named by ${naming.join(", ") || "no chunk"}, and only what is in ${folder} finds it`);
}
