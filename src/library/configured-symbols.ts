import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { readConfig } from "../runtime/config-file.ts";

/**
 * What the godwit.yaml of a project registers under `symbols:` for the migrations of a directory: module name → absolute path. It is the nearest
 * one above the directory, if that is a directory of its migrations; nothing else is taken from it. Throws ToolError `config` when it cannot be read.
 */
export function configuredSymbols(directory: string): Readonly<Record<string, string>> {
  const file = nearestConfig(dirname(directory));
  if (file === undefined) return {};
  const { migrations = "migrations", tracks, symbols = {} } = readConfig(file, file);
  const root = dirname(file);
  const own = tracks ? tracks.map((track) => track.migrations) : [migrations];
  if (!own.some((path) => resolve(root, path) === resolve(directory))) return {};
  return Object.fromEntries(Object.entries(symbols).map(([name, path]) => [name, resolve(root, path)]));
}

function nearestConfig(directory: string): string | undefined {
  const file = join(directory, "godwit.yaml");
  if (existsSync(file)) return file;
  const above = dirname(directory);
  return above === directory ? undefined : nearestConfig(above);
}
