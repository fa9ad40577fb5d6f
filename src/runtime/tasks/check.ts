import type { Dialect } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import { type Finding, findingsOfChange, findingsOfConflicts, findingsOfState } from "../../core/plan/finding.ts";
import type { Graph } from "../../core/plan/graph.ts";
import type { Migration } from "../../core/plan/migration.ts";
import { policyFindings } from "../../core/policies/index.ts";
import type { PolicyFinding, PolicyTrack } from "../../core/policies/track.ts";
import { type AppliedVersions, appliedVersions } from "../changed.ts";
import { conflictsIn } from "../conflicts-in.ts";
import type { OnEvent } from "../events.ts";
import { listDirectory } from "../files.ts";
import { gitDirectory, mergeBase, resolveCommit } from "../git.ts";
import { migrationsAt } from "../git-migrations.ts";
import { type Project, shownPath } from "../project.ts";
import { withReadableTracks } from "../read-only.ts";
import { graphOf } from "../survey.ts";
import { migrationsOf, requireMigrations } from "../track-migrations.ts";
import { allTracks, tracksOf, trackTag } from "../tracks.ts";
import { dialectOf } from "../url.ts";
import { lackFindings } from "./lack-findings.ts";

export interface CheckOptions {
  readonly onEvent?: OnEvent;
}

/** Part of the public JSON. */
export interface CheckResult {
  readonly findings: readonly TrackFinding[];
}

/** With the track, where there are several. Of what breaks a policy, with the place in an SQL file; of what a database lacks, with its name. */
export type TrackFinding = Omit<Finding, "kind"> & {
  readonly kind: Finding["kind"] | "policy" | "unsupported";
  readonly track?: string;
  readonly policy?: string;
  readonly database?: string;
  readonly line?: number;
  readonly column?: number;
};

/** Whether the database is what the files say, the tracks keep to their policies, and all databases of the project can run the migrations. Reads only: takes no lock, creates nothing. Throws ToolError `config` without a directory of migrations. */
export async function check(project: Project, options: CheckOptions = {}): Promise<CheckResult> {
  requireMigrations(tracksOf(project));
  return withReadableTracks(project, options, async (readings) => {
    const findings: TrackFinding[] = [];
    for (const { survey } of readings) {
      const { project: own, graph, state } = survey;
      const versions: AppliedVersions = await appliedVersions(own, graph, state.changed);
      const found = findingsOfState(state, (name) => graph.find(name)?.file, versions);
      findings.push(
        ...[...found, ...(await conflictFindings(graph))].map((finding) => ({ ...trackTag(own), ...finding })),
      );
    }
    const [first] = readings;
    const breaches = first ? await policyBreaches(project, first.dialect) : [];
    return { findings: [...findings, ...breaches, ...(await lackFindings(project))] };
  });
}

/**
 * Whether the migrations here may be merged into what git calls `ref`; no database is asked. What is merged is what was there where
 * the two branched off. Throws ToolError `usage` for an unknown ref or outside a repository.
 */
export async function checkAgainst(project: Project, ref: string, options: CheckOptions = {}): Promise<CheckResult> {
  if (project.compiled)
    throw new ToolError("usage", "a commit is compared with the files of the migrations; leave out --from or --base");
  const findings: TrackFinding[] = [];
  for (const own of tracksOf(project)) {
    const head = await migrationsOf(own, "use");
    const graph = await graphOf(own, head);
    const { surroundings } = graph;
    const conflicts = await conflictFindings(graph);
    const found = findingsOfChange({ ...(await versionsAt(own, ref, options)), head, surroundings });
    findings.push(...[...found, ...conflicts].map((finding) => ({ ...trackTag(own), ...finding })));
  }
  const dialect = project.tracks && (await dialectOf(project.database));
  const breaches = dialect ? await policyBreaches(project, dialect) : [];
  return { findings: [...findings, ...breaches, ...(await lackFindings(project))] };
}

const conflictFindings = async (graph: Graph): Promise<readonly Finding[]> =>
  findingsOfConflicts(graph, await conflictsIn(graph));

async function versionsAt(
  project: Project,
  ref: string,
  { onEvent }: CheckOptions,
): Promise<{ readonly merged: readonly Migration[]; readonly base: readonly Migration[] }> {
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
  return { merged: past.migrations, base: base.migrations };
}

/** None in a project without tracks. All tracks are read, also where one is chosen: what belongs to whom shows in all of them. */
async function policyBreaches(project: Project, dialect: Dialect): Promise<readonly TrackFinding[]> {
  const declared: PolicyTrack[] = [];
  for (const own of allTracks(project))
    if (own.track) declared.push({ ...own.track, migrations: await migrationsOf(own, "use") });
  const found = policyFindings({ tracks: declared, dialect });
  return found.filter(({ track }) => !project.track || track === project.track.name).map(breachOf);
}

const breachOf = (finding: PolicyFinding): TrackFinding => {
  const { code, track, migration, file, line, column, direction, operation, message } = finding;
  const way = direction === "down" ? ", on the way down" : "";
  return {
    track,
    kind: "policy",
    policy: code,
    migration,
    file,
    ...(line !== null && { line }),
    ...(column !== null && { column }),
    detail: line === null ? `operation ${operation + 1}${way}: ${message}` : message,
  };
};
