import { type Finding, findingsOfChange, findingsOfState } from "../../core/plan/finding.ts";
import type { Migration } from "../../core/plan/migration.ts";
import { type AppliedVersions, appliedVersions } from "../changed.ts";
import type { OnEvent } from "../events.ts";
import { listDirectory } from "../files.ts";
import { gitDirectory, mergeBase, resolveCommit } from "../git.ts";
import { migrationsAt } from "../git-migrations.ts";
import { loadMigrations } from "../migrations.ts";
import { type Project, shownPath } from "../project.ts";
import { withReadable } from "../read-only.ts";

export interface CheckOptions {
  readonly onEvent?: OnEvent;
}

/** Part of the public JSON. */
export interface CheckResult {
  readonly findings: readonly Finding[];
}

/** Whether the database is what the files say. Reads only: takes no lock, creates nothing. */
export const check = (project: Project, options: CheckOptions = {}): Promise<CheckResult> =>
  withReadable(project, options, async ({ survey: { graph, state } }) => {
    const versions: AppliedVersions = await appliedVersions(project, graph, state.changed);
    return { findings: findingsOfState(state, (name) => graph.find(name)?.file, versions) };
  });

/**
 * Whether the migrations here may be merged into what git calls `ref`; no database is asked. What is merged is what was there where
 * the two branched off. Throws ToolError `usage` for an unknown ref or outside a repository.
 */
export async function checkAgainst(project: Project, ref: string, options: CheckOptions = {}): Promise<CheckResult> {
  const { onEvent } = options;
  const directory = gitDirectory(project.migrationsDir);
  const tip = resolveCommit(directory, ref);
  const fork = mergeBase(directory, tip);
  if (fork === undefined) {
    const message = `git cannot tell where HEAD branched off from "${ref}" (is this clone shallow?); comparing with "${ref}" itself`;
    onEvent?.({ type: "warning", message });
  }
  const files = await listDirectory(project.migrationsDir);
  const base = await migrationsAt(project, directory, { commit: tip, ref, files });
  const past =
    fork === undefined || fork === tip ? base : await migrationsAt(project, directory, { commit: fork, ref, files });
  const shown = shownPath(project, project.migrationsDir);
  const note = (message: string): void => onEvent?.({ type: "note", message });
  if (past.path === undefined) note(`there are no migrations at "${ref}"; all of "${shown}" count as new`);
  else if (past.path !== directory.path) note(`comparing with the directory "${past.path}" at "${ref}"`);
  const head: readonly Migration[] = await loadMigrations(project.migrationsDir, { root: project.root, cache: "use" });
  return { findings: findingsOfChange({ merged: past.migrations, base: base.migrations, head }) };
}
