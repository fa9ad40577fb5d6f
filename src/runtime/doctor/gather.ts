import { existsSync } from "node:fs";
import { ToolError } from "../../core/errors.ts";
import { openDatabase, unlessMissing } from "../database.ts";
import { type Project, shownPath } from "../project.ts";
import { loadGraph } from "../survey.ts";
import { readSymbols, symbolPlaces } from "../symbols.ts";
import { validate } from "../tasks/schema-validate.ts";
import { tracksOf, trackTag } from "../tracks.ts";
import { parseUrl } from "../url.ts";
import type { DatabaseFacts, Facts, TrackFiles } from "./facts.ts";
import { found } from "./found.ts";
import { serverFacts } from "./server-facts.ts";

/** What files and database say of a project. Only reads; takes no lock, creates nothing. */
export async function projectFacts(
  project: Project,
): Promise<Pick<Facts, "schema" | "symbols" | "tracks" | "database">> {
  const schema = project.schemaPaths.some((path) => existsSync(path)) ? await found(() => validate(project)) : "none";
  const tracks: TrackFiles[] = [];
  for (const each of tracksOf(project)) tracks.push(await filesOf(each));
  return {
    schema,
    symbols: await found(() => symbolNames(project)),
    tracks,
    database: await found(() => databaseFacts(project, tracks)),
  };
}

/** Each track has the packages beside its migrations; what godwit.yaml names is for all of them. */
async function symbolNames(project: Project): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const each of tracksOf(project)) for (const { name } of await readSymbols(symbolPlaces(each))) names.add(name);
  return [...names].toSorted();
}

const filesOf = async (project: Project): Promise<TrackFiles> => ({
  ...trackTag(project),
  directory: project.compiled?.shown ?? shownPath(project, project.migrationsDir),
  exists: project.compiled !== undefined || existsSync(project.migrationsDir),
  graph: await found(() => loadGraph(project)),
});

async function databaseFacts(project: Project, files: readonly TrackFiles[]): Promise<DatabaseFacts> {
  // The URL is put together once: it may take a password command.
  const target = { ...project.database };
  const { dialect, redacted: url } = parseUrl(target.url, target.dialect);
  const options = { readOnly: true, connectTimeoutMs: 5000 };
  const database = await openDatabase(target, options).catch(unlessMakeable);
  if (!database) return { dialect: dialect.title, url };
  try {
    return { dialect: dialect.title, url, server: await serverFacts(database, project, files) };
  } finally {
    await database.close();
  }
}

/** `up` makes the file, but not the directory that it is to lie in. */
function unlessMakeable(error: unknown): undefined {
  if (error instanceof ToolError && "directory" in error.data) throw error;
  return unlessMissing(error);
}
