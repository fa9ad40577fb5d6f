import { existsSync, statSync } from "node:fs";
import { dirname, extname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { DrizzleFiles } from "../../sandbox/host/drizzle.ts";
import { ToolError } from "../core/errors.ts";
import { listDirectory, readFound } from "./files.ts";
import { aliasedPaths } from "./path-aliases.ts";

/**
 * Files of Drizzle tables, and what they import by paths or by aliases of tsconfig.json, from one file to the next. Only files of TypeScript and JavaScript in
 * the directories that the user named, or in the current one, are read: an import cannot reach what lies elsewhere. Throws ToolError `file`.
 */
export async function filesWithImports(paths: readonly string[]): Promise<DrizzleFiles> {
  const entries = (await Promise.all(paths.map(sourcesIn))).flat().map((path) => resolve(path));
  const homes = [process.cwd(), ...entries.map((path) => dirname(path))];
  const texts = new Map<string, string>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (texts.has(path)) continue;
    if (texts.size === MAX_FILES)
      throw new ToolError("file", `the files import more than ${MAX_FILES} others; name those that declare tables`);
    const text = readFound(relative(process.cwd(), path));
    texts.set(path, text);
    const found = importsOf(path, text).map((each) => each.path);
    waiting.push(...found.filter((file) => homes.some((home) => isBelow(file, home))));
  }
  const root = commonDirectory([...texts.keys()]);
  const inRoot = (path: string) => relative(root, path).split(sep).join("/");
  return {
    root: relative(process.cwd(), root) || ".",
    files: Object.fromEntries([...texts].map(([path, text]) => [inRoot(path), linked(path, text)])),
    entries: entries.map(inRoot),
  };
}

const MAX_FILES = 1000;

const extensions = [".ts", ".mts", ".js", ".mjs"];
const isSource = (path: string): boolean => extensions.includes(extname(path)) && !/\.d\.m?ts$/.test(path);

async function sourcesIn(path: string): Promise<readonly string[]> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [path];
  const found = (await listDirectory(path))
    .filter((name) => name !== "node_modules")
    .map(async (name) => {
      const inside = join(path, name);
      return statSync(inside).isDirectory() ? sourcesIn(inside) : isSource(inside) ? [inside] : [];
    });
  const sources = (await Promise.all(found)).flat();
  if (sources.length > 0) return sources;
  throw new ToolError("file", `there is no file of TypeScript or JavaScript in "${path}"`, { path });
}

/** An import of a file: how the text calls it, and where that is. */
interface Import {
  readonly name: string;
  readonly path: string;
}

/** The files that are imported, as far as they are there; the sandbox says which are not. */
const importsOf = (path: string, text: string): readonly Import[] =>
  [...text.matchAll(imports)].flatMap(([, , , name = ""]) => {
    const meant = name.startsWith(".") ? [resolve(dirname(path), name)] : aliasedPaths(name, path);
    const found = meant.flatMap(candidates).find(isFile);
    return found === undefined ? [] : { name, path: found };
  });

const imports = /\b((?:from|import)\s*\(?\s*)(["'])([^"'\n]+)\2/g;

/**
 * The text as the sandbox can link it: names that stand for paths are paths, and modules of the system, which it does not have, are named like
 * packages, of which nothing is known there either.
 */
function linked(path: string, text: string): string {
  const found = new Map(importsOf(path, text).map((each) => [each.name, each.path]));
  return text.replace(imports, (whole, before: string, quote: string, name: string) => {
    const file = name.startsWith(".") ? undefined : found.get(name);
    if (file !== undefined) {
      const inside = relative(dirname(path), file).split(sep).join("/");
      return `${before}${quote}${inside.startsWith(".") ? inside : `./${inside}`}${quote}`;
    }
    return /^(?:node|bun):/.test(name) ? `${before}${quote}${name.replace(":", "-")}${quote}` : whole;
  });
}

const candidates = (path: string): readonly string[] => [
  ...(isSource(path) ? [path] : []),
  path.replace(/\.js$/, ".ts").replace(/\.mjs$/, ".mts"),
  ...extensions.map((extension) => path + extension),
  ...extensions.map((extension) => join(path, `index${extension}`)),
];

const isFile = (path: string): boolean => isSource(path) && existsSync(path) && statSync(path).isFile();

const isBelow = (path: string, directory: string): boolean => {
  const inside = relative(directory, path);
  return !inside.startsWith("..") && !isAbsolute(inside);
};

function commonDirectory(paths: readonly string[]): string {
  const [first = process.cwd(), ...rest] = paths.map((path) => dirname(path));
  return rest.reduce((common, path) => {
    let shared = common;
    while (!isBelow(path, shared)) shared = dirname(shared);
    return shared;
  }, first);
}
