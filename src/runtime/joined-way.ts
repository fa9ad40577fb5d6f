import { type Step, sqlOf } from "../core/plan/plan.ts";
import type { Database } from "./database.ts";
import type { RunEvent } from "./events.ts";
import { type HistoryPlace, readHistory } from "./history.ts";
import type { RunOptions } from "./run-options.ts";
import { nameStatement } from "./statement-events.ts";

/** How a database does several migrations at once. */
export interface JoinedWay {
  /** So many at a time. */
  readonly most: number;
  /** Whether this one can be among them, which does nothing but make tables and change new ones. */
  takes(database: Database, step: Step, options: RunOptions): boolean;
  /** Does them in their order, until one fails, or it has been at it for long. */
  attempt(database: Database, steps: readonly Step[], options: JoinedOptions): Promise<Tried>;
}

export interface JoinedOptions extends RunOptions {
  readonly history: HistoryPlace;
}

/** What came of migrations that were tried together. */
export interface Tried {
  /** The first of them, all, or none. */
  readonly applied: readonly Joined[];
  /** Whether one failed: the rest is for running one at a time then, which tells what is wrong. */
  readonly failed: boolean;
}

/** A migration that was applied with others. */
export interface Joined {
  readonly durationMs: number;
  /** What is told of it between its start and its end. */
  readonly events: readonly RunEvent[];
}

/** What came of them where one failed: the history says which are applied all the same. */
export async function triedInVain(database: Database, steps: readonly Step[], history: HistoryPlace): Promise<Tried> {
  const rows = new Map((await readHistory(database, history)).map((row) => [row.name, row]));
  const applied = steps.flatMap((step) => {
    const row = rows.get(step.migration);
    return row ? [{ durationMs: row.durationMs, events: eventsOf(step) }] : [];
  });
  return { applied, failed: true };
}

/** What is told of a migration whose statements were not heard of one by one: all but how long each took. */
export const eventsOf = ({ migration, actions }: Step): readonly RunEvent[] =>
  actions.flatMap(({ operation, title, commands }) => [
    ...commands.map(
      (command) => ({ type: "statement", ...nameStatement(sqlOf(command), { migration, operation }) }) as const,
    ),
    { type: "operation", migration, operation, title } as const,
  ]);
