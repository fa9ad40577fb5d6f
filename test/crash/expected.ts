import { join } from "node:path";
import { buildGraph } from "../../src/core/plan/graph.ts";
import { commandsOf, type Step } from "../../src/core/plan/plan.ts";
import { planUp } from "../../src/core/plan/steps.ts";
import { emptySchema } from "../../src/core/schema/model.ts";
import { executeStep } from "../../src/runtime/execute.ts";
import { loadMigrations } from "../../src/runtime/migrations.ts";
import type { MigrationStatus, StatusResult } from "../../src/runtime/tasks/status.ts";
import { invalid, type Snapshot, snapshotOf, withDatabase } from "./database.ts";

/** What a database looks like after each step of a project. */
export interface Expected {
  readonly steps: readonly Step[];
  /** The first is that of the empty database; one more than there are steps. */
  readonly snapshots: readonly Snapshot[];
}

/** Carries out the steps of a project in an empty database, one after the other, without history and journal. */
export async function expectedOf(root: string, url: string): Promise<Expected> {
  const graph = buildGraph(await loadMigrations(join(root, "migrations"), { root, cache: "bypass" }));
  return withDatabase(url, async (database) => {
    const { steps } = planUp({ pending: graph.order, before: emptySchema, dialect: database.dialect });
    const snapshots = [await snapshotOf(database)];
    for (const step of steps) {
      await executeStep(database, step);
      snapshots.push(await snapshotOf(database));
    }
    return { steps, snapshots };
  });
}

/**
 * Holds what `status` says against what is there: nothing when it is the truth, else what is wrong. A statement that it says is begun may
 * have taken effect or not, or have left an index that is not valid.
 */
export function untruthIn({ steps, snapshots }: Expected, said: StatusResult, found: Snapshot): string | undefined {
  const migrations = said.tracks[0]?.migrations ?? [];
  const odd = migrations.find(({ state }) => !["applied", "pending", "failed"].includes(state));
  if (odd) return `"${odd.name}" is ${odd.state}`;
  const states = new Map(migrations.map((migration) => [migration.name, migration]));
  const firstOpen = steps.findIndex((step) => !isDone(step, states.get(step.migration)));
  const done = firstOpen < 0 ? steps.length : firstOpen;
  const late = steps.slice(done).find((step) => isDone(step, states.get(step.migration)));
  if (late) return `"${late.migration}" is done, and "${steps[done]?.migration}" before it is not`;
  const begun = states.get(steps[done]?.migration ?? "")?.stopped?.statement;
  if (!begun) return difference(snapshots[done], found, `after ${done} steps`);
  const step = steps[done];
  const command = step && commandsOf(step)[begun.number - 1 - step.position];
  const sql = command && "sql" in command ? command.sql : undefined;
  if (!step || step.transaction || sql !== begun.sql)
    return `statement ${begun.number} is said to be begun: ${begun.sql}; what comes next is ${sql}`;
  const valid = Object.fromEntries(Object.entries(found).filter(([, definition]) => definition !== invalid));
  const [before, after] = [0, 1].map((more) => difference(snapshots[done + more], valid, `after ${done + more} steps`));
  return before && after && `${before}; ${after}`;
}

const isDone = (step: Step, said: MigrationStatus | undefined): boolean =>
  said?.state === "applied" ||
  (said?.state === "failed" && step.position + commandsOf(step).length <= (said.stopped?.done ?? 0));

/** What two databases differ in, if in anything. */
export function difference(expected: Snapshot | undefined, found: Snapshot, when: string): string | undefined {
  if (!expected) return `nothing is known of what is there ${when}`;
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
  const other = names.filter((name) => expected[name] !== found[name]);
  if (other.length === 0) return undefined;
  const list = other.map((name) => `${name}: expected ${expected[name] ?? "none"}, found ${found[name] ?? "none"}`);
  return `${when}: ${list.join("; ")}`;
}
