import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { ToolError } from "../core/errors.ts";
import type { LimitedDialects } from "../core/schema/check.ts";
import { combine } from "../core/schema/combine.ts";
import type { Declared, DeclaredInclude } from "../core/schema/declared.ts";
import type { Schema } from "../core/schema/model.ts";
import { type Problem, schemaError } from "../core/schema/problem.ts";
import { type ReadFile, readDocument } from "../core/schema/read.ts";
import { writeSchema } from "../core/schema/write.ts";
import { resolveInclude } from "./includes.ts";
import { parseYaml } from "./yaml.ts";
import { yamlText } from "./yaml-text.ts";

/**
 * Reads schema files, directories of them (all `*.yaml` and `*.yml` inside, by path) and what they include as one schema.
 * Throws ToolError `schema` with everything that is wrong in any of them, or `file` when a path is not there. Files are
 * shown relative to `root`, the working directory by default. What is beyond the limits of `dialects` is wrong too.
 */
export async function loadSchema(
  paths: readonly string[],
  options: { readonly root?: string; readonly dialects?: LimitedDialects } = {},
): Promise<Declared> {
  const { load } = await readFiles(paths, options.root);
  if (load.problems.length > 0) throw schemaError(load.problems);
  const files = load.order.flatMap((path) => load.files.get(path) ?? []);
  const chainTo = (file: string): readonly string[] => load.chains.get(file) ?? [];
  return combine(files, { includes: inclusion(load), chainTo }, options.dialects);
}

/**
 * The real paths of the schema files that `paths` stand for, and of all that these include. What they declare is not looked at, so it may
 * lack what an include would bring. Throws as `loadSchema` does where a file cannot be read.
 */
export async function schemaFilesOf(
  paths: readonly string[],
  root?: string,
): Promise<{ readonly listed: readonly string[]; readonly all: readonly string[] }> {
  const { load, listed } = await readFiles(paths, root);
  if (load.problems.length > 0) throw schemaError(load.problems);
  return { listed: await Promise.all(listed.map(real)), all: load.order };
}

async function readFiles(
  paths: readonly string[],
  given: string = process.cwd(),
): Promise<{ readonly load: Load; readonly listed: readonly string[] }> {
  const root = await real(given);
  const listed = (await Promise.all(paths.map((path) => expand(resolve(root, path), path)))).flat();
  const load: Load = { root, files: new Map(), chains: new Map(), order: [], open: new Set(), problems: [] };
  for (const path of listed) await loadFile(load, path, []);
  return { load, listed };
}

/** Reads the text of one schema file, which may not include others. Throws ToolError `schema`. */
export function parseSchema(text: string, file = "schema.yaml"): Declared {
  const parsed = parseYaml(text, file);
  if (parsed.problems.length > 0) throw schemaError(parsed.problems);
  const read = readDocument(parsed.value, parsed);
  const includes = read.declaration.includes.map((include): Problem => {
    return { message: `an include needs a file to start from: "${include.path}"`, position: include.at() };
  });
  return combine([{ ...read, problems: [...read.problems, ...includes] }]);
}

/** The schema as the text of a schema file. */
export const writeYaml = (schema: Schema): string => yamlText(writeSchema(schema));

interface Load {
  readonly root: string;
  /** Real path → what the file says and the real paths of what it includes. */
  readonly files: Map<string, ReadFile & { readonly includes: readonly string[] }>;
  /** File as it is shown → those that led to it first. */
  readonly chains: Map<string, readonly string[]>;
  /** Real paths, each after those it includes. */
  readonly order: string[];
  /** Real paths of what is being read: a file, and those that led to it. */
  readonly open: Set<string>;
  /** What keeps files from being read at all. */
  readonly problems: Problem[];
}

const real = async (path: string): Promise<string> => realpath(path).catch(() => path);

/** The schema files that a path stands for. */
async function expand(path: string, shown: string): Promise<readonly string[]> {
  const info = await stat(path).catch(() => undefined);
  if (!info)
    throw new ToolError(
      "file",
      `schema "${shown}" does not exist; create it, or name the schema file or directory in godwit.yaml or with --schema`,
      { path },
    );
  if (!info.isDirectory()) return [path];
  const files = await schemaFilesIn(path);
  if (files.length === 0)
    throw new ToolError("file", `no schema files in "${shown}"; expected *.yaml or *.yml`, { path });
  return files;
}

/** Hidden entries, installed packages and the configuration are not part of a schema. */
async function schemaFilesIn(directory: string): Promise<readonly string[]> {
  const entries = (await readdir(directory, { withFileTypes: true })).filter(
    (e) => !e.name.startsWith(".") && e.name !== "node_modules",
  );
  const found = await Promise.all(
    entries.map((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return schemaFilesIn(path);
      return /\.ya?ml$/i.test(entry.name) && !/^godwit\.ya?ml$/.test(entry.name) ? [path] : [];
    }),
  );
  return found.flat().sort();
}

/** Reads a file and what it includes, each file once however often it is included. `chain` leads to it, for messages. */
async function loadFile(load: Load, given: string, chain: readonly string[]): Promise<string> {
  const path = await real(given);
  if (load.files.has(path)) return path;
  const shown = shownIn(load, path);
  const text = await readSchemaText(load, path, shown);
  const parsed = parseYaml(text ?? "", shown);
  load.problems.push(...parsed.problems);
  const usable = text !== undefined && parsed.problems.length === 0;
  const { declaration, problems } = readDocument(usable ? parsed.value : undefined, parsed);
  const entry = { declaration, includes: [] as string[], problems: usable ? problems : [] };
  load.files.set(path, entry);
  load.chains.set(shown, chain);
  load.open.add(path);
  for (const include of declaration.includes) {
    const found = await resolveInclude(path, include, [...chain, shown]);
    if ("problem" in found) load.problems.push(found.problem);
    else
      for (const target of found.paths) {
        const circle = load.open.has(await real(target));
        if (circle)
          load.problems.push(circular(load, { target: await real(target), include, chain: [...chain, shown] }));
        else entry.includes.push(await loadFile(load, target, [...chain, shown]));
      }
  }
  load.open.delete(path);
  load.order.push(path);
  return path;
}

const shownIn = ({ root }: Load, path: string): string => {
  const inside = relative(root, path);
  return inside.startsWith("..") ? path : inside.split(sep).join("/");
};

/** Which of two files that include each other wins over the other, nobody could say. */
function circular(
  load: Load,
  {
    target,
    include,
    chain,
  }: { readonly target: string; readonly include: DeclaredInclude; readonly chain: readonly string[] },
): Problem {
  const shown = shownIn(load, target);
  const circle = [...chain.slice(chain.indexOf(shown)), shown].join(" → ");
  return {
    message: `files include each other in a circle: ${circle}; take one include away`,
    position: include.at("path"),
  };
}

const MAX_SCHEMA_BYTES = 64 * 1024 * 1024;

async function readSchemaText(load: Load, path: string, shown: string): Promise<string | undefined> {
  const position = { file: shown, line: 1, column: 1 };
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new Error("it is not a regular file, but a device or a pipe");
    if (found.size > MAX_SCHEMA_BYTES)
      throw new Error(`it has ${found.size} bytes, and a schema has ${MAX_SCHEMA_BYTES} at most`);
    const bytes = await readFile(path);
    // The decoder drops a byte order mark.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    const message =
      error instanceof TypeError
        ? "the file is not UTF-8; save it in that encoding"
        : `the file cannot be read: ${(error as Error).message}`;
    load.problems.push({ message, position });
    return undefined;
  }
}

/** Whether a file includes another, directly or not. Both by the names shown. */
function inclusion(load: Load): (file: string, other: string) => boolean {
  const reached = new Map<string, Set<string>>();
  for (const [path, { declaration }] of load.files) {
    const names = new Set<string>();
    const open = [path];
    const seen = new Set<string>();
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const target of load.files.get(next)?.includes ?? []) {
        if (seen.has(target)) continue;
        seen.add(target);
        open.push(target);
        names.add(load.files.get(target)?.declaration.file ?? target);
      }
    }
    reached.set(declaration.file, names);
  }
  return (file, other) => reached.get(file)?.has(other) ?? false;
}
