import { dirname } from "node:path";
import { ToolError } from "../core/errors.ts";
import { type CompiledSource, compiledDocument } from "./compiled-source.ts";
import { readFound } from "./files.ts";

/** Migrations compiled to a file, absolute; `shown` is how messages call it. It is read when somebody asks, and once. */
export const compiledFile = (path: string, shown: string): CompiledSource => ({
  ...compiledDocument(() => readDocument(path, shown), shown),
  beside: dirname(path),
});

/** Tens of thousands of migrations have less. What is larger is something else, and reading it would take all memory. */
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_VALUES = 2_000_000;

async function readDocument(path: string, shown: string): Promise<unknown> {
  const { jsonIn } = await import("../core/plan/compiled-text.ts");
  const json = jsonIn(readFound(path, MAX_BYTES));
  if (json === undefined) return undefined;
  if (valuesIn(json) > MAX_VALUES)
    throw new ToolError(
      "file",
      `"${shown}" has more than ${MAX_VALUES} values, the most that compiled migrations have`,
      {
        file: shown,
      },
    );
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ToolError("file", `"${shown}" is damaged: ${why}; run \`godwit compile\` again`, { file: shown });
  }
}

/** An estimate from above: a value of a few characters takes a hundred bytes when it is read, and an own name of it as much again. */
function valuesIn(json: string): number {
  let values = 0;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === COMMA || code === COLON) values++;
  }
  return values;
}

const COMMA = 44;
const COLON = 58;
