import { join } from "node:path";
import { builtinNames, builtinSources, integrityOf } from "../../../sandbox/host/symbols.ts";
import { ToolError } from "../../core/errors.ts";
import type { SymbolMap } from "../../core/symbols/symbol-map.ts";
import { readFound } from "../files.ts";
import { migrationFiles } from "../migrations.ts";
import { type Project, shownPath } from "../project.ts";
import { exportsOf } from "../symbol-exports.ts";
import { type ProjectSymbol, readSymbols, symbolMapOf, symbolPlaces } from "../symbols.ts";
import { hasSeveral, trackName, tracksOf } from "../tracks.ts";

/** A module that migrations may import. */
export interface SymbolItem {
  readonly name: string;
  readonly kind: "built-in" | ProjectSymbol["kind"];
  /** Where it lies, relative to the project; `null` for what is built in or comes with the program. */
  readonly path: string | null;
  /** Name and version of the package that it was made of. */
  readonly package: string | null;
  readonly exports: readonly string[];
  /** Bytes of its sources; `null` for functions of the program, which have none. */
  readonly size: number | null;
  /** Over its sources; `null` likewise. */
  readonly hash: string | null;
  /** Of a host module that says it. */
  readonly version: string | null;
  /** Names of the migrations that import it; with their track, where there are several. */
  readonly used_by: readonly string[];
  /** Why it cannot be loaded; `null` when it can. */
  readonly problem: string | null;
}

export interface SymbolsListResult {
  readonly symbols: readonly SymbolItem[];
}

/** What the migrations of a project may import, sorted by name; no database is asked. Throws as `readSymbols` does. */
export async function listSymbols(project: Project): Promise<SymbolsListResult> {
  const projects = tracksOf(project);
  const found = new Map<string, SymbolItem>();
  for (const each of projects) {
    const ofTrack = (user: string): string => (hasSeveral(projects) ? `${trackName(each)}/${user}` : user);
    for (const item of await symbolsOf(each)) {
      // What is built in or registered is the same in all tracks; a package that was added belongs to one.
      const key = JSON.stringify([item.name, item.path]);
      const users = [...(found.get(key)?.used_by ?? []), ...item.used_by.map(ofTrack)];
      found.set(key, { ...item, used_by: users });
    }
  }
  return { symbols: [...found.values()].toSorted(byNameAndPlace) };
}

const byNameAndPlace = (a: SymbolItem, b: SymbolItem): number =>
  a.name === b.name ? ((a.path ?? "") < (b.path ?? "") ? -1 : 1) : a.name < b.name ? -1 : 1;

async function symbolsOf(own: Project): Promise<readonly SymbolItem[]> {
  const registered = await readSymbols(symbolPlaces(own));
  const map = symbolMapOf(registered);
  const imported = await importsOf(own);
  const builtin = await builtinSources();
  const items: SymbolItem[] = [];
  for (const name of builtinNames) {
    const module = { kind: "guest", source: builtin[name] ?? "" } as const;
    items.push(await itemOf({ name, module, kind: "built-in", ...nowhere }, map, imported));
  }
  for (const symbol of registered) {
    const place = "path" in symbol ? { path: shownPath(own, symbol.path), package: symbol.package ?? null } : nowhere;
    items.push(await itemOf({ name: symbol.name, module: symbol.module, kind: symbol.kind, ...place }, map, imported));
  }
  return items;
}

const nowhere = { path: null, package: null } as const;

type Known = Pick<SymbolItem, "name" | "kind" | "path" | "package"> & { readonly module: SymbolMap[string] };

async function itemOf(
  { module, ...known }: Known,
  map: SymbolMap,
  imported: ReadonlyMap<string, readonly string[]>,
): Promise<SymbolItem> {
  const found = await exportsOf(known.name, map).catch((error: unknown) => {
    if (error instanceof ToolError) return error;
    throw error;
  });
  return {
    ...known,
    exports: found instanceof ToolError ? [] : found.exported.map(({ name }) => name),
    ...measured(module),
    used_by: imported.get(known.name) ?? [],
    problem: found instanceof ToolError ? found.message : null,
  };
}

function measured(module: SymbolMap[string]): Pick<SymbolItem, "size" | "hash" | "version"> {
  if (module.kind === "host") return { size: null, hash: null, version: module.version ?? null };
  const sources = Object.entries(module.files ?? { "": module.source });
  const text = module.files ? JSON.stringify(sources) : module.source;
  const size = sources.reduce((sum, [, source]) => sum + Buffer.byteLength(source), 0);
  return { size, hash: integrityOf(text), version: null };
}

/** Module name → the migrations whose text imports it. Nothing of them is run, so a name that is put together is not seen. */
async function importsOf({ migrationsDir, root }: Project): Promise<ReadonlyMap<string, readonly string[]>> {
  const users = new Map<string, string[]>();
  const files = (await migrationFiles(migrationsDir, { root })).filter((file) => file.endsWith(".ts"));
  for (const file of files) {
    const source = readFound(join(migrationsDir, file));
    const names = [...source.matchAll(IMPORT)].map(([, name = ""]) => name);
    for (const name of new Set(names)) users.set(name, [...(users.get(name) ?? []), file.slice(0, -".ts".length)]);
  }
  return users;
}

const IMPORT = /^[^\n/*]*(?:\bfrom|\bimport)\s*\(?\s*["']([^"'\n]+)["']/gm;
