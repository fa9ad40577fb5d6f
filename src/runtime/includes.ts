import { realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { ToolError } from "../core/errors.ts";
import type { DeclaredInclude } from "../core/schema/declared.ts";
import type { Problem } from "../core/schema/problem.ts";
import { workspaceMembers } from "./workspaces.ts";

/**
 * The files that an include means: beside the including file, or inside an npm package that is found from there as Node finds packages, else among the members
 * of the workspace. What has `*`, `?`, `[` or `{` in it is a pattern unless a file is called so; its files come by path. `chain` names the files that led here, for
 * the message.
 */
export async function resolveInclude(
  from: string,
  include: DeclaredInclude,
  chain: readonly string[],
): Promise<{ readonly paths: readonly string[] } | { readonly problem: Problem }> {
  const wrong = (message: string) => ({ problem: { message, position: include.at("path") } });
  const through = (what: string): string => [...chain, what].join(" → ");
  if (isAbsolute(include.path))
    return wrong(`include "${include.path}" is an absolute path; give one relative to this file`);
  const base = include.package === undefined ? dirname(from) : await packageDirectory(dirname(from), include.package);
  if (base === undefined)
    return wrong(
      `package "${include.package}" is not installed: no node_modules from here up holds it, and no workspace has it as a member (${through(include.package ?? "")})`,
    );
  const path = resolve(base, include.path);
  const out = `include "${include.path}" leads out of the package "${include.package}"`;
  if (include.package !== undefined && isOutside(base, path)) return wrong(`${out} (${through(nameOf(include))})`);
  const info = await stat(path).catch(() => undefined);
  const paths = info?.isFile() ? [path] : isPattern(include.path) ? await matching(base, include.path, from) : [];
  if (paths.length === 0) return wrong(`${absent(include, info !== undefined)} (${through(nameOf(include))})`);
  if (include.package === undefined) return { paths };
  for (const each of paths) {
    const real = await realpath(each);
    if (isOutside(base, real))
      return wrong(`${out}: "${relative(base, each)}" is a link to "${real}" (${through(nameOf(include))})`);
  }
  return { paths };
}

const nameOf = (include: DeclaredInclude): string =>
  include.package === undefined ? include.path : `${include.package}/${include.path}`;

/** What there is not. */
function absent(include: DeclaredInclude, isSomething: boolean): string {
  const within = include.package === undefined ? "" : ` in package "${include.package}"`;
  if (isPattern(include.path)) return `no file${within} matches "${include.path}"`;
  return `included file "${include.path}"${within} ${isSomething ? "is not a file" : "does not exist"}`;
}

const isPattern = (path: string): boolean => /[*?[{]/.test(path);

/** The files by path, without installed packages and the file that asks. */
async function matching(base: string, pattern: string, from: string): Promise<readonly string[]> {
  const found = await Array.fromAsync(
    new Bun.Glob(pattern).scan({ cwd: base, onlyFiles: true, followSymlinks: false }),
  );
  const asksForPackages = pattern.includes("node_modules");
  return found
    .filter((path) => asksForPackages || !path.split(/[/\\]/).includes("node_modules"))
    .map((path) => resolve(base, path))
    .filter((path) => path !== from)
    .sort();
}

const isOutside = (base: string, path: string): boolean => {
  const way = relative(base, path);
  return way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way);
};

/**
 * The real path of a package that is found from a directory as Node finds packages, else among the members of the workspace. Throws ToolError `schema` when two
 * members have its name.
 */
export async function packageDirectory(from: string, name: string): Promise<string | undefined> {
  if (!/^(?:@[\w.-]+\/)?\w[\w.-]*$/.test(name)) return undefined;
  for (let at = from; ; at = dirname(at)) {
    const candidate = join(at, "node_modules", name);
    const info = await stat(candidate).catch(() => undefined);
    if (info?.isDirectory()) return realpath(candidate);
    if (dirname(at) === at) break;
  }
  const [member, other] = (await workspaceMembers(from)).filter((each) => each.name === name);
  if (!member || !other) return member && realpath(member.directory);
  throw new ToolError(
    "schema",
    `two members of the workspace are called "${name}": "${member.directory}" and "${other.directory}"; give one of them another name`,
    { package: name },
  );
}
