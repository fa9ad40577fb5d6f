import { realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import type { DeclaredInclude } from "../core/schema/declared.ts";
import type { Problem } from "../core/schema/problem.ts";

/**
 * The file that an include means: beside the including file, or inside an npm package that is found from there as Node finds
 * packages. `chain` names the files that led here, for the message.
 */
export async function resolveInclude(
  from: string,
  include: DeclaredInclude,
  chain: readonly string[],
): Promise<{ readonly path: string } | { readonly problem: Problem }> {
  const wrong = (message: string) => ({ problem: { message, position: include.at("path") } });
  if (isAbsolute(include.path))
    return wrong(`include "${include.path}" is an absolute path; give one relative to this file`);
  const base = include.package === undefined ? dirname(from) : await packageDirectory(dirname(from), include.package);
  if (base === undefined)
    return wrong(`package "${include.package}" is not installed; no node_modules from here up holds it`);
  const path = resolve(base, include.path);
  if (include.package !== undefined && relative(base, path).startsWith(".."))
    return wrong(`include "${include.path}" leads out of the package "${include.package}"`);
  const info = await stat(path).catch(() => undefined);
  if (info?.isFile()) return { path };
  const what = info ? "is not a file" : "does not exist";
  return wrong(`included file "${include.path}" ${what} (${[...chain, include.path].join(" → ")})`);
}

async function packageDirectory(from: string, name: string): Promise<string | undefined> {
  if (!/^(?:@[\w.-]+\/)?\w[\w.-]*$/.test(name)) return undefined;
  const candidate = join(from, "node_modules", name);
  const info = await stat(candidate).catch(() => undefined);
  if (info?.isDirectory()) return realpath(candidate);
  return dirname(from) === from ? undefined : packageDirectory(dirname(from), name);
}
