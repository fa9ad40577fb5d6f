import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { indexes } from "../../sandbox/host/resolve.ts";
import { editorFilesWith } from "./editor-files.ts";
import { replaceFile } from "./files.ts";
import { givenTypes } from "./given-types.ts";
import { type Project, shownPath } from "./project.ts";
import { type GivenSymbol, type LyingSymbol, readSymbols, symbolPlaces } from "./symbols.ts";

/** Brings what an editor needs beside the migrations up to date; the results are paths as people see them. Throws as `readSymbols` does. */
export async function writeEditorFiles(
  project: Project,
): Promise<{ readonly created: readonly string[]; readonly updated: readonly string[] }> {
  const result = { created: [] as string[], updated: [] as string[] };
  const symbols = await readSymbols(symbolPlaces(project));
  const lying = symbols.filter((symbol) => "path" in symbol);
  const given = givenTypes(symbols.filter((symbol): symbol is GivenSymbol => !("path" in symbol)));
  const types = Object.fromEntries(lying.map((symbol) => [symbol.name, typesOf(symbol, project)] as const));
  const files = { ...editorFilesWith({ ...types, ...given.types }), ...given.files };
  for (const [name, text] of Object.entries(files)) {
    const path = join(project.migrationsDir, name);
    if (!existsSync(path)) result.created.push(shownPath(project, path));
    else if (readFileSync(path, "utf8") !== text) result.updated.push(shownPath(project, path));
    else continue;
    await replaceFile(path, text);
  }
  return result;
}

/** Relative to the migrations, as the paths of tsconfig.json are. */
function typesOf({ kind, path, module }: LyingSymbol, { migrationsDir }: Project): string {
  const index = indexes.find((file) => Object.hasOwn(module.files ?? {}, file));
  const file = kind === "package" ? path.replace(/\.js$/, ".d.ts") : index === undefined ? path : join(path, index);
  const inside = relative(migrationsDir, file).replaceAll("\\", "/");
  return inside.startsWith("../") ? inside : `./${inside}`;
}
