import { posix } from "node:path";

/** What the files of a module that has several are called among themselves: module name, this, path in its directory. */
const INSIDE = "!";

/** The name by which the sandbox knows a file of a module that is a directory. */
export const fileId = (module: string, file: string): string => `${module}${INSIDE}${file}`;

/**
 * What `name` means in an import of `importer`, of the names that the sandbox has; `undefined` when it may not be imported there.
 * Relative paths are for the files of one module among themselves: no migration has such a name.
 */
export function resolveModule(has: (id: string) => boolean, importer: string, name: string): string | undefined {
  if (name.includes(INSIDE)) return undefined;
  if (!/^\.{1,2}\//.test(name)) return [name, ...indexes.map((file) => fileId(name, file))].find(has);
  const end = importer.indexOf(INSIDE);
  if (end < 0) return undefined;
  const path = posix.join(posix.dirname(importer.slice(end + 1)), name);
  if (path.startsWith("../")) return undefined;
  const module = importer.slice(0, end);
  return candidates(path)
    .map((file) => fileId(module, file))
    .find(has);
}

/** Where a directory begins. */
export const indexes = ["index.ts", "index.js", "index.mts", "index.mjs"] as const;

/** As TypeScript finds them: the path as it stands, `.ts` where `.js` is written, without an extension, a directory. */
const candidates = (path: string): readonly string[] => [
  path,
  path.replace(/\.js$/, ".ts").replace(/\.mjs$/, ".mts"),
  ...[".ts", ".js", ".mts", ".mjs"].map((extension) => path + extension),
  ...indexes.map((file) => posix.join(path, file)),
];
