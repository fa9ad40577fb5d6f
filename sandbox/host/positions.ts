import type { Position } from "../../src/core/errors.ts";
import { type ModuleScripts, SCRIPT_NAME, type Script, type SourceFile } from "./script.ts";

/** The author's line and column of the innermost frame of a guest stack that is the author's. */
export async function positionOfStack(stack: string, script: Script): Promise<Position | undefined> {
  for (const [, line, column] of stack.matchAll(FRAME)) {
    // Bun's own additions to a script, such as its replacement of require, have no place in the source.
    const position = await original(script, Number(line), Number(column));
    if (position !== undefined) return position;
  }
  return undefined;
}

const FRAME = new RegExp(`\\b${SCRIPT_NAME}:(\\d+):(\\d+)`, "g");

/** The place of the innermost frame of a guest stack, when that is in a module of the project. */
export async function positionInModule(stack: string, modules: ModuleScripts): Promise<Position | undefined> {
  // What the sandbox itself adds on top, such as the call of a host function or what stands in for Drizzle, is not where it happened.
  const own = stack.replace(/^(?:\s*at .*\((?:native|(?:godwit:prelude|drizzle-orm\/)[^)]*)\)\n)+/, "");
  const [, id = "", line, column] = /\(?([^\s()]+):(\d+):(\d+)\)?/.exec(own) ?? [];
  const script = modules.scriptOf(id);
  if (script === undefined) return undefined;
  // A loop that is the first thing in a module has no place but its beginning.
  return (await original(script, Number(line), Number(column))) ?? { file: script.file.path, line: 1, column: 1 };
}

/** The frames of a guest stack that are in files of the author or the project, at the lines as they were written. */
export async function stackInSource(stack: string, script: Script, modules: ModuleScripts): Promise<string> {
  const lines: string[] = [];
  for (const [, name = "", id = "", line, column] of stack.matchAll(ANY_FRAME)) {
    const found = id === SCRIPT_NAME ? script : modules.scriptOf(id);
    const place = found && (await original(found, Number(line), Number(column)));
    if (place) lines.push(`    at ${name} (${place.file}:${place.line}:${place.column})`);
  }
  return lines.join("\n");
}

const ANY_FRAME = /^\s*at (.*?) ?\(?([^\s()]+):(\d+):(\d+)\)?$/gm;

/** The author's line and column of an `import` of this module. */
export async function positionOfImport(module: string, script: Script): Promise<Position | undefined> {
  const literal = JSON.stringify(module);
  const lines = script.code.split("\n");
  const line = lines.findIndex((text) => /\b(import|from)\b/.test(text) && text.includes(literal));
  const found = line >= 0 ? line : lines.findIndex((text) => /\bimport\s*\(/.test(text));
  if (found < 0) return undefined;
  const text = lines[found] ?? "";
  const column = line >= 0 ? text.indexOf(literal) : text.search(/\bimport\s*\(/);
  return original(script, found + 1, column + 1);
}

/** The first place in the source where the text stands between quotes, or the first line. */
export function positionInSource(file: SourceFile, quoted: string): Position {
  return positionAt(file, Math.max(0, ...[`"${quoted}"`, `'${quoted}'`].map((text) => file.source.indexOf(text))));
}

/** Where the default export begins: the place to show when nothing better is known. */
export function positionOfDefault(file: SourceFile): Position {
  return positionAt(file, Math.max(0, file.source.search(/^[ \t]*export\s+default\b/m)));
}

function positionAt(file: SourceFile, offset: number): Position {
  const before = file.source.slice(0, offset).split(/\r\n|[\n\r\u2028\u2029]/);
  return { file: file.path, line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

/** QuickJS counts both from 1; source maps count columns from 0. */
async function original(script: Script, line: number, column: number): Promise<Position | undefined> {
  const { originalPositionFor, TraceMap } = await import("@jridgewell/trace-mapping");
  const found = originalPositionFor(new TraceMap(await script.map()), { line, column: Math.max(0, column - 1) });
  if (found.line === null) return undefined;
  return { file: script.file.path, line: found.line, column: found.column + 1 };
}
