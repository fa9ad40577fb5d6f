import { PartialError, ToolError } from "../core/errors.ts";
import { byMigration, commandsOf, type Plan, type Step, type Steps } from "../core/plan/plan.ts";
import type { Database } from "./database.ts";
import { executeTogether } from "./execute.ts";
import { asToolError, recorder } from "./record.ts";
import type { RunOptions } from "./run-options.ts";

/**
 * Carries out a whole plan in one transaction. Throws ToolError `unsupported`, before anything runs, for what cannot be part of one, and
 * PartialError when a migration fails: then nothing was done.
 */
export async function runTogether(database: Database, plan: Plan, options: RunOptions): Promise<void> {
  const { direction } = plan;
  const { history, halfDone, ending, onEvent, signal } = options;
  const migrations = byMigration(plan);
  const steps = migrations.map((group) => onlyStep(database, group, halfDone?.has(group[0].migration) ?? false));
  const names = steps.map((step) => step.migration);
  let current = 0;
  let start = performance.now();
  const begin = (index: number): void => {
    current = index;
    start = performance.now();
    const migration = names[index];
    if (migration !== undefined)
      onEvent?.({ type: "migration-start", direction, migration, index, total: names.length });
  };
  const record = async (step: Step): Promise<void> => {
    const index = steps.indexOf(step);
    if (history) await recorder(database, [step], { direction, start, ending })(history, { replace: false });
    const durationMs = Math.round(performance.now() - start);
    onEvent?.({ type: "migration-end", direction, migration: step.migration, index, total: names.length, durationMs });
    begin(index + 1);
  };
  begin(0);
  try {
    await executeTogether(database, steps, { ...options, record });
  } catch (error) {
    const failed = names[Math.min(current, names.length - 1)] ?? "";
    const cause = signal?.aborted
      ? new ToolError(
          "cancelled",
          `stopped on request during "${failed}"; nothing of the run is left`,
          {},
          { cause: error },
        )
      : asToolError(error, failed);
    const about = { direction, migration: failed, index: current, total: names.length };
    onEvent?.({ type: "migration-failed", ...about, message: cause.message });
    throw new PartialError(cause, { applied: [], failed, remaining: names.filter((name) => name !== failed) });
  }
}

function onlyStep({ dialect }: Database, steps: Steps, half: boolean): Step {
  const [first, ...others] = steps;
  const { migration } = first;
  if (!dialect.capabilities.transactionalDdl) {
    const message = `${dialect.title} commits every change of a table by itself, so that a run cannot be one transaction; run it without --single-transaction`;
    throw new ToolError("unsupported", message, { dialect: dialect.name });
  }
  if (half) {
    const message = `"${migration}" stopped half-way, so that it cannot be part of a transaction any more; finish it without --single-transaction`;
    throw new ToolError("history", message, { migration });
  }
  if (others.length === 0 && first.transaction && first.begin === undefined) return first;
  const alone = steps.find((step) => !step.transaction);
  const [command] = alone ? commandsOf(alone) : [];
  const what = command && "sql" in command ? `:\n  ${command.sql.split("\n", 1)[0]}` : " (it says so itself)";
  throw new ToolError(
    "unsupported",
    `"${migration}" cannot be part of one transaction${what}\nrun it without --single-transaction, or in a run of its own with --to`,
    { migration },
  );
}
