import { ToolError } from "../core/errors.ts";
import type { Graph } from "../core/plan/graph.ts";
import type { Project } from "./project.ts";
import { loadGraph } from "./survey.ts";
import { chooseTrack } from "./tracks.ts";

/** Name of a changed migration → how its operations differ from those that were applied, a line each. */
export type AppliedVersions = ReadonlyMap<string, readonly string[]>;

/**
 * How changed migrations differ from what was applied. The history has only the checksum of that, so the version is looked for in git;
 * what cannot be found there is left out.
 */
export async function appliedVersions(
  project: Project,
  graph: Graph,
  changed: readonly { readonly name: string; readonly applied?: { readonly checksum: string } }[],
): Promise<AppliedVersions> {
  const { diffOperations } = await import("../core/plan/operation-diff.ts");
  const { findVersion } = await import("./git-migrations.ts");
  const versions = new Map<string, readonly string[]>();
  for (const { name, applied } of changed) {
    const now = graph.find(name);
    const then = now && applied && (await findVersion(project, now, applied.checksum));
    if (now && then) versions.set(name, diffOperations(then, now));
  }
  return versions;
}

/** Does `work`; when it refuses changed migrations, the error says how they changed as well, as far as that is known. */
export async function withDifferences<T>(project: Project, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const recorded = error instanceof ToolError && error.code === "history" ? error.data["recorded"] : undefined;
    if (!(error instanceof ToolError) || typeof recorded !== "object" || recorded === null) throw error;
    const changed = Object.entries(recorded).map(([name, checksum]) => ({ name, applied: { checksum } }));
    const owner = typeof error.data["track"] === "string" ? chooseTrack(project, error.data["track"]) : project;
    const versions = await appliedVersions(owner, await loadGraph(owner), changed);
    if (versions.size === 0) throw error;
    const lines = [...versions].flatMap(([name, differences]) => [
      `${name}:`,
      ...differences.map((line) => `  ${line}`),
    ]);
    const data = { ...error.data, differences: Object.fromEntries(versions) };
    throw new ToolError(error.code, [error.message, ...lines].join("\n"), data, { cause: error });
  }
}
