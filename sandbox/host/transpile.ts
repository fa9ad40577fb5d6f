import type { ToolError } from "../../src/core/errors.ts";
import { positioned, sizeError } from "./errors.ts";
import { isInert } from "./inert.ts";
import { MAX_OUTPUT_LENGTH, MAX_SOURCE_LENGTH, TRANSPILE_MEMORY_MIB } from "./limits.ts";
import { positionOfEnum } from "./positions.ts";
import type { Script, SourceFile } from "./script.ts";

/**
 * Removes the types of TypeScript files; nothing is resolved, bundled or executed. Throws ToolError `migration` at the
 * author's line and column for what cannot be parsed, `limit` for what is too large.
 */
export async function transpile(files: readonly SourceFile[]): Promise<readonly Script[]> {
  for (const file of files) checkSource(file);
  // Bun folds the members of an enum, and members made of members can double with every line. Files with an enum are
  // built alone, so that the one which explodes can be named.
  const folded = files.filter((file) => /\benum\b/.test(file.source));
  const scripts = new Map<SourceFile, Script>();
  const plain = files.filter((file) => !folded.includes(file));
  for (const batch of [plain, ...folded.map((file) => [file])]) {
    if (batch.length === 0) continue;
    for (const script of await guarded(build(batch), batch)) scripts.set(script.file, script);
  }
  return files.map((file) => scripts.get(file) as Script);
}

/** A folder that does not exist: no tsconfig.json or package.json of the machine takes part. */
const NOWHERE = "/godwit-sandbox-nowhere/migrations";
const POLL_MS = 25;
const TIMEOUT_MS = 10_000;
const MIB = 1024 * 1024;

async function build(files: readonly SourceFile[]): Promise<readonly Script[]> {
  const names = files.map((_, index) => `${NOWHERE}/${index}.ts`);
  const options = {
    entrypoints: names,
    files: Object.fromEntries(files.map((file, index) => [names[index], file.source])),
    target: "browser",
    format: "esm",
    sourcemap: "external",
    throw: false,
    // Security: each of these three is a way for a file to reach the host while it is only being translated.
    macros: false,
    external: ["*"],
    env: "disable",
    define: { "process.env.NODE_ENV": "process.env.NODE_ENV" },
  } as const;
  // `macros` is missing from Bun's types; test/sandbox/transpile.test.ts fails if it stops working.
  const result = await Bun.build(options as unknown as Bun.BuildConfig);
  const failure = result.logs.find((log) => log.level === "error");
  if (failure !== undefined || !result.success) throw parseError(failure, files);
  // The `sourcemap` of an output is the next output in Bun 1.4.5 when there are several: maps are found by their names.
  const maps = new Map(result.outputs.filter(({ kind }) => kind === "sourcemap").map((map) => [map.path, map]));
  const scripts: Script[] = [];
  for (const output of result.outputs) {
    if (output.kind !== "entry-point") continue;
    const file = fileOf(output.path, files);
    if (file === undefined) continue;
    if (output.size > MAX_OUTPUT_LENGTH)
      throw tooLarge(file, "translated from TypeScript it is larger than", MAX_OUTPUT_LENGTH);
    const map = maps.get(`${output.path}.map`);
    const code = await output.text();
    scripts.push({ file, code, inert: isInert(code), map: () => map?.text() ?? Promise.resolve("") });
  }
  return scripts;
}

function checkSource(file: SourceFile): void {
  if (file.source.length > MAX_SOURCE_LENGTH) throw tooLarge(file, "the file is larger than", MAX_SOURCE_LENGTH);
}

function tooLarge(file: SourceFile, what: string, limit: number): ToolError {
  return sizeError(
    positionOfEnum(file),
    "size",
    `${what} ${limit / MIB} MiB, the most that a migration may have`,
    false,
  );
}

function fileOf(path: string, files: readonly SourceFile[]): SourceFile | undefined {
  const index = /(\d+)\.[jt]s$/.exec(path)?.[1];
  return index === undefined ? undefined : files[Number(index)];
}

function parseError(log: BuildMessage | ResolveMessage | undefined, files: readonly SourceFile[]): ToolError {
  const position = log?.position;
  const file = fileOf(position?.file ?? "", files) ?? files[0];
  const at = { file: file?.path ?? "", line: position?.line ?? 1, column: position?.column ?? 1 };
  return positioned("migration", at, parseMessage(log?.message ?? "it cannot be read"));
}

function parseMessage(message: string): string {
  if (message.startsWith("Macros")) {
    return 'macros are not available in a migration: remove `with { type: "macro" }` (or "macro:") from the import';
  }
  if (message.includes("Maximum call stack")) return "the code is nested too deeply to be read";
  return `syntax error: ${message.slice(0, 500)}`;
}

/** Gives up on a build that takes too much time or memory. Bun cannot cancel one, so the process has to end then. */
async function guarded<T>(work: Promise<T>, files: readonly SourceFile[]): Promise<T> {
  const started = performance.now();
  const before = process.memoryUsage.rss();
  let timer: ReturnType<typeof setInterval> | undefined;
  const alarm = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      const grown = (process.memoryUsage.rss() - before) / MIB;
      if (grown > TRANSPILE_MEMORY_MIB) reject(runaway(files, "memory", `more than ${TRANSPILE_MEMORY_MIB} MiB`));
      if (performance.now() - started > TIMEOUT_MS) reject(runaway(files, "time", `more than ${TIMEOUT_MS / 1000} s`));
    }, POLL_MS);
  });
  try {
    return await Promise.race([work, alarm]);
  } finally {
    clearInterval(timer);
  }
}

function runaway(files: readonly SourceFile[], limit: "memory" | "time", spent: string): ToolError {
  const [first = { path: "", source: "" }] = files;
  const which = files.length === 1 ? "it" : `this file or one of the ${files.length - 1} after it`;
  const what = `${which} takes ${spent} to translate from TypeScript; look for enum members made of each other or for deep nesting`;
  return sizeError(positionOfEnum(first), limit, what, true);
}
