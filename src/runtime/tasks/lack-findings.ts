import { lacksOf } from "../../core/plan/lacks.ts";
import { reconcile } from "../../core/plan/reconcile.ts";
import type { Project } from "../project.ts";
import { loadGraph } from "../survey.ts";
import { targetDialects } from "../target-dialects.ts";
import { inTrack, tracksOf, trackTag } from "../tracks.ts";

/** Part of the public JSON. */
export interface LackFinding {
  readonly track?: string;
  readonly kind: "unsupported";
  /** Name of the dialect. */
  readonly database: string;
  readonly migration: string;
  /** Relative to the project; null when there is no file. */
  readonly file: string | null;
  readonly detail: string;
}

/**
 * What migrations ask of databases that the project is for (`databases`) and these cannot do, from the first migration on: a database that is new has to run all of
 * them. None where the project names no databases; nothing is asked of a server.
 */
export async function lackFindings(project: Project): Promise<readonly LackFinding[]> {
  if (!project.databases) return [];
  const dialects = await targetDialects(project);
  const findings: LackFinding[] = [];
  for (const own of tracksOf(project)) {
    const graph = await loadGraph(own);
    const request = { pending: reconcile(graph, []).pending, before: graph.surroundings };
    for (const dialect of dialects)
      for (const { migration, operation, message } of inTrack(own, () => lacksOf({ ...request, dialect })))
        findings.push({
          ...trackTag(own),
          kind: "unsupported",
          database: dialect.name,
          migration,
          file: graph.find(migration)?.file ?? null,
          detail: `operation ${operation + 1}: ${message}`,
        });
  }
  return findings;
}
