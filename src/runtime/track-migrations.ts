import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { untagged } from "../core/data/tagged.ts";
import { ToolError } from "../core/errors.ts";
import type { OperationData } from "../core/operations/define.ts";
import { type Operation, parseOperation } from "../core/operations/index.ts";
import {
  type CompiledMigration,
  type CompiledTrack,
  damaged,
  differences,
  moduleDifferences,
} from "../core/plan/compiled.ts";
import type { Migration, SqlPlace } from "../core/plan/migration.ts";
import { canonicalJson } from "../core/schema/canonical.ts";
import { normalizeSql } from "../core/sql-files/normalize.ts";
import type { CompiledSource } from "./compiled-source.ts";
import { embeddedFiles } from "./embedded-files.ts";
import { readTexts } from "./files.ts";
import { type LoadOptions, loadMigrations, loadOptions, migrationFiles, migrationNames } from "./migrations.ts";
import { checksumOf } from "./parse-migration.ts";
import { type Project, shownPath } from "./project.ts";
import { readSymbols, symbolPlaces } from "./symbols.ts";
import { trackName } from "./tracks.ts";

/**
 * The migrations of a project's track: of its directory, or compiled. Throws what `loadMigrations` throws, and ToolError `file` for
 * compiled ones that were changed, or that do not fit the files beside them.
 */
export const migrationsOf = (project: Project, cache: LoadOptions["cache"]): Promise<readonly Migration[]> =>
  project.compiled
    ? compiledMigrations(project, project.compiled)
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

/** Their names, sorted, without looking into files. */
export const namesOfMigrations = async (project: Project): Promise<readonly string[]> =>
  project.compiled
    ? (await compiledMigrations(project, project.compiled)).map((migration) => migration.name).toSorted()
    : migrationNames(project.migrationsDir, { root: project.root });

/** SHA-256 of the migration files of a directory, by name. Line ends do not count, since git changes them. */
export async function sourcesOf(directory: string, root: string): Promise<Readonly<Record<string, string>>> {
  const files = await migrationFiles(directory, { root });
  const texts = await readTexts(directory, files);
  const hashed = files.map((file, i) => [file, hash((texts[i] ?? "").replaceAll("\r\n", "\n"))] as const);
  return Object.fromEntries(hashed);
}

/** SHA-256 of the modules that a project registers for its migrations, by name: what they say decides what a migration does. */
export async function modulesOf(project: Project): Promise<Readonly<Record<string, string>>> {
  const symbols = await readSymbols(symbolPlaces(project));
  return Object.fromEntries(
    symbols.map(({ name, module: { source, files } }) => [
      name,
      hash(canonicalJson(files ?? source).replaceAll("\\r\\n", "\\n")),
    ]),
  );
}

const hash = (text: string): string => Bun.SHA256.hash(text, "hex");

/** Looked at once: within one process, they are what they are. */
const known = new WeakMap<CompiledSource, Map<string, Promise<readonly Migration[]>>>();

function compiledMigrations(project: Project, source: CompiledSource): Promise<readonly Migration[]> {
  const tracks = known.get(source) ?? new Map<string, Promise<readonly Migration[]>>();
  known.set(source, tracks);
  const name = trackName(project);
  const found = tracks.get(name) ?? readTrack(project, source);
  tracks.set(name, found);
  return found;
}

async function readTrack(project: Project, source: CompiledSource): Promise<readonly Migration[]> {
  const { tracks } = await source.read();
  const name = trackName(project);
  const track = source.single && tracks.length === 1 ? tracks[0] : tracks.find((each) => each.name === name);
  if (!track) {
    const names = tracks.map((each) => `"${each.name}"`).join(", ");
    throw new ToolError(
      "config",
      `"${source.shown}" has the tracks ${names}, and not "${name}"; use the godwit.yaml that it was compiled with, or compile again`,
      { file: source.shown, track: name },
    );
  }
  if (source.beside !== undefined) await refuseOther(project, source.beside, { shown: source.shown, track });
  const folder = shownPath(project, project.migrationsDir);
  return migrationsOfTrack(track, source.shown, (file) => (folder === "" ? file : `${folder}/${file}`));
}

/** Where the migrations lie beside, an older compilation would run in their place without a word. */
async function refuseOther(
  project: Project,
  beside: string,
  { shown, track }: { readonly shown: string; readonly track: CompiledTrack },
): Promise<void> {
  // The directory of a file for several tracks is that of none of them.
  const places = [project.migrationsDir, ...(project.tracks ? [] : [beside])].map((place) => resolve(place));
  for (const directory of new Set(places)) {
    const now = await sourcesOf(directory, project.root);
    if (Object.keys(now).length === 0) continue;
    const own = directory === resolve(project.migrationsDir);
    const found = [
      ...differences(track.sources, now),
      ...(own ? moduleDifferences(track.modules, await modulesOf(project)) : []),
    ];
    if (found.length === 0) continue;
    const listed = found
      .slice(0, 3)
      .map(({ file, change }) => `${/^module /.test(file) ? file : `"${file}"`} is ${change}`);
    if (found.length > 3) listed.push(`${found.length - 3} more`);
    const where = shownPath(project, directory) || ".";
    throw new ToolError(
      "file",
      `"${shown}" does not fit the migrations in "${where}": ${listed.join(", ")}; run \`godwit compile\`, or leave out --from`,
      { file: shown, changes: found },
    );
  }
}

/**
 * The migrations of compiled data. Their checksums are worked out again from the operations, and these are checked as those that come out of
 * the sandbox are: a checksum says that nothing was changed, not that godwit wrote it.
 */
function migrationsOfTrack(
  { migrations }: CompiledTrack,
  shown: string,
  shownFile: (file: string) => string,
): readonly Migration[] {
  return migrations.map((compiled) => {
    const { sql, file, operations: tagged, limits, ...rest } = compiled;
    const operations = tagged.map((operation) => decoded(operation, compiled, shown));
    if (recordedChecksum(compiled, operations, shown) !== compiled.checksum)
      throw damaged(shown, `operations of "${compiled.name}"`);
    const placeOf = ({ limits, ...place }: NonNullable<typeof sql>["up"]): SqlPlace => ({
      ...place,
      file: shownFile(place.file),
      ...(limits && { limits }),
    });
    return {
      ...rest,
      ...(limits && { limits }),
      file: shownFile(file),
      ...(sql && {
        sql: { up: placeOf(sql.up), ...(sql.down && { down: placeOf(sql.down) }), wayBack: sql.wayBack },
      }),
      operations: operations.map((operation, i) => checkedOperation(operation, `${shown}: "${rest.name}"`, i)),
    };
  });
}

function decoded(operation: unknown, { name }: CompiledMigration, shown: string): unknown {
  try {
    return untagged(operation);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    throw damaged(shown, `operations of "${name}": one ${error.message}`);
  }
}

/** The checksum as the files of such a migration have it: of SQL, over its way up alone. */
function recordedChecksum(
  { sql, transaction, name }: CompiledMigration,
  operations: readonly unknown[],
  shown: string,
): string {
  try {
    if (!sql) return checksumOf(operations as readonly Operation[], transaction);
    const [first, ...more] = operations as readonly (OperationData | null)[];
    const forward = first?.kind === "runSQL" && more.length === 0 ? first["forward"] : undefined;
    if (typeof forward !== "string") throw damaged(shown, `SQL of "${name}"`);
    return checksumOf([{ kind: "runSQL", forward: normalizeSql(forward) }], transaction);
  } catch (error) {
    if (!(error instanceof ToolError) || error.code === "file") throw error;
    throw damaged(shown, `operations of "${name}": ${error.message}`);
  }
}

function checkedOperation(operation: unknown, place: string, index: number): Operation {
  try {
    return parseOperation(operation);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    throw new ToolError("migration", `${place}: operations[${index}]: ${error.message}`, { ...error.data });
  }
}
