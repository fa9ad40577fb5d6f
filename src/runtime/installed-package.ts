import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import * as v from "valibot";
import { ToolError } from "../core/errors.ts";
import { readText } from "./files.ts";

/** A package in node_modules. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** Absolute. */
  readonly directory: string;
  /** Where node_modules lies. */
  readonly root: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}

/**
 * A package and what is wanted of it, such as `lodash/snakeCase@4.17.21`: the module's name, the package, its version. Throws ToolError `usage`
 * for anything else.
 */
export function parseWanted(wanted: string): { readonly name: string; readonly of: string; readonly version?: string } {
  const [, of, path = "", version] =
    /^((?:@[\w-][\w.-]*\/)?[\w-][\w.-]*)(\/[\w./-]+)?(?:@([\w.+-]+))?$/.exec(wanted) ?? [];
  if (of !== undefined) return { name: of + path, of, ...(version !== undefined && { version }) };
  throw new ToolError(
    "usage",
    `"${wanted}" is no name of a package; write it as in an import, such as slugify or lodash/snakeCase@4.17.21`,
    {
      module: wanted,
    },
  );
}

/** A package in node_modules of a directory or of one above it. Throws ToolError `usage` when it is not there in the version that is wanted. */
export async function findInstalled(
  name: string,
  version: string | undefined,
  start: string,
): Promise<InstalledPackage> {
  for (let root = start; ; root = dirname(root)) {
    const directory = join(root, "node_modules", name);
    const file = join(directory, "package.json");
    if (existsSync(file)) {
      const manifest = v.parse(
        v.looseObject({ version: v.fallback(v.string(), "") }),
        JSON.parse(await readText(file)),
      );
      if (version === undefined || version === manifest.version)
        return { name, version: manifest.version, directory, root, manifest };
      const what = `version ${manifest.version} of "${name}" is installed, and not ${version}`;
      throw new ToolError("usage", `${what}; run: npm install ${name}@${version}`, { module: name });
    }
    if (dirname(root) === root) break;
  }
  const what = `the package "${name}" is not installed in "${start}" or above`;
  throw new ToolError(
    "usage",
    `${what}; run: npm install --save-dev ${name}${version === undefined ? "" : `@${version}`}`,
    {
      module: name,
    },
  );
}
