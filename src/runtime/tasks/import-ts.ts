import { lstatSync, realpathSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Selection } from "../../core/ddl/selection.ts";
import { ToolError } from "../../core/errors.ts";
import { combine } from "../../core/schema/combine.ts";
import { formatProblem, type Problem } from "../../core/schema/problem.ts";
import { readDocument } from "../../core/schema/read.ts";
import { listDirectory, readFound } from "../files.ts";
import type { Project } from "../project.ts";
import { documentOf } from "../typescript/document.ts";
import { moduleOf } from "../typescript/modules.ts";
import { parseTypeScript, type SourceText } from "../typescript/source.ts";
import { dialectOf } from "../url.ts";
import { yamlText } from "../yaml-text.ts";
import type { ImportResult } from "./schema-import.ts";

export interface TypesToImport extends Selection {
  /** Files of TypeScript; a directory stands for those in it, at any depth. */
  readonly paths: readonly string[];
  /** How lists of texts are declared; absent: as enums. */
  readonly values?: "enums" | "checks";
}

/**
 * Declares the tables that types of TypeScript describe. The files are read and never run. Throws ToolError `file`, `schema` with the place of
 * all that is wrong, and `usage` for a pattern that no table matches.
 */
export async function importTs(
  project: Pick<Project, "database">,
  { paths, values = "enums", ...selection }: TypesToImport,
): Promise<ImportResult> {
  const sources = await sourcesOf(paths);
  const problems: Problem[] = [];
  const files = await Promise.all(sources.map(parseTypeScript));
  const modules = sources.flatMap((source, i) => {
    const file = files[i];
    return file ? moduleOf(file, source, problems) : [];
  });
  const { value, locate, left, warnings } = documentOf(modules, problems, { ...selection, values });
  const dialect = await dialectOf(project.database);
  const read = readDocument(value, { file: sources[0]?.file ?? "", locate });
  const declared = combine([read], undefined, [dialect]);
  const tables = value["tables"];
  return {
    dialect,
    schema: declared.schema,
    document: value,
    yaml: yamlText(value),
    tables: Array.isArray(tables) ? tables.map((table) => String((table as { name?: unknown }).name)) : [],
    unsupported: left,
    warnings: [...warnings, ...declared.warnings].map(formatProblem),
  };
}

/** The files that are named and found, each once. */
async function sourcesOf(paths: readonly string[]): Promise<readonly SourceText[]> {
  const found = await Promise.all(paths.map((path) => (isDirectory(path) ? filesIn(path) : [path])));
  const sources = new Map<string, SourceText>();
  for (const file of found.flat()) {
    const text = readFound(file);
    const path = realpathSync(resolve(file));
    if (!sources.has(path)) sources.set(path, { path, file, text });
  }
  return [...sources.values()];
}

async function filesIn(directory: string): Promise<readonly string[]> {
  const files = await typeScriptIn(directory);
  if (files.length > 0) return files;
  throw new ToolError("file", `there is no file of TypeScript in "${directory}"`, { path: directory });
}

/** Tests and what packages bring along declare no tables. Links to directories are not followed, because they may lead in circles. */
async function typeScriptIn(directory: string): Promise<readonly string[]> {
  const names = (await listDirectory(directory)).filter((name) => !name.startsWith(".") && name !== "node_modules");
  const found = names.map(async (name) => {
    const path = join(directory, name);
    if (lstatSync(path).isDirectory()) return typeScriptIn(path);
    return /(?<!\.(?:test|spec))\.[cm]?tsx?$/.test(name) ? [path] : [];
  });
  return (await Promise.all(found)).flat();
}

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
