/**
 * The door of the sandbox: TypeScript in, plain data out.
 *
 * QuickJS (WebAssembly) always runs on a thread of its own. Measured in a compiled binary on two cores, the first value
 * is there 35 ms after the process started, against 31 ms on the main thread, and meanwhile the main thread reads files;
 * in return a script that spins inside a built-in is reported instead of hanging the process.
 *
 * A binary that contains this needs `sandbox/host/worker.ts` as a second entry point of its build, after the main one
 * and with the repository as the root of both: `bun build --compile --splitting … --root . src/main.ts
 * sandbox/host/worker.ts`. The WebAssembly file is embedded by the worker's import.
 */
import type { Position } from "../../src/core/errors.ts";
import type { SymbolMap } from "../../src/core/symbols/symbol-map.ts";
import { readData } from "./data.ts";
import { decode, encodePlain, type Places } from "./decode.ts";
import { faultError, valueError } from "./errors.ts";
import { type HostCalls, hostCalls } from "./host-calls.ts";
import { foreignImport } from "./imports.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import type { Outcome } from "./messages.ts";
import { guestModules, type Modules } from "./modules.ts";
import { positionOfStack } from "./positions.ts";
import type { Script, SourceFile } from "./script.ts";
import { readSource } from "./source-data.ts";
import { runScripts, startThread } from "./thread.ts";
import { transpile } from "./transpile.ts";

export type { GuestModule, SymbolMap } from "../../src/core/symbols/symbol-map.ts";
export type { SourceFile } from "./script.ts";
export { sdkHash } from "./sdk.gen.ts";
export { startThread } from "./thread.ts";

export interface EvaluateOptions extends Partial<Limits> {
  /** What may be imported besides the built-in modules. */
  readonly symbols?: SymbolMap;
}

/** What one file exports as its default. */
export interface EvaluatedModule {
  readonly path: string;
  /** Plain data: null, booleans, finite numbers, texts, bigint, Uint8Array, arrays and objects of these. */
  readonly value: unknown;
  /** What the file wrote to the console: at most 100 lines of 1,000 characters. */
  readonly log: readonly string[];
  /** The value as text, to be kept; `decode` of decode.ts reads it back. */
  readonly encoded: string;
  /** The host modules of which it called a function; what it gives depends on more than its text then. */
  readonly hosts: readonly string[];
  /**
   * Where the author wrote a part of the value, such as `operations[2].fields[0]`; the nearest operation around it is
   * what is known. `undefined` when the value was not made by the functions of `"godwit"`.
   */
  locate(valuePath: string): Promise<Position | undefined>;
}

/**
 * Evaluates files in the sandbox, in order. Throws ToolError `migration` (`data`: file, line, column) or `limit` for
 * the first that fails. `data.fatal` on a `limit` means that something cannot be stopped: print the error and end the
 * process with `process.exit`, or it will go on for as long as the author's loop does.
 */
export async function evaluateModules(
  files: readonly SourceFile[],
  options: EvaluateOptions = {},
): Promise<readonly EvaluatedModule[]> {
  const { symbols, ...limits } = options;
  const given = { ...defaultLimits, ...limits };
  const modules = guestModules(symbols);
  const surroundings: Surroundings = { modules, limits: given, host: hostCalls(modules.hosts, given) };
  if (files.length === 0) return [];
  if (files.some(({ source }) => CODE.test(source))) startThread();
  const read = files.map((file) => readModule(file, surroundings));
  let previous: Promise<unknown> = Promise.resolve();
  const batches = inBatches(files.filter((_, i) => read[i] === undefined)).map((batch) => {
    // One batch is translated while the one before it is evaluated.
    const scripts = previous.then(() => timed(transpile, batch));
    previous = scripts.catch(() => undefined);
    return scripts.then(({ result, spentMs }) =>
      evaluateScripts(result, { ...surroundings, limits: { ...given, spentMs } }),
    );
  });
  for (const batch of batches) batch.catch(() => undefined);
  const evaluated: EvaluatedModule[] = [];
  for (const batch of batches) evaluated.push(...(await batch));
  return read.map((module) => module ?? (evaluated.shift() as EvaluatedModule));
}

/** What all files of one evaluation have in common. */
interface Surroundings {
  readonly modules: Modules;
  readonly limits: Limits;
  readonly host: HostCalls | undefined;
}

async function timed<A, R>(
  work: (of: A) => Promise<R>,
  of: A,
): Promise<{ readonly result: R; readonly spentMs: number }> {
  const started = performance.now();
  return { result: await work(of), spentMs: performance.now() - started };
}

/** Hardly a file that only holds data: getting the thread ready while files are translated saves its start. */
const CODE = /=>|^\s*(?:const|let|var|for|if|class|function)\b/m;

const BATCH = 100;

function inBatches(files: readonly SourceFile[]): readonly (readonly SourceFile[])[] {
  return Array.from({ length: Math.ceil(files.length / BATCH) }, (_, i) => files.slice(i * BATCH, (i + 1) * BATCH));
}

/** A file that is data as it stands. It is translated only when somebody asks where in it something is. */
function readModule(file: SourceFile, surroundings: Surroundings): EvaluatedModule | undefined {
  const read = readSource(file.source);
  const encoded = read && encodePlain(read.value);
  const decoded = encoded === undefined ? undefined : decode(encoded);
  if (encoded === undefined || decoded === undefined || "problem" in decoded) return undefined;
  return {
    path: file.path,
    value: decoded.value,
    encoded,
    log: [],
    hosts: [],
    locate: async (valuePath) => {
      const [script] = await transpile([file]);
      return script && positionOfStack(nearest(await placesOf(script, surroundings), valuePath), script);
    },
  };
}

async function evaluateScripts(
  scripts: readonly Script[],
  surroundings: Surroundings,
): Promise<readonly EvaluatedModule[]> {
  const outcomes = await outcomesOf(scripts, surroundings);
  const evaluated: EvaluatedModule[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    evaluated.push(await evaluatedModule(outcome, scripts[index] as Script, surroundings));
  }
  return evaluated;
}

/** In the order of the scripts, up to the first that fails. What is only data is read, the rest runs. */
async function outcomesOf(scripts: readonly Script[], surroundings: Surroundings): Promise<readonly Ran[]> {
  const data = scripts.map(readData);
  const code = scripts.filter((_, i) => data[i] === undefined);
  const ran = code.length === 0 ? [] : [...(await runAll(code, surroundings))];
  const outcomes: Ran[] = [];
  for (const read of data) {
    const outcome = read ? { text: encodePlain(read.value), log: "[]", hosts: [] } : ran.shift();
    if (outcome === undefined) break;
    outcomes.push(outcome);
  }
  return outcomes;
}

/** What a script gave, and the host modules that it called. */
type Ran = Outcome & { readonly hosts: readonly string[] };

async function runAll(scripts: readonly Script[], { modules, limits, host }: Surroundings): Promise<readonly Ran[]> {
  const line = host?.open();
  try {
    const outcomes = await runScripts(scripts, await modules.sources(), limits, line);
    return outcomes.map((outcome, i) => ({ ...outcome, hosts: line?.calledBy(i) ?? [] }));
  } finally {
    line?.close();
  }
}

async function evaluatedModule(outcome: Ran, script: Script, surroundings: Surroundings): Promise<EvaluatedModule> {
  if ("fault" in outcome) throw await faultError(outcome.fault, script, surroundings);
  const foreign = foreignImport(script.file.source, surroundings.modules.names);
  if (foreign !== undefined) throw await faultError({ kind: "module", module: foreign }, script, surroundings);
  const decoded = decode(outcome.text);
  if ("problem" in decoded) {
    throw await valueError(decoded.path, decoded.problem, nearest(decoded.places, decoded.path), script);
  }
  return {
    path: script.file.path,
    value: decoded.value,
    encoded: outcome.text,
    log: JSON.parse(outcome.log) as readonly string[],
    hosts: outcome.hosts,
    locate: async (valuePath) => {
      const places = script.inert ? await placesOf(script, surroundings) : decoded.places;
      return positionOfStack(nearest(places, valuePath), script);
    },
  };
}

/** Inert scripts are evaluated without noting places, which nearly nobody asks for; so this evaluates one again. */
async function placesOf(script: Script, surroundings: Surroundings): Promise<Places> {
  const [outcome] = await runAll([{ ...script, inert: false }], surroundings);
  return outcome === undefined || "fault" in outcome ? [] : decode(outcome.text).places;
}

/** The stack of the innermost operation around a path. */
function nearest(places: Places, path: string): string {
  const around = places.filter(
    ([place]) => place === "" || path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`),
  );
  return around.toSorted(([a], [b]) => b.length - a.length)[0]?.[1] ?? "";
}
