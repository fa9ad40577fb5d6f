import { join } from "node:path";
import type { Dialect } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import { describePlan, type PlannedMigration } from "../../core/plan/describe.ts";
import type { Migration } from "../../core/plan/migration.ts";
import type { Plan } from "../../core/plan/plan.ts";
import { refuseChanged } from "../../core/plan/reconcile.ts";
import { replay } from "../../core/plan/state.ts";
import { planUp } from "../../core/plan/steps.ts";
import type { Schema } from "../../core/schema/model.ts";
import { type LoadedSeed, loadSeeds, refuseSchemaChanges } from "../load-seeds.ts";
import type { Project } from "../project.ts";
import { withReadable } from "../read-only.ts";
import { type PlannedSeed, runSeeds } from "../run-seeds.ts";
import { findSeeds, type SeedChoice } from "../seeds.ts";
import { change, refuseUnfinished, type Survey, type TaskOptions } from "../survey.ts";

export interface SeedOptions extends TaskOptions, SeedChoice {
  /** Show what would run and change nothing. */
  readonly dryRun?: boolean | undefined;
}

export interface SeedResult {
  /** The one whose seeds ran after those of every environment; `null`: none was named. */
  readonly environment: string | null;
  /** Names of the seeds that ran, in order. */
  readonly applied: readonly string[];
  /** With `dryRun`: what would run. */
  readonly planned?: readonly PlannedMigration[];
}

/**
 * Runs the seeds of a project, each in a transaction of its own, with the lock held; nothing is recorded, so that they run again each
 * time. Throws ToolError `usage` for an environment or a seed that is not there, `migration` for a seed that changes more than rows,
 * `state` when migrations are pending, `history` when applied ones were changed, all before anything runs; PartialError when a seed fails.
 */
export async function seed(project: Project, options: SeedOptions = {}): Promise<SeedResult> {
  const files = findSeeds(join(project.root, "seeds"), options, project.seeds);
  const environment = options.environment ?? null;
  if (files.length === 0) return { environment, applied: [], ...(options.dryRun && { planned: [] }) };
  const plansOf = async (survey: Survey, dialect: Dialect): Promise<readonly PlannedSeed[]> => {
    refuseUnready(survey);
    const before = replay(survey.state.applied, survey.graph.surroundings);
    const seeds = await loadSeeds(project, files, { before, dialect });
    return checked(seeds, (pending) => planUp({ pending: [pending], before, dialect }), before);
  };
  if (options.dryRun)
    return withReadable(project, options, async ({ survey, dialect }) => {
      const planned: PlannedMigration[] = [];
      for (const each of await plansOf(survey, dialect)) planned.push(...describePlan(await each.plan()));
      return { environment, applied: [], planned };
    });
  return change<SeedResult>(project, options, {
    needed: (survey) => {
      refuseUnready(survey);
      return undefined;
    },
    work: async ({ database, survey }) => {
      const seeds = await plansOf(survey, database.dialect);
      const { onEvent, signal } = options;
      const limits = { configured: project.limits, asked: options.limits };
      return { environment, applied: await runSeeds(database, seeds, { onEvent, signal, limits }) };
    },
  });
}

/** Each is looked at before the first of them runs, and read again when it is its turn if it is long. */
async function checked(
  seeds: readonly LoadedSeed[],
  plan: (seed: Migration) => Plan,
  before: Schema,
): Promise<readonly PlannedSeed[]> {
  const checkedPlan = async (seed: LoadedSeed): Promise<Plan> => {
    const migration = await seed.load();
    refuseSchemaChanges([migration], before);
    return plan(migration);
  };
  const planned: PlannedSeed[] = [];
  for (const seed of seeds) planned.push({ name: seed.name, plan: await once(seed.long, () => checkedPlan(seed)) });
  return planned;
}

/** What is made again each time is not held: a function keeps alive all that stands around it. */
async function once<T>(again: boolean, make: () => Promise<T>): Promise<() => Promise<T>> {
  const made = await make();
  return again ? make : () => Promise.resolve(made);
}

/** Seeds are written for the tables that all of the migrations make. */
function refuseUnready(survey: Survey): void {
  const { state } = survey;
  refuseUnfinished(survey);
  refuseChanged(state);
  if (state.pending.length === 0) return;
  const names = state.pending.map(({ name }) => name);
  const shown = names
    .slice(0, 3)
    .map((name) => `"${name}"`)
    .join(", ");
  const what = `${shown}${names.length > 3 ? ` and ${names.length - 3} more` : ""} ${names.length === 1 ? "is" : "are"} not applied`;
  throw new ToolError(
    "state",
    `${what}, and seeds go into the tables that all migrations make; run \`godwit migrate up\` first`,
    {
      pending: names,
    },
  );
}
