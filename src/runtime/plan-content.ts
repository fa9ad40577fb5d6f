import type { Dialect, LiveSchema } from "../core/ddl/dialect.ts";
import { describePlan } from "../core/plan/describe.ts";
import { hazardsOf } from "../core/plan/hazard.ts";
import type { OrderPolicy } from "../core/plan/late.ts";
import type { Migration } from "../core/plan/migration.ts";
import type { Plan } from "../core/plan/plan.ts";
import type { PlanContent } from "../core/plan/plan-file.ts";
import { refuseChanged } from "../core/plan/reconcile.ts";
import { replay } from "../core/plan/state.ts";
import { canonicalJson } from "../core/schema/canonical.ts";
import { namespaceNames } from "../core/schema/namespaces.ts";
import { version } from "../version.ts";
import { checkConflicts } from "./conflicts-in.ts";
import { type Database, introspect } from "./database.ts";
import type { OnEvent } from "./events.ts";
import { checkOrder, orderOf } from "./order.ts";
import { withoutOwnTables } from "./own-tables.ts";
import { pendingUpTo } from "./pending.ts";
import { planPending } from "./run-pending.ts";
import { refuseRenamedTrack, refuseUnfinished, type Survey } from "./survey.ts";
import { eventsOf, inTrack, nameAmong } from "./tracks.ts";

export interface PlanOptions {
  /** Stop when this migration is applied. */
  readonly to?: string | undefined;
  readonly order?: OrderPolicy | undefined;
  /** Plan branches that conflict as they come, by name, with a warning; absent: refuse. */
  readonly allowConflicts?: boolean | undefined;
  readonly onEvent?: OnEvent | undefined;
}

/** A track of a database that may not exist yet, and how it stands. */
export interface Standing {
  readonly survey: Survey;
  readonly dialect: Dialect;
  readonly database?: Database;
  enter(): Promise<void>;
}

/** What is pending in a track, and how it would be applied. */
export interface Planned {
  readonly pending: readonly Migration[];
  readonly plan: Plan;
}

/**
 * What `up` would do now, as something to run, track by track, and as something to write down. Refuses what `up` refuses: throws ToolError
 * `history`, `graph`, `unknown-migration`, `state` or `unsupported`.
 */
export async function planNow(
  standings: readonly Standing[],
  options: PlanOptions,
): Promise<{ readonly planned: readonly Planned[]; readonly content: PlanContent }> {
  const planned: Planned[] = [];
  const parts: Part[] = [];
  for (const standing of standings) {
    const { survey, dialect } = standing;
    const pending = inTrack(survey.project, () => pendingIn(survey, options));
    await checkConflicts(survey, pending, options);
    const found = { pending, plan: inTrack(survey.project, () => planPending(survey, pending, dialect)) };
    planned.push(found);
    parts.push(await partOf(standing, found, standings.length > 1));
  }
  const surveys = standings.map(({ survey }) => survey);
  const content: PlanContent = {
    format: "godwit plan",
    version: 1,
    godwit: version,
    dialect: standings[0]?.dialect.name ?? "",
    ...tracksAmong(surveys),
    to: options.to ?? null,
    migrations: parts.flatMap(({ migrations }) => migrations),
    history: historyOf(surveys),
    objects: Object.assign({}, ...parts.map(({ objects }) => objects)),
  };
  return { planned, content };
}

function pendingIn(survey: Survey, options: PlanOptions): readonly Migration[] {
  const { project, state } = survey;
  const pending = pendingUpTo(survey, options.to);
  refuseChanged(state);
  refuseUnfinished(survey);
  refuseRenamedTrack(survey);
  const onEvent = eventsOf(project, options.onEvent);
  checkOrder(survey, pending, { order: orderOf(project, options), onEvent });
  return pending;
}

type Part = Pick<PlanContent, "migrations" | "objects">;

async function partOf(
  { survey, database, enter }: Standing,
  { pending, plan }: Planned,
  several: boolean,
): Promise<Part> {
  const { project, graph, state } = survey;
  const before = replay(state.applied, graph.surroundings);
  const hazards = hazardsOf(pending, before);
  const migrations = describePlan(plan).map(({ name, statements }, i) => ({
    name: nameAmong(several, project, name),
    checksum: pending[i]?.checksum ?? "",
    hazards: [...(hazards[i] ?? [])],
    statements: statements.map(({ sql, step, transaction, purpose }) => ({
      sql,
      step,
      transaction,
      ...(purpose && { purpose }),
    })),
  }));
  await enter();
  const live = database ? withoutOwnTables(await introspect(database, namespaceNames(before)), project) : undefined;
  const place = several && project.track?.schema !== undefined ? `schema "${project.track.schema}", ` : "";
  return { migrations, objects: live ? objectsOf(live, place) : {} };
}

/** How a plan says for which tracks it is. */
export const tracksAmong = (surveys: readonly Survey[]): Pick<PlanContent, "track" | "tracks"> => {
  const [track, ...others] = surveys.flatMap(({ project }) => project.track?.name ?? []);
  if (track === undefined) return {};
  return others.length > 0 ? { tracks: [track, ...others] } : { track };
};

/** The rows of the histories as a plan keeps them. */
export const historyOf = (surveys: readonly Survey[]): PlanContent["history"] =>
  Object.fromEntries(
    surveys.flatMap(({ project, history }) =>
      history.map(({ name, checksum, state, stepsDone }) => [
        nameAmong(surveys.length > 1, project, name),
        { checksum, state, steps_done: stepsDone },
      ]),
    ),
  );

/** SHA-256, in hexadecimal digits. */
export const hashText = (text: string): string => new Bun.CryptoHasher("sha256").update(text).digest("hex");

/** Where a table is looked at closely, anything else is only known by name. */
function objectsOf({ tables, unsupported }: LiveSchema, place: string): PlanContent["objects"] {
  return Object.fromEntries([
    ...tables.map((table) => [`${place}table "${table.name}"`, hashText(canonicalJson(table))]),
    // What is in namespaces of others is none of its business, and neither are they.
    ...unsupported.flatMap((it) => {
      if (it.kind === "namespace") return [];
      const name = `${place}${it.kind} "${it.object}"${it.table === undefined ? "" : ` of "${it.table}"`}`;
      return [[name, hashText(canonicalJson(it))]];
    }),
  ]);
}
