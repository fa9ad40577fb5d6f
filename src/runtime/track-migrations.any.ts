import { ToolError } from "../core/errors.ts";
import type { Migration } from "../core/plan/migration.ts";
import { compiledMigrations } from "./compiled-migrations.ts";
import type { Project } from "./project.ts";

/** The migrations of a project's track, which are always compiled: there are neither files here nor a sandbox. */
export const migrationsOf = async (project: Project): Promise<readonly Migration[]> => {
  if (!project.compiled) throw new ToolError("internal", "migrations that are not compiled");
  return compiledMigrations(project, project.compiled);
};

/** There is no directory that could be missing. */
export const requireMigrations = (_projects: readonly Project[]): void => undefined;
export const requireConfiguredMigrations = requireMigrations;
