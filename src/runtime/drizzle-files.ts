import { existsSync, statSync } from "node:fs";
import { dirname, extname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { DrizzleFiles } from "../../sandbox/host/drizzle.ts";
import { ToolError } from "../core/errors.ts";
import { listDirectory, readFound } from "./files.ts";

/**
 * Files of Drizzle tables, and what they import by relative paths, from one file to the next. Only files of TypeScript and JavaScript in
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
    waiting.push(...importsOf(path, text).filter((found) => homes.some((home) => isBelow(found, home))));
  }
  const root = commonDirectory([...texts.keys()]);
  const inRoot = (path: string) => relative(root, path).split(sep).join("/");
  return {
    root: relative(process.cwd(), root) || ".",
    files: Object.fromEntries([...texts].map(([path, text]) => [inRoot(path), text])),
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

/** The files that are imported by relative paths, as far as they are there; the sandbox says which are not. */
const importsOf = (path: string, text: string): readonly string[] =>
  [...text.matchAll(/\b(?:from|import)\s*\(?\s*(["'])(\.{1,2}\/[^"'\n]*|\.{1,2})\1/g)].flatMap(
    ([, , name = ""]) => candidates(resolve(dirname(path), name)).find(isFile) ?? [],
  );

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
