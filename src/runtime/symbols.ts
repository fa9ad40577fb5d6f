import { lstat, readdir, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { indexes } from "../../sandbox/host/resolve.ts";
import { ToolError } from "../core/errors.ts";
import type { HostModule } from "../core/symbols/host-module.ts";
import type { GuestModule, SymbolMap } from "../core/symbols/symbol-map.ts";
import { embeddedFiles } from "./embedded-files.ts";
import { readFound } from "./files.ts";
import { type Project, shownPath } from "./project.ts";
import { readVendored } from "./vendored.ts";

/** Where the modules lie that a project registers for its migrations. */
export interface SymbolPlaces {
  /** Paths in messages are relative to it. */
  readonly root: string;
  /** What godwit.yaml names: module name → absolute path of a file or directory. */
  readonly registered: Readonly<Record<string, string>>;
  /** Where `godwit symbols add` puts packages. */
  readonly vendored: string;
  /** What the program around godwit registers. */
  readonly given?: SymbolMap;
}

/** One of them, read. */
export type ProjectSymbol = LyingSymbol | GivenSymbol;

/** In files of the project. */
export interface LyingSymbol {
  readonly name: string;
  readonly kind: "file" | "directory" | "package";
  /** Absolute: the file or directory. */
  readonly path: string;
  /** Of a package: name and version. */
  readonly package?: string;
  readonly module: GuestModule;
}

/** In the program around godwit: modules that run in the sandbox, or functions of the program. */
export type GivenSymbol =
  | { readonly name: string; readonly kind: "program"; readonly module: GuestModule }
  | { readonly name: string; readonly kind: "host"; readonly module: HostModule };

export const symbolPlaces = ({
  root,
  migrationsDir,
  symbols,
  given,
}: Pick<Project, "root" | "migrationsDir" | "symbols" | "given">): SymbolPlaces => ({
  root,
  registered: symbols ?? {},
  vendored: join(migrationsDir, "symbols"),
  ...(given && { given }),
});

/**
 * Reads all modules that a project registers, sorted by name. Throws ToolError `config` for a name that is taken or no module's, for a path
 * that leads nowhere, and for a package whose file is not the one that was added. The package `except` is not looked at.
 */
export async function readSymbols(
  places: SymbolPlaces,
  { except }: { readonly except?: string } = {},
): Promise<readonly ProjectSymbol[]> {
  const vendored = embeddedFiles(join(places.vendored, ".."))
    ? []
    : await readVendored(places.vendored, { root: places.root, ...(except !== undefined && { except }) });
  refuseTwice(places, vendored);
  const own = await Promise.all(
    Object.entries(places.registered).map(([name, path]) => readSymbol(name, path, places)),
  );
  const symbols = [...own, ...vendored, ...givenSymbols(places.given ?? {})].toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  // Few projects have any.
  if (symbols.length === 0) return [];
  const { checkSymbols } = await import("../../sandbox/host/symbols.ts");
  checkSymbols(symbolMapOf(symbols));
  return symbols;
}

export const symbolMapOf = (symbols: readonly ProjectSymbol[]): SymbolMap =>
  Object.fromEntries(symbols.map(({ name, module }) => [name, module]));

function refuseTwice(
  { registered, given = {}, vendored: list, root }: SymbolPlaces,
  vendored: readonly LyingSymbol[],
): void {
  const places = [
    ["in godwit.yaml", Object.keys(registered)],
    [`by ${shownPath({ root }, list)}/symbols.json`, vendored.map(({ name }) => name)],
    ["by this program", Object.keys(given)],
  ] as const;
  const seen = new Map<string, string>();
  for (const [where, names] of places) {
    for (const name of names) {
      const before = seen.get(name);
      if (before !== undefined)
        throw new ToolError("config", `module "${name}" is registered ${before} and ${where}; take one of them away`, {
          module: name,
        });
      seen.set(name, where);
    }
  }
}

const givenSymbols = (given: SymbolMap): readonly GivenSymbol[] =>
  Object.entries(given).map(([name, module]) =>
    module.kind === "host" ? { name, kind: "host", module } : { name, kind: "program", module },
  );

async function readSymbol(name: string, path: string, { root }: SymbolPlaces): Promise<LyingSymbol> {
  const shown = shownPath({ root }, path);
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return readDirectory(name, path, shown);
  const wrong = !found?.isFile() ? "does not exist" : isSource(path) ? undefined : "is neither .ts nor .js";
  if (wrong !== undefined) throw unusable(name, `"${shown}" ${wrong}`);
  return { name, kind: "file", path, module: { kind: "guest", path: shown, source: readFound(path) } };
}

async function readDirectory(name: string, path: string, shown: string): Promise<LyingSymbol> {
  const files = await sourcesIn(path);
  if (!indexes.some((index) => files.includes(index)))
    throw unusable(name, `the directory "${shown}" has no index.ts or index.js`);
  if (files.length > MAX_FILES) throw unusable(name, `the directory "${shown}" has more than ${MAX_FILES} files`);
  const texts = files.map((file) => [file, readFound(join(path, file))] as const);
  const module: GuestModule = { kind: "guest", path: shown, source: "", files: Object.fromEntries(texts) };
  return { name, kind: "directory", path, module };
}

const MAX_FILES = 200;

/** TypeScript and JavaScript below a directory, sorted; links are not followed out of it. */
async function sourcesIn(directory: string): Promise<readonly string[]> {
  const entries = (await readdir(directory, { recursive: true })).map((entry) => entry.replaceAll("\\", "/"));
  const wanted = entries.filter((entry) => isSource(entry) && !/(^|\/)(\.|node_modules\/)/.test(entry)).toSorted();
  const regular = await Promise.all(wanted.map(async (entry) => (await lstat(join(directory, entry))).isFile()));
  return wanted.filter((_, i) => regular[i]);
}

const isSource = (path: string): boolean =>
  [".ts", ".js", ".mts", ".mjs"].includes(extname(path)) && !/\.d\.m?ts$/.test(path);

const unusable = (name: string, why: string): ToolError =>
  new ToolError("config", `module "${name}", registered under "symbols:" in godwit.yaml: ${why}`, { module: name });
