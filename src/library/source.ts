import { existsSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ToolError } from "../core/errors.ts";
import { compiledFile } from "../runtime/compiled-file.ts";
import { type CompiledSource, compiledData } from "../runtime/compiled-source.ts";
import { embedDirectory } from "../runtime/embedded-files.ts";
import { listDirectory } from "../runtime/files.ts";
import { compiledIn, kindOf } from "./compiled-in.ts";
import { configuredSymbols } from "./configured-symbols.ts";
import type { MigrationFiles } from "./options.ts";

/** A directory that godwit can read migrations from, for as long as it is not disposed of. */
export interface Source {
  /** Absolute. */
  readonly directory: string;
  /** Paths in messages are relative to it. */
  readonly root: string;
  /** Where the migrations come from, when they are compiled; the directory is empty then. */
  readonly compiled?: CompiledSource;
  /** What godwit.yaml registers for these migrations to import: module name → absolute path. */
  readonly symbols?: Readonly<Record<string, string>>;
  dispose(): void;
}

/**
 * Makes a directory of what a program gives as its migrations. Rejects with ToolError `usage` for what is neither a directory nor
 * files, and where there are none: a program that starts without its migrations was built or started wrongly. `name` is that of the
 * track, if there are several.
 */
export async function openSource(files: MigrationFiles, name = defaultName): Promise<Source> {
  if (typeof files === "string" || files instanceof URL) return inPlace(pathOf(files), name);
  if (typeof files !== "object" || files === null)
    throw new ToolError("usage", `"migrations" is ${kindOf(files)}; give a directory, or the files as { name: text }`);
  const data = compiledIn(files);
  if (data) return inMemory(name, new Map(), { ...compiledData(data, name), single: name === defaultName });
  return inMemory(name, textsOf(files));
}

/** What messages call the directory of files that lie in memory. */
const defaultName = "migrations";

function inMemory(name: string, texts: ReadonlyMap<string, string>, compiled?: CompiledSource): Source {
  const { path, remove } = embedDirectory(name, texts);
  return { directory: path, root: dirname(path), ...(compiled && { compiled }), dispose: remove };
}

/** A directory, or a file that `godwit compile` wrote. */
async function inPlace(place: string, name: string): Promise<Source> {
  if (!/\.json$/i.test(place) || !existsSync(place) || statSync(place).isDirectory()) return inDirectory(place);
  return inMemory(name, new Map(), { ...compiledFile(place, basename(place)), single: name === defaultName });
}

async function inDirectory(directory: string): Promise<Source> {
  if (!existsSync(directory) || !statSync(directory).isDirectory())
    throw new ToolError("usage", `the directory of migrations "${directory}" does not exist; check the path`, {
      directory,
    });
  if (!(await listDirectory(directory)).some((file) => /^\d+_.*\.(?:ts|sql)$/.test(file)))
    throw new ToolError("usage", `there are no migrations in "${directory}"; check the path`, { directory });
  const inside = `${process.cwd()}/`;
  const root = directory.startsWith(inside) ? process.cwd() : dirname(directory);
  return { directory, root, symbols: configuredSymbols(directory), dispose: () => undefined };
}

function pathOf(place: string | URL): string {
  if (typeof place === "string" && !place.startsWith("file:")) return resolve(place);
  const url = new URL(place);
  if (url.protocol === "file:") return fileURLToPath(url);
  throw new ToolError("usage", `migrations cannot be read from "${url.href}"; give a path or a file: URL`);
}

/** `import.meta.glob` gives paths as keys; they have to be those of one directory. */
function textsOf(files: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [path, value] of Object.entries(files)) {
    const name = basename(path);
    const text = textIn(value);
    if (text === undefined)
      throw new ToolError("usage", `the migration "${path}" is ${kindOf(value)}, not the text of its file; ${howTo}`, {
        file: path,
      });
    if (texts.has(name))
      throw new ToolError("usage", `there are two migrations called "${name}"; give those of one directory`, {
        file: path,
      });
    texts.set(name, text);
  }
  if (texts.size > 0) return texts;
  throw new ToolError("usage", '"migrations" holds no files; check what they are taken from');
}

/** A module whose default export is the text is what bundlers make of a file that is imported as text. */
function textIn(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  const { default: inner } = (value ?? {}) as { readonly default?: unknown };
  return typeof inner === "string" ? inner : undefined;
}

const howTo = 'import it as text: with { type: "text" } in Bun, { query: "?raw", eager: true } in Vite';
