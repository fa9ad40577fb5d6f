import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { ToolError } from "../core/errors.ts";
import type { CompiledTrack } from "../core/plan/compiled.ts";
import type { Migration } from "../core/plan/migration.ts";
import { canonicalJson } from "../core/schema/canonical.ts";
import { promiseOf } from "../core/symbols/promise.ts";
import type { CompiledSource } from "./compiled-source.ts";
import { embeddedFiles } from "./embedded-files.ts";
import { readTexts } from "./files.ts";
import { type LoadOptions, loadMigrations, loadOptions, migrationFiles } from "./migrations.ts";
import { type Project, shownPath } from "./project.ts";
import { readSymbols, symbolPlaces } from "./symbols.ts";

/**
 * The migrations of a project's track: of its directory, or compiled. Throws what `loadMigrations` throws, and ToolError `file` for
 * compiled ones that were changed, or that do not fit the files beside them.
 */
export const migrationsOf = (project: Project, cache: LoadOptions["cache"]): Promise<readonly Migration[]> =>
  project.compiled
    ? compiled(project, project.compiled)
    : loadMigrations(project.migrationsDir, { ...loadOptions(project), cache });

/**
 * Throws ToolError `config` when the directory of a track's migrations does not exist: that is a mistake in a path, or another current
 * directory, and "nothing to apply" would be said of migrations that nobody looked at.
 */
export function requireMigrations(projects: readonly Project[]): void {
  for (const project of projects) {
    const { migrationsDir: directory } = project;
    if (project.compiled || embeddedFiles(directory) || existsSync(directory)) continue;
    throw new ToolError(
      "config",
      `there is no directory "${shownPath(project, directory)}" of migrations; check the path and the current directory, or begin with \`godwit init\``,
      { directory },
    );
  }
}

/** `requireMigrations` for what only reads: where nothing is configured, no directory is no mistake, there is just nothing yet. */
export const requireConfiguredMigrations = (projects: readonly Project[]): void =>
  requireMigrations(
    projects.filter(
      ({ configFile, track, migrationsDir, root }) =>
        configFile !== undefined || track !== undefined || migrationsDir !== join(root, "migrations"),
    ),
  );

/** SHA-256 of the migration files of a directory, by name. Line ends do not count, since git changes them. */
export async function sourcesOf(directory: string, root: string): Promise<Readonly<Record<string, string>>> {
  const files = await migrationFiles(directory, { root });
  const texts = await readTexts(directory, files);
  const hashed = files.map((file, i) => [file, hash((texts[i] ?? "").replaceAll("\r\n", "\n"))] as const);
  return Object.fromEntries(hashed);
}

/**
 * SHA-256 of the modules that a project registers for its migrations, by name: what they say decides what a migration does. Of host modules, it is
 * over what they promise.
 */
export async function modulesOf(project: Project): Promise<Readonly<Record<string, string>>> {
  const symbols = await readSymbols(symbolPlaces(project));
  return Object.fromEntries(
    symbols.map(({ name, kind, module }) => {
      const content = module.kind === "host" ? promiseOf(module) : (module.files ?? module.source);
      const key = kind === "host" || kind === "program" ? `${kind}:${name}` : name;
      return [key, hash(canonicalJson(content).replaceAll("\\r\\n", "\\n"))];
    }),
  );
}

const hash = (text: string): string => Bun.SHA256.hash(text, "hex");

/** What was compiled holds the results of what a program brought along, so a godwit without that may run it. */
const withoutAbsent = (then: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(then).filter(([name]) => !/^(?:host|program):/.test(name) || Object.hasOwn(now, name)),
  );

async function compiled(project: Project, source: CompiledSource): Promise<readonly Migration[]> {
  const { compiledMigrations } = await import("./compiled-migrations.ts");
  return compiledMigrations(project, source, async (track) => {
    if (source.beside !== undefined) await refuseOther(project, source.beside, { shown: source.shown, track });
  });
}

/** Where the migrations lie beside, an older compilation would run in their place without a word. */
async function refuseOther(
  project: Project,
  beside: string,
  { shown, track }: { readonly shown: string; readonly track: CompiledTrack },
): Promise<void> {
  const { differences, moduleDifferences } = await import("../core/plan/compiled.ts");
  // The directory of a file for several tracks is that of none of them.
  const places = [project.migrationsDir, ...(project.tracks ? [] : [beside])].map((place) => resolve(place));
  for (const directory of new Set(places)) {
    const now = await sourcesOf(directory, project.root);
    if (Object.keys(now).length === 0) continue;
    const own = directory === resolve(project.migrationsDir);
    const modules = own ? await modulesOf(project) : {};
    const found = [
      ...differences(track.sources, now),
      ...(own ? moduleDifferences(withoutAbsent(track.modules, modules), modules) : []),
    ];
    if (found.length === 0) continue;
    const listed = found
      .slice(0, 3)
      .map(({ file, change }) => `${/^(?:host )?module /.test(file) ? file : `"${file}"`} is ${change}`);
    if (found.length > 3) listed.push(`${found.length - 3} more`);
    const where = shownPath(project, directory) || ".";
    throw new ToolError(
      "file",
      `"${shown}" does not fit the migrations in "${where}": ${listed.join(", ")}; run \`godwit compile\`, or leave out --from`,
      { file: shown, changes: found },
    );
  }
}
