import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { ToolError } from "../core/errors.ts";
import { jsonIn } from "../core/plan/compiled-text.ts";
import { type CompiledSource, compiledDocument } from "./compiled-source.ts";
import { fileError, readText } from "./files.ts";

/** Migrations compiled to a file, absolute; `shown` is how messages call it. It is read when somebody asks, and once. */
export const compiledFile = (path: string, shown: string): CompiledSource => ({
  ...compiledDocument(() => readDocument(path, shown), shown),
  beside: dirname(path),
});

/** A hundred thousand migrations have less. What is larger is something else, and reading it would take all memory. */
const MAX_BYTES = 256 * 1024 * 1024;

async function readDocument(path: string, shown: string): Promise<unknown> {
  const found = await stat(path).catch((error: unknown) => Promise.reject(fileError("read", path, error)));
  if (found.isFile() && found.size > MAX_BYTES)
    throw new ToolError("file", `"${shown}" has ${found.size} bytes; compiled migrations have ${MAX_BYTES} at most`, {
      file: shown,
    });
  const json = jsonIn(await readText(path));
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ToolError("file", `"${shown}" is damaged: ${why}; run \`godwit compile\` again`, { file: shown });
  }
}
