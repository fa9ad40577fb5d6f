import type { Graph } from "../core/plan/graph.ts";
import { diffOperations } from "../core/plan/operation-diff.ts";
import type { Entry } from "../core/plan/reconcile.ts";
import { findVersion } from "./git-migrations.ts";
import type { Project } from "./project.ts";

/** Name of a changed migration → how its operations differ from those that were applied, a line each. */
export type AppliedVersions = ReadonlyMap<string, readonly string[]>;

/**
 * How changed migrations differ from what was applied. The history has only the checksum of that, so the version is looked for in git;
 * what cannot be found there is left out.
 */
export async function appliedVersions(
  project: Project,
  graph: Graph,
  changed: readonly Entry[],
): Promise<AppliedVersions> {
  const versions = new Map<string, readonly string[]>();
  for (const { name, applied } of changed) {
    const now = graph.find(name);
    const then = now && applied && (await findVersion(project, now, applied.checksum));
    if (now && then) versions.set(name, diffOperations(then, now));
  }
  return versions;
}
