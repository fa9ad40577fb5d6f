import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { indexes } from "../../sandbox/host/resolve.ts";
import { editorFilesWith } from "./editor-files.ts";
import { replaceFile } from "./files.ts";
import { type Project, shownPath } from "./project.ts";
import { type ProjectSymbol, readSymbols, symbolPlaces } from "./symbols.ts";

/** Brings what an editor needs beside the migrations up to date; the results are paths as people see them. Throws as `readSymbols` does. */
export async function writeEditorFiles(
  project: Project,
): Promise<{ readonly created: readonly string[]; readonly updated: readonly string[] }> {
  const result = { created: [] as string[], updated: [] as string[] };
  const symbols = await readSymbols(symbolPlaces(project));
  const types = symbols.map((symbol) => [symbol.name, typesOf(symbol, project)] as const);
  for (const [name, text] of Object.entries(editorFilesWith(Object.fromEntries(types)))) {
    const path = join(project.migrationsDir, name);
    if (!existsSync(path)) result.created.push(shownPath(project, path));
    else if (readFileSync(path, "utf8") !== text) result.updated.push(shownPath(project, path));
    else continue;
    await replaceFile(path, text);
  }
  return result;
}

/** Relative to the migrations, as the paths of tsconfig.json are. */
function typesOf({ kind, path, module }: ProjectSymbol, { migrationsDir }: Project): string {
  const index = indexes.find((file) => Object.hasOwn(module.files ?? {}, file));
  const file = kind === "package" ? path.replace(/\.js$/, ".d.ts") : index === undefined ? path : join(path, index);
  const inside = relative(migrationsDir, file).replaceAll("\\", "/");
  return inside.startsWith("../") ? inside : `./${inside}`;
}
