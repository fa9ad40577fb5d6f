import { dirname, resolve } from "node:path";
import { decode } from "../../sandbox/host/decode.ts";
import type { EvaluatedModule, EvaluateOptions } from "../../sandbox/host/index.ts";
import type { SourceFile } from "../../sandbox/host/script.ts";
import { sdkHash } from "../../sandbox/host/sdk.gen.ts";
import { ToolError } from "../core/errors.ts";
import { promiseOf } from "../core/symbols/promise.ts";
import type { SymbolMap } from "../core/symbols/symbol-map.ts";
import { version } from "../version.ts";
import { cacheDirectory, encodedIn, type Kept, readPack, writePack } from "./evaluation-cache.ts";

/** What one migration file exports as its default, evaluated now or kept from an earlier run. */
export interface EvaluatedFile extends Omit<EvaluatedModule, "encoded" | "hosts"> {
  /** What `note` of the options said of it, now or when it was kept. */
  readonly note?: unknown;
}

/**
 * Whether an evaluation kept from an earlier run will do. What is about to run is always evaluated afresh. `look`: it will, and need not be
 * confirmed, because nothing is done or written on its word.
 */
export type CacheUse = "use" | "look" | "bypass";

export interface EvaluateFilesOptions extends EvaluateOptions {
  /** `use`: a kept evaluation of the same content will do. `bypass`: evaluate, whatever is kept. For all, or by path. */
  readonly cache: CacheUse | ((path: string) => CacheUse);
  /** Where evaluations are kept; absent: the user's cache directory, `undefined`: nowhere. */
  readonly cacheDirectory?: string | undefined;
  /** What to keep with a new evaluation, something that JSON has, so that it need not be worked out again. What it throws is passed on. */
  readonly note?: (file: EvaluatedFile) => Promise<unknown>;
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
  const { cache, cacheDirectory: directory = defaultDirectory(options), note, ...limits } = options;
  const useOf = typeof cache === "function" ? cache : () => cache;
  const salt = hash(`${version}\0${Bun.version}\0${sdkHash}\0${JSON.stringify(meaningOf(limits.symbols ?? {}))}`);
  const pack = directory === undefined ? undefined : packFile(directory, files);
  const kept = pack === undefined ? new Map<string, Kept>() : readPack(pack, salt);
  const keys = files.map(({ path, source }) => hash(`${path}\0${source}`));
  const again = async (file: SourceFile) => (await evaluate([file], limits))[0];
  const found = files.map((file, i) => {
    const entry = useOf(file.path) === "bypass" ? undefined : kept.get(file.path);
    if (entry?.key !== keys[i] || (note && !entry?.note)) return undefined;
    return entry && recall(file, entry, again);
  });
  const missing = files.filter((_, i) => found[i] === undefined);
  if (missing.length === 0) return found.filter((file) => file !== undefined);
  const fresh = await evaluate(missing, limits);
  const noted = new Map<string, Noted>();
  for (const module of fresh) noted.set(module.path, { ...module, note: await note?.(module) });
  const lasting = new Map([...noted].filter(([, module]) => isLasting(module, limits.symbols ?? {})));
  if (pack !== undefined && remember(files, keys, lasting, kept)) writePack(pack, salt, kept);
  return files.map((file, i) => found[i] ?? (noted.get(file.path) as EvaluatedFile));
}

type Noted = EvaluatedModule & { readonly note: unknown };

/** What the modules of a map stand for, as far as an evaluation depends on it. */
const meaningOf = (symbols: SymbolMap): unknown =>
  Object.entries(symbols).map(([name, module]) => [name, module.kind === "host" ? promiseOf(module) : module]);

/** Whether evaluating again would give the same; a host function may answer otherwise, unless it promises not to. */
const isLasting = ({ hosts }: EvaluatedModule, symbols: SymbolMap): boolean =>
  hosts.every((name) => {
    const module = symbols[name];
    return module?.kind === "host" && module.pure === true;
  });

/** Loaded only when there is something to evaluate: it starts a thread and a WebAssembly machine. */
async function evaluate(files: readonly SourceFile[], options: EvaluateOptions): Promise<readonly EvaluatedModule[]> {
  const { evaluateModules } = await import("../../sandbox/host/index.ts");
  return evaluateModules(files, options);
}

function recall(
  file: SourceFile,
  entry: Kept,
  again: (file: SourceFile) => Promise<EvaluatedModule | undefined>,
): EvaluatedFile {
  let value: { readonly decoded: unknown } | undefined;
  return {
    path: file.path,
    // Most of what is kept is only counted, so it is decoded when somebody looks.
    get value() {
      value ??= { decoded: decodeKept(entry) };
      return value.decoded;
    },
    log: entry.log,
    note: entry.note,
    locate: async (valuePath) => (await again(file))?.locate(valuePath),
  };
}

function decodeKept(entry: Kept): unknown {
  const decoded = decode(encodedIn(entry));
  if ("value" in decoded) return decoded.value;
  throw new ToolError("internal", `an evaluation that failed was kept: ${decoded.problem}`);
}

/** Adds what was evaluated to what is kept; true when that changed anything. */
function remember(
  files: readonly SourceFile[],
  keys: readonly string[],
  fresh: ReadonlyMap<string, Noted>,
  kept: Map<string, Kept>,
): boolean {
  let changed = false;
  for (const [i, { path }] of files.entries()) {
    const module = fresh.get(path);
    const key = keys[i] ?? "";
    const known = kept.get(path);
    if (module === undefined || (known?.key === key && JSON.stringify(known.note) === JSON.stringify(module.note)))
      continue;
    kept.set(path, { key, encoded: module.encoded, log: module.log, note: module.note });
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

const hash = (text: string): string => Bun.SHA256.hash(text, "hex");
