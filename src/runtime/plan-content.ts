import type { Dialect, LiveSchema } from "../core/ddl/dialect.ts";
import { describePlan } from "../core/plan/describe.ts";
import { hazardsOf } from "../core/plan/hazard.ts";
import type { OrderPolicy } from "../core/plan/late.ts";
import type { Applied } from "../core/plan/migration.ts";
import type { Plan } from "../core/plan/plan.ts";
import type { PlanContent } from "../core/plan/plan-file.ts";
import { refuseChanged } from "../core/plan/reconcile.ts";
import { replay } from "../core/plan/state.ts";
import { canonicalJson } from "../core/schema/canonical.ts";
import { version } from "../version.ts";
import { type Database, introspect } from "./database.ts";
import type { OnEvent } from "./events.ts";
import { checkOrder, orderOf } from "./order.ts";
import { withoutOwnTables } from "./own-tables.ts";
import type { Project } from "./project.ts";
import { refuseUnfinished, type Survey } from "./survey.ts";
import { pendingUpTo, planPending } from "./tasks/up.ts";

export interface PlanOptions {
  /** Stop when this migration is applied. */
  readonly to?: string | undefined;
  readonly order?: OrderPolicy | undefined;
  readonly onEvent?: OnEvent | undefined;
}

/** A database that may not exist yet, and how it stands. */
export interface Standing {
  readonly survey: Survey;
  readonly dialect: Dialect;
  readonly database?: Database;
}

/**
 * What `up` would do now, as something to run and as something to write down. Refuses what `up` refuses: throws ToolError `history`,
 * `unknown-migration`, `state` or `unsupported`.
 */
export async function planNow(
  project: Project,
  { survey, dialect, database }: Standing,
  options: PlanOptions,
): Promise<{ readonly plan: Plan; readonly content: PlanContent }> {
  const pending = pendingUpTo(survey, options.to);
  refuseChanged(survey.state);
  refuseUnfinished(survey);
  checkOrder(survey, pending, { order: orderOf(project, options), onEvent: options.onEvent });
  const plan = planPending(survey, pending, dialect);
  const hazards = hazardsOf(pending, replay(survey.state.applied, survey.graph.surroundings));
  const migrations = describePlan(plan).map(({ name, statements }, i) => ({
    name,
    checksum: pending[i]?.checksum ?? "",
    hazards: [...(hazards[i] ?? [])],
    statements: statements.map(({ sql, step, transaction, purpose }) => ({ sql, step, transaction, ...(purpose && { purpose }) })),
  }));
  const live = database ? withoutOwnTables(await introspect(database), project) : undefined;
  const content: PlanContent = {
    format: "godwit plan",
    version: 1,
    godwit: version,
    dialect: dialect.name,
    ...(project.track && { track: project.track.name }),
    to: options.to ?? null,
    migrations,
    history: historyOf(survey.history),
    objects: live ? objectsOf(live) : {},
  };
  return { plan, content };
}

/** The rows of a history as a plan keeps them. */
export const historyOf = (rows: readonly Applied[]): PlanContent["history"] =>
  Object.fromEntries(
    rows.map(({ name, checksum, state, stepsDone }) => [name, { checksum, state, steps_done: stepsDone }]),
  );

/** SHA-256, in hexadecimal digits. */
export const hashText = (text: string): string => new Bun.CryptoHasher("sha256").update(text).digest("hex");

/** Where a table is looked at closely, anything else is only known by name. */
function objectsOf({ tables, unsupported }: LiveSchema): PlanContent["objects"] {
  return Object.fromEntries([
    ...tables.map((table) => [`table "${table.name}"`, hashText(canonicalJson(table))]),
    ...unsupported.map((it) => {
      const name = `${it.kind} "${it.object}"${it.table === undefined ? "" : ` of "${it.table}"`}`;
      return [name, hashText(canonicalJson(it))];
    }),
  ]);
}
