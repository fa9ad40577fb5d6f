import { resolve } from "node:path";
import type { ToolError } from "../../src/core/errors.ts";
import { positioned, tooLarge } from "./errors.ts";
import { isInert } from "./inert.ts";
import { MAX_OUTPUT_LENGTH } from "./limits.ts";
import type { Script, SourceFile } from "./script.ts";

/** A folder that does not exist: no tsconfig.json or package.json of the machine takes part. */
const NOWHERE = "/godwit-sandbox-nowhere/migrations";

/** Removes the types of files in one go, by Bun's bundler. Throws as `transpile` does. */
export async function translate(files: readonly SourceFile[]): Promise<readonly Script[]> {
  const names = files.map((_, index) => `${NOWHERE}/${index}.ts`);
  const options = {
    entrypoints: names,
    files: Object.fromEntries(files.map((file, index) => [names[index], file.source])),
    // Bun opens what paths of the output are relative to, which is else the current directory, and that may be one without the right to read it.
    root: resolve("/"),
    target: "browser",
    format: "esm",
    sourcemap: "external",
    throw: false,
    // Security: indentation makes megabytes of a few thousand nested blocks.
    minify: { whitespace: true },
    // Security: each of these three is a way for a file to reach the host while it is only being translated.
    macros: false,
    external: ["*"],
    env: "disable",
    define: { "process.env.NODE_ENV": "process.env.NODE_ENV" },
  } as const;
  // `macros` is missing from Bun's types; test/sandbox/transpile.test.ts fails if it stops working.
  const build = () => Bun.build(options as unknown as Bun.BuildConfig);
  const first = await build();
  // Bun looks at package.json and tsconfig.json of the current directory, once, and fails when something is wrong with them.
  const result = first.logs.some((log) => isAboutOthers(log, files)) ? await build() : first;
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

function fileOf(path: string, files: readonly SourceFile[]): SourceFile | undefined {
  const index = /(\d+)\.[jt]s$/.exec(path)?.[1];
  return index === undefined ? undefined : files[Number(index)];
}

const isAboutOthers = ({ level, position }: BuildMessage | ResolveMessage, files: readonly SourceFile[]): boolean =>
  level === "error" && fileOf(position?.file ?? "", files) === undefined;

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
