import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { readFound } from "./files.ts";

/** What an import means by the `paths` of the nearest tsconfig.json or jsconfig.json: paths without an extension perhaps, in order. */
export function aliasedPaths(name: string, importer: string): readonly string[] {
  const config = configAbove(dirname(importer));
  if (config === undefined) return [];
  const { baseUrl = ".", paths = {} } = config.options;
  const base = resolve(config.directory, baseUrl);
  return Object.entries(paths).flatMap(([pattern, targets]) => {
    const found = wildcardOf(name, pattern);
    return found === undefined
      ? []
      : targets.map((target) =>
          resolve(
            base,
            target.replace("*", () => found),
          ),
        );
  });
}

interface Options {
  readonly baseUrl?: string;
  readonly paths?: Readonly<Record<string, readonly string[]>>;
}

interface Config {
  readonly directory: string;
  readonly options: Options;
}

/** What stands for the asterisk of a pattern; `undefined` when it does not fit. */
function wildcardOf(name: string, pattern: string): string | undefined {
  const [start = "", end] = pattern.split("*");
  if (end === undefined) return name === pattern ? "" : undefined;
  const fits = name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end);
  return fits ? name.slice(start.length, name.length - end.length) : undefined;
}

function configAbove(directory: string): Config | undefined {
  for (let at = directory; ; at = dirname(at)) {
    const path = ["tsconfig.json", "jsconfig.json"].map((name) => join(at, name)).find(isFile);
    if (path !== undefined) return { directory: at, options: optionsIn(readFound(path)) };
    if (dirname(at) === at) return undefined;
  }
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/** Comments and commas at the end of lists may stand in it. A file that cannot be read, or says something else, has no aliases. */
function optionsIn(text: string): Options {
  const plain = text
    .replace(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, quoted?: string) => quoted ?? "")
    .replace(/("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g, (_, quoted?: string) => quoted ?? "");
  try {
    const { compilerOptions: options = {} } = JSON.parse(plain) as { readonly compilerOptions?: Options };
    const isRead = Object.values(options.paths ?? {}).every((list) => Array.isArray(list) && list.every(isText));
    return isRead && (options.baseUrl === undefined || isText(options.baseUrl)) ? options : {};
  } catch {
    return {};
  }
}

const isText = (value: unknown): boolean => typeof value === "string";
