import { type TransformResult, transform } from "sucrase";
import type { ToolError } from "../../src/core/errors.ts";
import { positioned, tooLarge } from "./errors.ts";
import { isInert } from "./inert.ts";
import { MAX_OUTPUT_LENGTH } from "./limits.ts";
import type { Script, SourceFile } from "./script.ts";
import type { translate as inBun } from "./translate.ts";

/**
 * Removes the types of files by Sucrase, which reads a file once, keeps every line where it is and evaluates nothing; what it lets pass
 * although it is no JavaScript, the sandbox refuses. Throws as `transpile` does.
 */
export const translate: typeof inBun = (files) => Promise.resolve().then(() => files.map(translateOne));

function translateOne(file: SourceFile): Script {
  const { code, sourceMap } = withoutTypes(file);
  if (code.length > MAX_OUTPUT_LENGTH)
    throw tooLarge(file, "translated from TypeScript it is larger than", MAX_OUTPUT_LENGTH);
  const data = asData(code);
  const inert = data !== undefined && isInert(data);
  return {
    file,
    code: inert ? data : code,
    inert,
    map: () => coarse(file, sourceMap),
  };
}

function withoutTypes(file: SourceFile): TransformResult {
  try {
    // A carriage return is no different from a line feed to JavaScript, but it is to the reader of plain data.
    return transform(file.source.replaceAll("\r\n", "\n"), {
      transforms: ["typescript"],
      disableESTransforms: true,
      preserveDynamicImport: true,
      filePath: file.path,
      sourceMapOptions: { compiledFilename: file.path },
    });
  } catch (error) {
    throw parseError(file, error);
  }
}

function parseError(file: SourceFile, error: unknown): ToolError {
  const { message, loc } = error as { readonly message: string; readonly loc?: { line: number; column: number } };
  const at = { file: file.path, line: loc?.line ?? 1, column: loc?.column ?? 1 };
  if (error instanceof RangeError) return positioned("migration", at, "the code is nested too deeply to be read");
  const what = message.replace(/^Error transforming .*?: /s, "").replace(/ \(\d+:\d+\)$/, "");
  return positioned("migration", at, `syntax error: ${what.slice(0, 500)}`);
}

/**
 * QuickJS names the place of a bracket or a dot, authors look for the word before it: as with Bun, a place is that of the last word that
 * begins before.
 */
async function coarse(file: SourceFile, map: TransformResult["sourceMap"]): Promise<string> {
  const { decodedMappings, TraceMap } = await import("@jridgewell/trace-mapping");
  const lines = file.source.split("\n");
  const begins = ([, , line, column]: readonly number[]): boolean =>
    /[\w$"'`]/.test(lines[line ?? 0]?.charAt(column ?? 0) ?? "");
  const mappings = decodedMappings(new TraceMap(JSON.stringify(map))).map((line) => line.filter(begins));
  return JSON.stringify({ ...map, mappings });
}

/**
 * A script that imports from "godwit" and exports one expression, in the form in which Bun prints it and inert.ts knows it. Every token
 * stays on its line and in its column, so that the source map still holds.
 */
function asData(code: string): string | undefined {
  const [whole, imported = ""] =
    /^(?:\s|\/\/[^\n]*\n)*import \{([\w$,\s]+)\} from ["']godwit["'];?\s*export default (?=\S)/.exec(code) ?? [];
  if (whole === undefined) return undefined;
  const names = imported.split(",").map((name) => name.trim());
  if (names.includes("")) return undefined;
  const head = `import{${names.join(",")}}from"godwit";var m=`;
  const lines = whole.split("\n");
  const column = (lines.at(-1) ?? "").length;
  const blanks =
    lines.length === 1 ? " ".repeat(column - head.length) : "\n".repeat(lines.length - 1) + " ".repeat(column);
  const expression = code.slice(whole.length).trimEnd().replace(/;$/, "");
  return `${head}${blanks}${expression};export{m as default};\n`;
}
