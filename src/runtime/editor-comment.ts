import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { configShapeFile, schemaShapeFile } from "./editor-files.ts";
import type { Project } from "./project.ts";
import { tracksOf } from "./tracks.ts";

/**
 * The first line of a YAML file, which tells editors with the YAML language server where the JSON Schema is that `init` writes beside the
 * migrations. `file` is the path of the YAML file; both are absolute.
 */
export const editorComment = (migrationsDir: string, file: string, kind: "schema" | "config"): string => {
  const shape = join(migrationsDir, kind === "schema" ? schemaShapeFile : configShapeFile);
  const path = relative(dirname(file), shape).replaceAll("\\", "/");
  return `# yaml-language-server: $schema=${path.startsWith("../") ? path : `./${path}`}\n`;
};

/** The same for a schema file of a project, and nothing where it has no such JSON Schema. */
export function schemaComment(project: Project, file: string): string {
  const directory = tracksOf(project)
    .map(({ migrationsDir }) => migrationsDir)
    .find((path) => existsSync(join(path, schemaShapeFile)));
  return directory === undefined ? "" : editorComment(directory, file, "schema");
}
