import { existsSync } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../core/errors.ts";
import type { writeSchema } from "../core/schema/write.ts";
import { createFile } from "./files.ts";
import { yamlText } from "./yaml-text.ts";

/** A file of a schema that is spread over several; the path is relative to where they lie, with slashes. */
export interface SchemaPart {
  readonly path: string;
  readonly text: string;
}

/**
 * A schema's document as a file per table, and `schema.yaml`, which includes them and holds the rest: it can be read alone, and so can the
 * directory.
 */
export function splitSchema({ tables, ...rest }: ReturnType<typeof writeSchema>): readonly SchemaPart[] {
  const written = Array.isArray(tables) ? (tables as readonly { readonly name: string }[]) : [];
  const taken = new Set<string>();
  const paths = written.map(({ name }) => `tables/${freeFileName(name, taken)}.yaml`);
  const include = paths.length > 0 ? { include: paths } : { tables: [] };
  return [
    { path: "schema.yaml", text: yamlText({ ...include, ...rest }) },
    ...paths.map((path, i) => ({ path, text: yamlText({ tables: [written[i]] }) })),
  ];
}

/** Writes them below a directory, each with a first line of its own; the results are their paths. Throws ToolError `file`, before anything is written, if one is there. */
export async function createParts(
  directory: string,
  parts: readonly SchemaPart[],
  comment: (path: string) => string = () => "",
): Promise<readonly string[]> {
  const paths = parts.map(({ path }) => join(directory, path));
  const there = paths.find((path) => existsSync(path));
  if (there !== undefined) {
    const message = `cannot create "${there}": there is a file of that name already, and it is not overwritten`;
    throw new ToolError("file", message, { path: there });
  }
  for (const [i, path] of paths.entries()) await createFile(path, comment(path) + (parts[i]?.text ?? ""));
  return paths;
}

/**
 * A name that any file system takes and no two tables share, where case counts or not. `godwit.yaml` would be taken for the configuration,
 * and Windows keeps some names to itself.
 */
function freeFileName(table: string, taken: Set<string>): string {
  const plain = table.replace(/[^\p{L}\p{N}_-]/gu, "_").slice(0, 100);
  const base = /^(?:godwit|con|prn|aux|nul|com\d|lpt\d|)$/i.test(plain) ? `${plain}_table` : plain;
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}_${n}`;
    const key = name.toLowerCase();
    if (taken.has(key)) continue;
    taken.add(key);
    return name;
  }
}
