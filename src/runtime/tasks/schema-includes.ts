import { realpath } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { ToolError } from "../../core/errors.ts";
import { nearest } from "../../core/nearest.ts";
import { addIncludes, type PackageInclude } from "../add-includes.ts";
import { readFound, readText, replaceFile } from "../files.ts";
import { packageDirectory } from "../includes.ts";
import { type Project, shownPath } from "../project.ts";
import { schemaFilesOf } from "../schema-files.ts";
import { nearestPackage, workspaceMembers } from "../workspaces.ts";
import { parseYaml } from "../yaml.ts";

/** Part of the public JSON. */
export interface IncludesResult {
  /** The schema files of packages, by package and path. */
  readonly found: readonly Includable[];
  /** What the project depends on and has not installed. */
  readonly not_installed: readonly string[];
}

export interface Includable extends PackageInclude {
  readonly from: "dependency" | "workspace";
  readonly tables: number;
  /** Whether the schema includes it, directly or not. */
  readonly included: boolean;
}

export interface AddOptions {
  /** Packages, or `package/path` where one has several schema files. */
  readonly names: readonly string[];
  /** All that are not included. */
  readonly all?: boolean | undefined;
  /** The schema file to write to; absent: the only one, or the one called schema.yaml. */
  readonly into?: string | undefined;
  readonly dryRun?: boolean | undefined;
}

/** Part of the public JSON. */
export interface AddedIncludes {
  readonly file: string;
  readonly added: readonly PackageInclude[];
}

/**
 * Schema files called schema.yaml or schema.yml in what the nearest package.json depends on and in the members of its workspace. Throws what `schemaFilesOf`
 * throws, and ToolError `file` for a package.json that cannot be read.
 */
export async function findIncludes(project: Project): Promise<IncludesResult> {
  const { found, not_installed } = await search(project);
  return { found: found.map(({ file: _, ...each }) => each), not_installed };
}

/** Adds includes to a schema file, whose comments and layout stay. Throws ToolError `usage` for what is not found or not told apart. */
export async function addFoundIncludes(project: Project, options: AddOptions): Promise<AddedIncludes> {
  const { found, listed } = await search(project);
  const wanted = options.all ? found : options.names.map((name) => chosen(name, found));
  const file = await target(project, listed, options.into);
  const added = [...new Set(wanted)]
    .filter((each) => !each.included)
    .map((each) => ({ package: each.package, path: each.path }));
  if (added.length > 0) {
    const text = addIncludes(await readText(file), shownPath(project, file), added);
    if (!options.dryRun) await replaceFile(file, text);
  }
  return { file: shownPath(project, file), added };
}

/** The files of the schema that an include may be added to, as people should see them: one, where there is no doubt. */
export async function includeTargets(project: Project): Promise<readonly string[]> {
  const { listed } = await schemaFilesOf(project.schemaPaths, project.root);
  return likely(listed).map((file) => shownPath(project, file));
}

interface Found extends Includable {
  /** Real path. */
  readonly file: string;
}

async function search(project: Project) {
  const { listed, all } = await schemaFilesOf(project.schemaPaths, project.root);
  const included = new Set(all);
  const home = dirname(listed[0] ?? project.root);
  const own = await nearestPackage(home);
  const packages = new Map<string, Pick<Found, "package" | "from">>();
  for (const { name, directory } of await workspaceMembers(home))
    if (directory !== own?.directory) packages.set(await realpath(directory), { package: name, from: "workspace" });
  const missing: string[] = [];
  for (const name of own?.dependencies ?? []) {
    const directory = await packageDirectory(home, name);
    if (directory === undefined) missing.push(name);
    else if (!packages.has(directory)) packages.set(directory, { package: name, from: "dependency" });
  }
  const found: Found[] = [];
  for (const [directory, about] of packages)
    for (const { path, tables } of await schemasIn(directory)) {
      const file = await realpath(join(directory, path));
      found.push({ ...about, path, tables, included: included.has(file), file });
    }
  found.sort((a, b) => compare(a.package, b.package) || compare(a.path, b.path));
  return { found, listed, not_installed: missing };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What is called as a schema file is and has tables or includes; hidden directories, those with `_` before them, and packages in it are its own affair. */
async function schemasIn(directory: string): Promise<readonly { readonly path: string; readonly tables: number }[]> {
  const glob = new Bun.Glob("**/schema.{yaml,yml}");
  const paths = await Array.fromAsync(glob.scan({ cwd: directory, onlyFiles: true, followSymlinks: false }));
  const ours = paths
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !path.split("/").some((part) => part.startsWith("_") || part === "node_modules"));
  return ours.sort().flatMap((path) => {
    const { value, problems } = parseYaml(readFound(join(directory, path)), path);
    if (problems.length > 0 || typeof value !== "object" || value === null) return [];
    const { tables, include } = value as { readonly tables?: unknown; readonly include?: unknown };
    if (!Array.isArray(tables) && !Array.isArray(include)) return [];
    return [{ path, tables: Array.isArray(tables) ? tables.length : 0 }];
  });
}

function chosen(name: string, found: readonly Found[]): Found {
  const full = (each: Found): string => `${each.package}/${each.path}`;
  const exact = found.find((each) => full(each) === name);
  if (exact) return exact;
  const [one, ...others] = found.filter((each) => each.package === name);
  if (one && others.length === 0) return one;
  const names = (one ? [one, ...others] : found).map(full);
  const near = nearest(name, [...names, ...found.map((each) => each.package)]);
  const list = names.map((each) => `"${each}"`).join(", ");
  const what = one
    ? `"${name}" has several schema files: ${list}; name one`
    : `there is no schema file in a package "${name}"; ${near !== undefined ? `did you mean "${near}"?` : names.length > 0 ? `there are ${list}` : "no dependency and no member of the workspace has one"}`;
  throw new ToolError("usage", what, { name, candidates: names });
}

/** The file that includes are written to. */
async function target(project: Project, listed: readonly string[], into: string | undefined): Promise<string> {
  if (into !== undefined) {
    const path = await realpath(resolve(into)).catch(() => undefined);
    if (path !== undefined && listed.includes(path)) return path;
    throw new ToolError(
      "usage",
      `--into "${into}" is none of the schema files of the project: ${shown(project, listed)}`,
    );
  }
  const [only, ...others] = likely(listed);
  if (only !== undefined && others.length === 0) return only;
  throw new ToolError(
    "usage",
    `the schema is in several files: ${shown(project, listed)}; name the one to write to with --into`,
    { files: listed },
  );
}

/** The only one of the name that such files have, or all. */
function likely(listed: readonly string[]): readonly string[] {
  const named = listed.filter((file) => /^schema\.ya?ml$/.test(basename(file)));
  return named.length === 1 ? named : listed;
}

const shown = ({ root }: Project, files: readonly string[]): string =>
  files
    .slice(0, 5)
    .map((file) => `"${relative(root, file)}"`)
    .join(", ") + (files.length > 5 ? ` and ${files.length - 5} more` : "");
