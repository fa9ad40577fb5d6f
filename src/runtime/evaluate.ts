import { dirname, resolve } from "node:path";
import { decode } from "../../sandbox/host/decode.ts";
import type { EvaluatedModule, EvaluateOptions } from "../../sandbox/host/index.ts";
import type { SourceFile } from "../../sandbox/host/script.ts";
import { sdkHash } from "../../sandbox/host/sdk.gen.ts";
import { version } from "../version.ts";
import { cacheDirectory, type Kept, readPack, writePack } from "./evaluation-cache.ts";

/** What one migration file exports as its default, evaluated now or kept from an earlier run. */
export type EvaluatedFile = Omit<EvaluatedModule, "encoded">;

export interface EvaluateFilesOptions extends EvaluateOptions {
  /** `use`: a kept evaluation of the same content will do. `bypass`: evaluate, whatever is kept. */
  readonly cache: "use" | "bypass";
  /** Where evaluations are kept; absent: the user's cache directory, `undefined`: nowhere. */
  readonly cacheDirectory?: string | undefined;
}

/**
 * Evaluates migration files in the sandbox, or takes kept results for them. Throws what `evaluateModules` throws; a cache
 * that is missing, damaged or read-only only costs time.
 */
export async function evaluateFiles(
  files: readonly SourceFile[],
  options: EvaluateFilesOptions,
): Promise<readonly EvaluatedFile[]> {
  if (files.length === 0) return [];
  const { cache, cacheDirectory: directory = defaultDirectory(options), ...limits } = options;
  const salt = hash(`${version}\0${Bun.version}\0${sdkHash}\0${JSON.stringify(limits.symbols ?? {})}`);
  const pack = directory === undefined ? undefined : packFile(directory, files);
  const kept = pack === undefined ? new Map<string, Kept>() : readPack(pack, salt);
  const keys = files.map(({ path, source }) => hash(`${path}\0${source}`));
  const found = files.map((file, i) => (cache === "use" ? recall(file, keys[i] ?? "", kept, limits) : undefined));
  const missing = files.filter((_, i) => found[i] === undefined);
  const fresh = missing.length === 0 ? [] : await evaluate(missing, limits);
  const byPath = new Map(fresh.map((module) => [module.path, module]));
  if (pack !== undefined && remember(files, keys, byPath, kept)) writePack(pack, salt, kept);
  return files.map((file, i) => found[i] ?? (byPath.get(file.path) as EvaluatedFile));
}

/** Loaded only when there is something to evaluate: it starts a thread and a WebAssembly machine. */
async function evaluate(files: readonly SourceFile[], options: EvaluateOptions): Promise<readonly EvaluatedModule[]> {
  const { evaluateModules } = await import("../../sandbox/host/index.ts");
  return evaluateModules(files, options);
}

function recall(
  file: SourceFile,
  key: string,
  kept: ReadonlyMap<string, Kept>,
  options: EvaluateOptions,
): EvaluatedFile | undefined {
  const entry = kept.get(file.path);
  if (entry?.key !== key) return undefined;
  const decoded = decode(entry.encoded);
  if (!("value" in decoded)) return undefined;
  return {
    path: file.path,
    value: decoded.value,
    log: JSON.parse(entry.log) as readonly string[],
    locate: async (valuePath) => (await evaluate([file], options))[0]?.locate(valuePath),
  };
}

/** Adds what was evaluated to what is kept; true when that changed anything. */
function remember(
  files: readonly SourceFile[],
  keys: readonly string[],
  fresh: ReadonlyMap<string, EvaluatedModule>,
  kept: Map<string, Kept>,
): boolean {
  let changed = false;
  for (const [i, { path }] of files.entries()) {
    const module = fresh.get(path);
    const key = keys[i] ?? "";
    if (module === undefined || kept.get(path)?.key === key) continue;
    kept.set(path, { key, encoded: module.encoded, log: JSON.stringify(module.log) });
    changed = true;
  }
  return changed;
}

function defaultDirectory(options: EvaluateFilesOptions): string | undefined {
  return "cacheDirectory" in options ? undefined : cacheDirectory(process.env);
}

/**
 * One file per directory of migrations, not one per migration: 1,000 kept results took 4 ms from one file and 8 ms from a
 * thousand, they are written at once, and a project never leaves more than one file behind.
 */
function packFile(directory: string, files: readonly SourceFile[]): string {
  return resolve(directory, `${hash(resolve(dirname(files[0]?.path ?? "."))).slice(0, 32)}.evaluated`);
}

function hash(text: string): string {
  return new Bun.CryptoHasher("sha256").update(text).digest("hex");
}
