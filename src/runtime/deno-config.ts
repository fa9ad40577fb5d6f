import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { createFile, readText } from "./files.ts";
import { type Project, shownPath } from "./project.ts";

export interface DenoConfig {
  /** As people see it. */
  readonly path: string;
  readonly created: boolean;
  /** Of a file that was there before: entries of `imports` that it does not have, module name → path. */
  readonly missing: Readonly<Record<string, string>>;
}

/**
 * Writes `deno.json` with an import map that leads from the modules that migrations import to their types, so that `deno check` takes migrations
 * with nothing installed. One that is there already is left alone.
 */
export async function writeDenoConfig(project: Project): Promise<DenoConfig> {
  const imports = await importsOf(project);
  const names = ["deno.json", "deno.jsonc"];
  const found = names.map((name) => join(project.root, name)).find((path) => existsSync(path));
  const path = found ?? join(project.root, "deno.json");
  const shown = shownPath(project, path);
  if (found === undefined) {
    await createFile(path, `${JSON.stringify({ imports }, undefined, 2)}\n`);
    return { path: shown, created: true, missing: {} };
  }
  const text = readFileSync(path, "utf8");
  // Comments may stand anywhere in it; a name in quotes is all that is looked for.
  const missing = Object.entries(imports).filter(([name]) => !text.includes(JSON.stringify(name)));
  return { path: shown, created: false, missing: Object.fromEntries(missing) };
}

/** What tsconfig.json says to other editors, from the root of the project. */
async function importsOf({ root, migrationsDir }: Project): Promise<Readonly<Record<string, string>>> {
  const text = await readText(join(migrationsDir, "tsconfig.json"));
  const { compilerOptions } = JSON.parse(text) as {
    readonly compilerOptions: { readonly paths: Readonly<Record<string, readonly string[]>> };
  };
  const entries = Object.entries(compilerOptions.paths).flatMap(([name, [path = ""]]) =>
    name.endsWith("/*")
      ? builtIn.map((part) => [name.replace("*", part), path.replace("*", part)] as const)
      : [[name, path] as const],
  );
  return Object.fromEntries(entries.map(([name, path]) => [name, fromRoot(root, join(migrationsDir, path))]));
}

/** Import maps have no pattern that adds an ending. */
const builtIn = ["csv", "hash", "text", "uuid"];

function fromRoot(root: string, path: string): string {
  const inside = relative(root, path).replaceAll("\\", "/");
  return inside.startsWith("../") ? inside : `./${inside}`;
}
