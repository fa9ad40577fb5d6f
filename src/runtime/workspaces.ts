import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import * as v from "valibot";
import { ToolError } from "../core/errors.ts";
import { readText } from "./files.ts";
import { parseYaml } from "./yaml.ts";

/** A package that lies in a workspace. */
export interface Member {
  readonly name: string;
  /** Absolute. */
  readonly directory: string;
}

/**
 * The members of the workspace that a directory lies in, by path: those of the nearest package.json with `workspaces` (npm, Yarn, Bun) or pnpm-workspace.yaml from
 * there upwards; none where there is neither. A pattern with `!` before it takes away what those before it found. Members without a name cannot be included
 * and are left out. Throws ToolError `file` for a list that cannot be read.
 * https://docs.npmjs.com/cli/using-npm/workspaces, https://pnpm.io/pnpm-workspace_yaml
 */
export async function workspaceMembers(from: string): Promise<readonly Member[]> {
  for (let root = from; ; root = dirname(root)) {
    const patterns = await patternsIn(root);
    if (patterns) return membersOf(root, patterns);
    if (dirname(root) === root) return [];
  }
}

/** What the nearest package.json from a directory upwards says: where it lies, and what it depends on, sorted. Throws ToolError `file`. */
export async function nearestPackage(
  from: string,
): Promise<{ readonly directory: string; readonly dependencies: readonly string[] } | undefined> {
  for (let directory = from; ; directory = dirname(directory)) {
    const manifest = await manifestIn(directory);
    if (manifest) {
      const { dependencies, devDependencies, peerDependencies } = manifest;
      const lists = [dependencies, devDependencies, peerDependencies];
      return { directory, dependencies: [...new Set(lists.flatMap((list) => Object.keys(list ?? {})))].sort() };
    }
    if (dirname(directory) === directory) return undefined;
  }
}

const names = v.fallback(v.optional(v.record(v.string(), v.unknown())), undefined);
const texts = v.array(v.string());
const manifestShape = v.object({
  name: v.fallback(v.optional(v.string()), undefined),
  workspaces: v.fallback(v.optional(v.union([texts, v.object({ packages: texts })])), undefined),
  dependencies: names,
  devDependencies: names,
  peerDependencies: names,
});

async function manifestIn(directory: string): Promise<v.InferOutput<typeof manifestShape> | undefined> {
  const file = join(directory, "package.json");
  if (!existsSync(file)) return undefined;
  try {
    return v.parse(manifestShape, JSON.parse(await readText(file)));
  } catch (error) {
    if (error instanceof ToolError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new ToolError("file", `"${file}" is no package.json: ${why}; correct it`, { path: file }, { cause: error });
  }
}

async function patternsIn(root: string): Promise<readonly string[] | undefined> {
  const file = join(root, "pnpm-workspace.yaml");
  if (existsSync(file)) {
    const { value, problems } = parseYaml(await readText(file), file);
    const list = v.safeParse(v.object({ packages: v.optional(texts, []) }), value ?? {});
    if (problems.length === 0 && list.success) return list.output.packages;
    throw new ToolError("file", `"${file}" has no list of "packages"; correct it`, { path: file });
  }
  const list = (await manifestIn(root))?.workspaces;
  return list && "packages" in list ? list.packages : list;
}

async function membersOf(root: string, patterns: readonly string[]): Promise<readonly Member[]> {
  const directories = new Set<string>();
  for (const pattern of patterns) {
    const bare = pattern.replace(/^!/, "").replace(/^\.\//, "").replace(/\/+$/, "");
    if (pattern.startsWith("!")) {
      const glob = new Bun.Glob(bare);
      for (const each of directories)
        if (glob.match(relative(root, each).replaceAll("\\", "/"))) directories.delete(each);
      continue;
    }
    const files = new Bun.Glob(`${bare}/package.json`).scan({ cwd: root, onlyFiles: true, followSymlinks: false });
    for await (const file of files)
      if (!file.split(/[/\\]/).includes("node_modules")) directories.add(dirname(resolve(root, file)));
  }
  const found = await Promise.all(
    [...directories].sort().map(async (directory) => ({ directory, name: (await manifestIn(directory))?.name })),
  );
  return found.flatMap(({ directory, name }) => (name === undefined ? [] : [{ name, directory }]));
}
