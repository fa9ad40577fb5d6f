import { PartialError, ToolError } from "../core/errors.ts";
import type { Plan } from "../core/plan/plan.ts";
import type { Database } from "./database.ts";
import type { RunEvent } from "./events.ts";
import type { RunOptions } from "./run-options.ts";
import { runPlan } from "./runner.ts";

/** A seed whose plan is made when it is its turn. */
export interface PlannedSeed {
  readonly name: string;
  plan(): Promise<Plan>;
}

/**
 * Runs seeds, one after the other, as one run; no more than the plan of one is kept. Gives their names. Throws PartialError naming what was done, what
 * failed and what was not begun.
 */
export async function runSeeds(
  database: Database,
  seeds: readonly PlannedSeed[],
  options: RunOptions,
): Promise<readonly string[]> {
  const names = seeds.map(({ name }) => name);
  const about = { direction: "up", migrations: names } as const;
  const started = performance.now();
  options.onEvent?.({ type: "run-start", ...about });
  for (const [index, seed] of seeds.entries()) {
    const onEvent = (event: RunEvent): void => {
      const placed = placedEvent(event, index, names.length);
      if (placed) options.onEvent?.(placed);
    };
    try {
      await runPlan(database, await seed.plan(), { ...options, onEvent });
    } catch (error) {
      throw placedError(error, names, index);
    }
  }
  options.onEvent?.({ type: "run-end", ...about, durationMs: Math.round(performance.now() - started) });
  return names;
}

/** What a run of one seed tells, as part of the run of all. */
function placedEvent(event: RunEvent, index: number, total: number): RunEvent | undefined {
  switch (event.type) {
    case "run-start":
    case "run-end":
      return undefined;
    case "migration-start":
    case "migration-end":
    case "migration-failed":
      return { ...event, index, total };
    default:
      return event;
  }
}

function placedError(error: unknown, names: readonly string[], index: number): unknown {
  const cause = error instanceof PartialError ? error.cause : error;
  if (!(cause instanceof ToolError)) return error;
  return new PartialError(cause, {
    applied: names.slice(0, index),
    failed: names[index] ?? "",
    remaining: names.slice(index + 1),
  });
}
