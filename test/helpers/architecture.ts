import { posix } from "node:path";
import { type Layer, layerOf } from "./layers.ts";
import { computedImports, type ImportedModule, importedModules, lineAt, only } from "./source-text.ts";

/** Path from the repository's root → text. */
export type SourceFiles = ReadonlyMap<string, string>;

export interface Violation {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Holds the sources against every rule of the architecture; no violation means that all hold. */
export const checkArchitecture = (files: SourceFiles): readonly Violation[] => [
  ...cycles(files),
  ...[...files].flatMap(([file, text]) =>
    fileRules.flatMap((rule) => rule(file, text).map((found) => ({ line: 1, ...found, file }))),
  ),
];

export const formatViolation = ({ rule, file, line, message }: Violation): string =>
  `${file}:${line} ${rule}: ${message}`;

type Finding = Omit<Violation, "file" | "line"> & { readonly line?: number };
type FileRule = (file: string, text: string) => readonly Finding[];

const maxLines = 400;

const size: FileRule = (file, text) => {
  const lines = text.split("\n").length - 1;
  if (lines <= maxLines || isGenerated(file)) return [];
  return [{ rule: "size", message: `${lines} lines, at most ${maxLines}: split it by concept` }];
};

const names: FileRule = (file) => {
  const words = file.toLowerCase().split(/[^a-z]+/);
  const banned = words.find((word) => bannedWords.includes(word.replace(/s$/, "")));
  const base = posix.basename(file);
  const message = banned
    ? `"${banned}" says nothing about what is in the file`
    : /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:gen|test|d|node|any|library|cli))?\.ts$/.test(base)
      ? undefined
      : `"${base}" is not kebab-case`;
  return message ? [{ rule: "name", message }] : [];
};

const bannedWords = ["provider", "manager", "service", "handler", "processor", "engine", "helper", "util", "common"];

const layering: FileRule = (file, text) => {
  const layer = layerOf(file);
  if (!layer) return [{ rule: "layer", message: "belongs to no layer" }];
  return importedModules(text).flatMap((module) => {
    const target = resolve(file, module.specifier);
    if (target === undefined) return checkPackage(layer, module);
    if (mayImport(layer, file, target, module.typeOnly)) return [];
    return [{ rule: "layer", line: module.line, message: `${layer.name} may not import "${target}"` }];
  });
};

const mayImport = (layer: Layer, file: string, target: string, typeOnly: boolean): boolean => {
  const own = layer.ownFolder ? layer.files.exec(file)?.[1] : undefined;
  // A dialect's pure half must not reach its driver, though it is in the same folder.
  if (own && target.startsWith(own)) return layer.name === "driver" || target !== `${own}driver.ts`;
  const allowed = typeOnly ? [...layer.imports, ...(layer.types ?? [])] : layer.imports;
  return allowed.some((pattern) => pattern.test(target));
};

const checkPackage = (layer: Layer, { specifier, line }: ImportedModule): readonly Finding[] =>
  layer.packages === "all" || layer.packages.includes(specifier)
    ? []
    : [{ rule: "purity", line, message: `${layer.name} may not import "${specifier}"` }];

/** The compiler keeps these out of the core; dialects share a compiler project with their drivers. */
const ambient: FileRule = (file, text) => {
  const pure = ["core", "dialect", "guest"].includes(layerOf(file)?.name ?? "");
  if (!pure || isGenerated(file)) return [];
  const pattern = /(?<![.\w$])(process|Bun|console|fetch|require|setTimeout|setInterval)\s*[.(]/g;
  return matches(only(text, "code"), pattern, (name) => ({ rule: "purity", message: `uses the ambient "${name}"` }));
};

const exits: FileRule = (file, text) => {
  if (file === "src/cli/run.ts" || file.startsWith("src/build/")) return [];
  const message = "only src/cli/run.ts ends the process; throw a ToolError";
  return matches(only(text, "code"), /\bprocess\s*\.\s*exit\b/g, () => ({ rule: "exit", message }));
};

const literalImports: FileRule = (file, text) =>
  file.startsWith("src/build/")
    ? []
    : computedImports(text).map((line) => ({
        rule: "literal-import",
        line,
        message: "a compiled executable resolves literal import paths only; list it in a generated registry",
      }));

/** Upper-case keywords followed by what makes them SQL; prose about SQL rarely looks like this. */
const sql: FileRule = (file, text) => {
  if (sqlAllowed.test(file) || isGenerated(file)) return [];
  const pattern =
    /\b(SELECT\s+[*"'\d(a-z_$]|INSERT INTO\s|DELETE FROM\s|UPDATE\s+\S+\s+SET\s|ALTER TABLE\s|DROP (?:TABLE|INDEX|COLUMN|TYPE|VIEW)\s|CREATE (?:UNIQUE )?(?:TABLE|INDEX|TYPE|VIEW|SCHEMA)\s|PRAGMA\s)/g;
  const message = (found: string) =>
    `SQL text ("${found.trim()}") belongs into a dialect, src/core/ddl or src/core/plan`;
  return matches(only(text, "string", "template"), pattern, (found) => ({ rule: "sql", message: message(found) }));
};

/** Operations whose parameters are SQL have it in their examples, as data. */
const sqlAllowed =
  /^src\/(?:core\/ddl|core\/plan|core\/operations\/(?:run-(?:sql|code)|(?:create|replace)-(?:view|object)|example-library)\.ts|core\/(?:lint|policies)\/rules|dialects|build)\b/;

const fileRules: readonly FileRule[] = [size, names, layering, ambient, exits, literalImports, sql];

const matches = (text: string, pattern: RegExp, finding: (found: string) => Finding): readonly Finding[] =>
  [...text.matchAll(pattern)].map((match) => ({ ...finding(match[1] ?? match[0]), line: lineAt(text, match.index) }));

/** Import cycles, types included: bundlers do not mind those, readers do. Imports on demand close no cycle. */
const cycles = (files: SourceFiles): readonly Violation[] => {
  const next = new Map([...files].map(([file, text]) => [file, staticImports(files, file, text)]));
  return components(next)
    .filter((component) => component.length > 1)
    .map((component) => {
      const sorted = component.toSorted();
      return {
        rule: "cycle",
        file: sorted[0] ?? "",
        line: 1,
        message: `these import one another: ${sorted.join(", ")}`,
      };
    });
};

const staticImports = (files: SourceFiles, file: string, text: string): readonly string[] =>
  importedModules(text)
    .filter((module) => !module.dynamic)
    .map((module) => resolve(file, module.specifier))
    .filter((target) => target !== undefined && target !== file && files.has(target))
    .map(String);

/** Strongly connected components, after Tarjan. */
const components = (next: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] => {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (node: string): number => {
    const own = index.size;
    index.set(node, own);
    stack.push(node);
    let lowest = own;
    for (const target of next.get(node) ?? []) {
      if (!index.has(target)) lowest = Math.min(lowest, visit(target));
      else if (stack.includes(target)) lowest = Math.min(lowest, low.get(target) ?? index.get(target) ?? own);
    }
    low.set(node, lowest);
    if (lowest === own) found.push(stack.splice(stack.indexOf(node)));
    return lowest;
  };
  for (const node of next.keys()) if (!index.has(node)) visit(node);
  return found;
};

/** Path of an imported file, or `undefined` for a package; a path into `node_modules` names a package's asset. */
const resolve = (file: string, specifier: string): string | undefined => {
  const path = posix.join(posix.dirname(file), specifier);
  return specifier.startsWith(".") && !path.startsWith("node_modules/") ? path : undefined;
};

const isGenerated = (file: string): boolean => file.endsWith(".gen.ts");
