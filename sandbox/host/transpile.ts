import type { ToolError } from "../../src/core/errors.ts";
import { sizeError, tooLarge } from "./errors.ts";
import { MAX_SOURCE_LENGTH, TRANSPILE_MEMORY_MIB } from "./limits.ts";
import { positionOfEnum } from "./positions.ts";
import type { Script, SourceFile } from "./script.ts";
import { translate } from "./translate.ts";

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
    for (const script of await guarded(translate(batch), batch)) scripts.set(script.file, script);
  }
  return files.map((file) => scripts.get(file) as Script);
}

const POLL_MS = 25;
const TIMEOUT_MS = 10_000;
const MIB = 1024 * 1024;

function checkSource(file: SourceFile): void {
  if (file.source.length > MAX_SOURCE_LENGTH) throw tooLarge(file, "the file is larger than", MAX_SOURCE_LENGTH);
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
