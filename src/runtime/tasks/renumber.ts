import { join } from "node:path";
import { ToolError } from "../../core/errors.ts";
import { withDependencies, withSqlDependencies } from "../../core/plan/edit-dependencies.ts";
import type { Graph } from "../../core/plan/graph.ts";
import { resolveMigration } from "../../core/plan/reference.ts";
import { branchOf, ownOf, type Renumbering, renumberBranch } from "../../core/plan/renumber.ts";
import { replay } from "../../core/plan/state.ts";
import type { OnEvent } from "../events.ts";
import { createFile, listDirectory, readText, removeFile, replaceFile } from "../files.ts";
import { mergedNames } from "../merged-names.ts";
import { existingNames } from "../new-migration.ts";
import { type Project, shownPath } from "../project.ts";
import { withReadable } from "../read-only.ts";
import { loadGraph } from "../survey.ts";
import { onlyTrack } from "../tracks.ts";

export interface RenumberOptions {
  /** Any migration of the branch that moves. Absent: the branch of which git has merged nothing. */
  readonly name?: string | undefined;
  /** What is merged is what git has there; absent: the main branch. */
  readonly base?: string | undefined;
  /** Asks no database what is applied. */
  readonly offline?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  readonly onEvent?: OnEvent | undefined;
}

/** Part of the public JSON. */
export interface RenumberResult {
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  /** The head behind which they are now; null when nothing was to be done. */
  readonly after: string | null;
  /** Paths of the new files. */
  readonly files: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Moves a branch that nobody else has yet behind the other head: its files, numbers, names and dependencies. Throws ToolError `history` for what is
 * applied, `graph` for what is merged or cannot move, `usage` where it is not clear which branch is meant; nothing is changed then.
 */
export async function renumber(project: Project, options: RenumberOptions = {}): Promise<RenumberResult> {
  const track = onlyTrack(project);
  if (track.compiled) throw new ToolError("usage", "what is renamed are files of migrations; leave out --from");
  const graph = await loadGraph(track);
  if (graph.heads.length < 2)
    return { renamed: [], after: null, files: [], warnings: ["there is nothing to renumber: there are no two heads"] };
  const merged = await mergedNames(track, options);
  const head = options.name === undefined ? unmergedHead(graph, merged) : headWith(graph, options.name);
  const plan = renumberBranch(graph, head, await existingNames(track.migrationsDir));
  refuseMerged(plan, merged);
  if (!options.offline) await refuseApplied(track, plan, options.onEvent);
  const files = await editedFiles(track, plan);
  const { after, moves } = plan;
  const renamed = moves.map(({ from, to }) => ({ from, to }));
  if (!options.dryRun) await write(track, plan, files);
  const warnings = options.dryRun ? [] : misfit(await loadGraph(track));
  return { renamed, after, files: files.map(({ now }) => shownPath(track, join(track.migrationsDir, now))), warnings };
}

const headWith = (graph: Graph, name: string): string => branchOf(graph, resolveMigration(name, { graph }).name);

/** Throws ToolError `usage` unless one branch alone has nothing that is merged. */
function unmergedHead(graph: Graph, merged: ReadonlySet<string> | undefined): string {
  const local = merged ? graph.heads.filter((head) => ownOf(graph, head).every((name) => !merged.has(name))) : [];
  const [head, ...more] = local;
  if (head !== undefined && more.length === 0) return head;
  const list = graph.heads.map((name) => `"${name}"`).join(", ");
  const why = merged
    ? `${local.length === 0 ? "all" : "several"} of the heads ${list} ${local.length === 0 ? "are merged" : "are local"}`
    : `without git nobody can tell which of ${list} is local`;
  throw new ToolError("usage", `${why}; name the migration that is to move`, { heads: graph.heads, local });
}

function refuseMerged({ moves }: Renumbering, merged: ReadonlySet<string> | undefined): void {
  const found = moves.filter(({ from }) => merged?.has(from)).map(({ from }) => from);
  if (found.length === 0) return;
  const list = found.map((name) => `"${name}"`).join(", ");
  throw new ToolError(
    "graph",
    `${list} ${found.length === 1 ? "is" : "are"} merged already, so that others may have applied ${found.length === 1 ? "it" : "them"}; renumber the other branch`,
    { merged: found },
  );
}

async function refuseApplied(project: Project, { moves }: Renumbering, onEvent: OnEvent | undefined): Promise<void> {
  const names = new Set(moves.map(({ from }) => from));
  const applied = await withReadable(project, { ...(onEvent && { onEvent }) }, async ({ survey }) =>
    survey.history.map(({ name }) => name).filter((name) => names.has(name)),
  );
  if (applied.length === 0) return;
  const list = applied.map((name) => `"${name}"`).join(", ");
  throw new ToolError(
    "history",
    `${list} ${applied.length === 1 ? "is" : "are"} applied to this database, which would apply ${applied.length === 1 ? "it" : "them"} again under another name; roll back first with \`godwit migrate down\`, or merge with \`godwit generate --merge\``,
    { applied },
  );
}

interface EditedFile {
  readonly old: string;
  readonly now: string;
  readonly text: string;
}

/** Throws ToolError `migration` for a file whose dependencies are not written where they could be changed. */
async function editedFiles(project: Project, { moves }: Renumbering): Promise<readonly EditedFile[]> {
  const all = await listDirectory(project.migrationsDir);
  const found: EditedFile[] = [];
  for (const { from, to, dependencies } of moves)
    for (const old of all.filter(
      (file) => /^(?:\.ts|(?:\.up|\.down)?\.sql)$/.test(file.slice(from.length)) && file.startsWith(from),
    )) {
      const path = join(project.migrationsDir, old);
      const before = await readText(path);
      const text = old.endsWith(".ts")
        ? withDependencies(before, dependencies)
        : withSqlDependencies(before, dependencies);
      if (text === undefined) {
        const file = shownPath(project, path);
        const message = `${file}: its dependencies are not one list of plain names, so they cannot be changed here; write them as dependencies: ${JSON.stringify(dependencies)} and run this again`;
        throw new ToolError("migration", message, { file, migration: from });
      }
      found.push({ old, now: to + old.slice(from.length), text });
    }
  return found;
}

/** All of it or nothing: what the new files say is read back, and else the old ones are put back. A new name may be the old one of another. */
async function write(project: Project, plan: Renumbering, files: readonly EditedFile[]): Promise<void> {
  const place = (file: string): string => join(project.migrationsDir, file);
  const [olds, news] = [new Set(files.map(({ old }) => old)), new Set(files.map(({ now }) => now))];
  const originals = new Map<string, string>();
  for (const old of olds) originals.set(old, await readText(place(old)));
  const made: string[] = [];
  try {
    for (const { now, text } of files) {
      await (olds.has(now) ? replaceFile(place(now), text) : createFile(place(now), text));
      if (!olds.has(now)) made.push(now);
    }
    for (const old of olds) if (!news.has(old)) await removeFile(place(old));
    const graph = await loadGraph(project);
    for (const { from, to, dependencies } of plan.moves)
      if (graph.find(to)?.dependencies.join() !== dependencies.join())
        throw new ToolError("migration", `"${from}" does not depend on what its text says; renumber it by hand`, {
          migration: from,
        });
  } catch (error) {
    for (const file of made) await removeFile(place(file));
    for (const [old, text] of originals) await replaceFile(place(old), text);
    throw error;
  }
}

/** What stood beside the other branch need not fit behind it. */
function misfit(graph: Graph): readonly string[] {
  try {
    replay(graph.order, graph.surroundings);
    return [];
  } catch (error) {
    if (error instanceof ToolError && error.code === "state") return [`it has to be edited: ${error.message}`];
    throw error;
  }
}
