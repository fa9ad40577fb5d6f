import { join } from "node:path";
import {
  builtinNames,
  builtinSources,
  type GuestModule,
  integrityOf,
  type SymbolMap,
} from "../../../sandbox/host/symbols.ts";
import { ToolError } from "../../core/errors.ts";
import { readText } from "../files.ts";
import { migrationFiles } from "../migrations.ts";
import { type Project, shownPath } from "../project.ts";
import { exportsOf } from "../symbol-exports.ts";
import { type ProjectSymbol, readSymbols, symbolMapOf, symbolPlaces } from "../symbols.ts";
import { allTracks, onlyTrack } from "../tracks.ts";

/** A module that migrations may import. */
export interface SymbolItem {
  readonly name: string;
  readonly kind: "built-in" | ProjectSymbol["kind"];
  /** Where it lies, relative to the project; `null` for what is built in. */
  readonly path: string | null;
  /** Name and version of the package that it was made of. */
  readonly package: string | null;
  readonly exports: readonly string[];
  /** Bytes of its sources. */
  readonly size: number;
  /** Over its sources. */
  readonly hash: string;
  /** Names of the migrations that import it. */
  readonly used_by: readonly string[];
  /** Why it cannot be loaded; `null` when it can. */
  readonly problem: string | null;
}

export interface SymbolsListResult {
  readonly symbols: readonly SymbolItem[];
}

/** What the migrations of a project may import, sorted by name; no database is asked. Throws as `readSymbols` does. */
export async function listSymbols(project: Project): Promise<SymbolsListResult> {
  const own = allTracks(project).length === 1 ? project : onlyTrack(project);
  const registered = await readSymbols(symbolPlaces(own));
  const map = symbolMapOf(registered);
  const imported = await importsOf(own);
  const builtin = await builtinSources();
  const items: SymbolItem[] = [];
  for (const name of builtinNames) {
    const module = { kind: "guest", source: builtin[name] ?? "" } as const;
    items.push(await itemOf({ name, module, kind: "built-in", path: null, package: null }, map, imported));
  }
  for (const { name, module, kind, path, package: of } of registered)
    items.push(await itemOf({ name, module, kind, path: shownPath(own, path), package: of ?? null }, map, imported));
  return { symbols: items.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
}

type Known = Pick<SymbolItem, "name" | "kind" | "path" | "package"> & { readonly module: GuestModule };

async function itemOf(
  { module, ...known }: Known,
  map: SymbolMap,
  imported: ReadonlyMap<string, readonly string[]>,
): Promise<SymbolItem> {
  const sources = Object.entries(module.files ?? { "": module.source });
  const text = module.files ? JSON.stringify(sources) : module.source;
  const size = sources.reduce((sum, [, source]) => sum + Buffer.byteLength(source), 0);
  const found = await exportsOf(known.name, map).catch((error: unknown) => {
    if (error instanceof ToolError) return error;
    throw error;
  });
  return {
    ...known,
    exports: found instanceof ToolError ? [] : found.exported.map(({ name }) => name),
    size,
    hash: integrityOf(text),
    used_by: imported.get(known.name) ?? [],
    problem: found instanceof ToolError ? found.message : null,
  };
}

/** Module name → the migrations whose text imports it. Nothing of them is run, so a name that is put together is not seen. */
async function importsOf({ migrationsDir, root }: Project): Promise<ReadonlyMap<string, readonly string[]>> {
  const users = new Map<string, string[]>();
  const files = (await migrationFiles(migrationsDir, { root })).filter((file) => file.endsWith(".ts"));
  for (const file of files) {
    const source = await readText(join(migrationsDir, file));
    const names = [...source.matchAll(IMPORT)].map(([, name = ""]) => name);
    for (const name of new Set(names)) users.set(name, [...(users.get(name) ?? []), file.slice(0, -".ts".length)]);
  }
  return users;
}

const IMPORT = /^[^\n/*]*(?:\bfrom|\bimport)\s*\(?\s*["']([^"'\n]+)["']/gm;
