import type { ToolError } from "../../src/core/errors.ts";
import { sizeError, tooHeavy, tooLarge } from "./errors.ts";
import { MAX_SOURCE_LENGTH, MAX_WEIGHT_MIB, TRANSPILE_MEMORY_MIB } from "./limits.ts";
import { positionOfDefault } from "./positions.ts";
import type { Script, SourceFile } from "./script.ts";
import { translate } from "./translate.ts";
import { weigh } from "./weigh.ts";

/**
 * Removes the types of TypeScript files; nothing is resolved, bundled or executed. Throws ToolError `migration` at the
 * author's line and column for what cannot be parsed, `limit` for what is too large.
 */
export async function transpile(files: readonly SourceFile[]): Promise<readonly Script[]> {
  const scripts = new Map<SourceFile, Script>();
  for (const batch of files.length === 0 ? [] : batchesOf(files)) {
    for (const script of await guarded(translateBatch(batch), batch)) scripts.set(script.file, script);
  }
  return files.map((file) => scripts.get(file) as Script);
}

/** Files that are translated together, so that what they take together is bounded too. Those with an enum are alone. */
function batchesOf(files: readonly SourceFile[]): readonly (readonly SourceFile[])[] {
  const batches: SourceFile[][] = [];
  let batch: SourceFile[] = [];
  let weight = 0;
  for (const file of files) {
    const own = weightOf(file);
    if (hasEnum(file)) {
      batches.push([file]);
      continue;
    }
    if (batch.length > 0 && weight + own > MAX_WEIGHT) {
      batches.push(batch);
      [batch, weight] = [[], 0];
    }
    batch.push(file);
    weight += own;
  }
  return batch.length === 0 ? batches : [...batches, batch];
}

const MIB = 1024 * 1024;
const MAX_WEIGHT = MAX_WEIGHT_MIB * MIB;

function weightOf(file: SourceFile): number {
  if (file.source.length > MAX_SOURCE_LENGTH) throw tooLarge(file, "the file is larger than", MAX_SOURCE_LENGTH);
  const { bundled, stripped } = weigh(file.source);
  const weight = hasEnum(file) ? stripped : bundled;
  if (weight > MAX_WEIGHT) throw tooHeavy(file, weight / MIB);
  return weight;
}

/**
 * Bun folds the members of an enum, and members made of members can double with every line: a file of 400 characters takes gigabytes.
 * Sucrase leaves the sum to the sandbox, which has limits.
 */
async function translateBatch(files: readonly SourceFile[]): Promise<readonly Script[]> {
  if (!files.some(hasEnum)) return translate(files);
  // First and by itself, so that it is a bundle of its own: it begins with a loop, and Bun compiles all of the bundle around such a loop,
  // which takes 100 MiB for all of Sucrase.
  await import("sucrase/dist/esm/parser/util/identifier.js");
  const { translate: byTokens } = await import("./translate-sucrase.ts");
  return byTokens(files);
}

const hasEnum = ({ source }: SourceFile): boolean => /\benum[\s/]/.test(source);

const POLL_MS = 5;
const TIMEOUT_MS = 1500;

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
  const what = `${which} takes ${spent} to translate from TypeScript; look for one name that is declared many times, or for deep nesting`;
  return sizeError(positionOfDefault(first), limit, what, true);
}
