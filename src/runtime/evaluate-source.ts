import { codeOf } from "../../sandbox/host/code.ts";
import type { Migration } from "../core/plan/migration.ts";
import { evaluateFiles } from "./evaluate.ts";
import { parseMigration } from "./parse-migration.ts";
import type { Project } from "./project.ts";
import { readSymbols, symbolMapOf, symbolPlaces } from "./symbols.ts";

/**
 * The migration that a text would be as a file of that name, evaluated in the sandbox; nothing is kept. Throws ToolError `migration` or `limit`, as
 * reading the file would.
 */
export async function evaluateSource(project: Project, name: string, source: string): Promise<Migration> {
  const symbols = symbolMapOf(await readSymbols(symbolPlaces(project)));
  const path = `${name}.ts`;
  const [file] = await evaluateFiles([{ path, source }], { cache: "bypass", cacheDirectory: undefined, symbols });
  if (!file) throw new Error(`nothing came of evaluating ${path}`);
  return parseMigration(name, { ...file, code: () => codeOf(source, symbols) });
}
