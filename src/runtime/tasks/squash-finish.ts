import { rm } from "node:fs/promises";
import { join } from "node:path";
import { ToolError } from "../../core/errors.ts";
import type { Graph } from "../../core/plan/graph.ts";
import { resolveMigration } from "../../core/plan/reference.ts";
import type { Squash } from "../../core/plan/replacing.ts";
import type { OnEvent } from "../events.ts";
import { listDirectory } from "../files.ts";
import { type Project, shownPath } from "../project.ts";
import { withReadable } from "../read-only.ts";
import { loadGraph } from "../survey.ts";
import { onlyTrack } from "../tracks.ts";
import { parseUrl } from "../url.ts";

export interface FinishOptions {
  /** One of the migrations that stand for others; absent: all. */
  readonly name?: string | undefined;
  /** URLs of databases beside the project's. */
  readonly also?: readonly string[] | undefined;
  /** Say what would be removed. */
  readonly dryRun?: boolean | undefined;
  readonly onEvent?: OnEvent | undefined;
}

/** Part of the public JSON. */
export interface FinishResult {
  /** Names of the migrations that no longer have files of what they replace. */
  readonly finished: readonly string[];
  /** Paths of the files that were removed, or with a dry run would be. */
  readonly removed: readonly string[];
  /** The databases that were asked, without passwords. */
  readonly databases: readonly string[];
}

/**
 * Removes the files of migrations for which another stands, when each database has recorded that one, or nothing of it. Reads the databases only.
 * Throws ToolError `unknown-migration`, `graph` for one that stands for no others, `connect` where a database does not exist, and `history` where one
 * is not so far; then nothing is removed.
 */
export async function finishSquash(project: Project, options: FinishOptions): Promise<FinishResult> {
  const track = onlyTrack(project);
  if (track.compiled)
    throw new ToolError("usage", "what is removed are files of migrations; leave out --from", { finish: true });
  const graph = await loadGraph(track);
  const chosen = chosenOf(graph, options.name).map(({ migration }) => migration.name);
  if (chosen.length === 0) return { finished: [], removed: [], databases: [] };
  const databases: string[] = [];
  const targets = [track.database, ...(options.also ?? []).map((url) => ({ url }))];
  for (const database of targets) databases.push(await refuseBehind({ ...track, database }, chosen, options.onEvent));
  const names = new Set(
    graph.squashes.flatMap(({ migration }) => (chosen.includes(migration.name) ? migration.replaces : [])),
  );
  const files = (await listDirectory(track.migrationsDir)).filter((file) => names.has(nameOf(file)));
  const paths = files.map((file) => join(track.migrationsDir, file));
  if (!options.dryRun) for (const path of paths) await rm(path);
  return { finished: chosen, removed: paths.map((path) => shownPath(track, path)), databases };
}

function chosenOf(graph: Graph, name: string | undefined): readonly Squash[] {
  const open = graph.squashes.filter(({ hasOriginals }) => hasOriginals);
  if (name === undefined) return open;
  const target = resolveMigration(name, { graph });
  if (target.replaces.length === 0)
    throw new ToolError("graph", `"${name}" replaces no other migrations, so there is nothing to remove`, {
      migration: name,
    });
  return open.filter(({ migration }) => migration.name === target.name);
}

/** The database, as people may see it. */
const refuseBehind = (project: Project, names: readonly string[], onEvent: OnEvent | undefined): Promise<string> =>
  withReadable(project, { ...(onEvent && { onEvent }) }, ({ survey, database }) => {
    if (!database)
      throw new ToolError(
        "connect",
        `${parseUrl(project.database.url).redacted} does not exist, so it cannot say what is applied; name databases that do with --url and --also`,
      );
    for (const { migration, state, open } of survey.graph.squashes) {
      if (!names.includes(migration.name) || state === "recorded" || state === "fresh") continue;
      throw behind(migration.name, database.url, state === "counted" ? [] : open);
    }
    return Promise.resolve(database.url);
  });

function behind(name: string, url: string, open: readonly string[]): ToolError {
  const list = open.map((each) => `"${each}"`).join(", ");
  const what =
    open.length > 0
      ? `has not applied ${list}, which "${name}" replaces`
      : `has applied all that "${name}" replaces, and has not recorded that yet`;
  return new ToolError("history", `${url} ${what}; run \`godwit migrate up\` there first`, {
    migration: name,
    open,
    url,
  });
}

/** Plain SQL has two files of one name. */
const nameOf = (file: string): string => file.replace(/(?:\.(?:up|down))?\.(?:ts|sql)$/i, "");
