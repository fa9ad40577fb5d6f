import { join } from "node:path";
import { buildGraph } from "../../src/core/plan/graph.ts";
import { commandsOf, type Step } from "../../src/core/plan/plan.ts";
import { planDown, planUp } from "../../src/core/plan/steps.ts";
import { emptySchema } from "../../src/core/schema/model.ts";
import type { Database } from "../../src/runtime/database.ts";
import type { Direction } from "../../src/runtime/events.ts";
import { executeStep } from "../../src/runtime/execute.ts";
import { loadMigrations } from "../../src/runtime/migrations.ts";
import type { MigrationStatus, StatusResult } from "../../src/runtime/tasks/status.ts";
import { invalid, type Snapshot, snapshotOf, withDatabase } from "./database.ts";
import { irreversible } from "./story.ts";

/** What a database looks like after each step of a project. */
export interface Expected {
  readonly direction: Direction;
  readonly steps: readonly Step[];
  /** The first is that of before the first step; one more than there are steps. */
  readonly snapshots: readonly Snapshot[];
}

/** Carries out the steps of a project in an empty database, one after the other, without history and journal. */
export async function expectedOf(root: string, url: string, direction: Direction): Promise<Expected> {
  const { order } = buildGraph(await loadMigrations(join(root, "migrations"), { root, cache: "bypass" }));
  return withDatabase(url, async (database) => {
    const { dialect } = database;
    const up = planUp({ pending: order, before: emptySchema, dialect }).steps;
    if (direction === "up") return { direction, steps: up, snapshots: await snapshotsOf(database, up) };
    for (const step of up) await executeStep(database, step);
    const rollback = order.filter(({ name }) => name > irreversible).toReversed();
    const { steps } = planDown({ rollback, applied: order, dialect });
    return { direction, steps, snapshots: await snapshotsOf(database, steps) };
  });
}

async function snapshotsOf(database: Database, steps: readonly Step[]): Promise<readonly Snapshot[]> {
  const snapshots = [await snapshotOf(database)];
  for (const step of steps) {
    await executeStep(database, step);
    snapshots.push(await snapshotOf(database));
  }
  return snapshots;
}

/**
 * Holds what `status` says against what is there: nothing when it is the truth, else what is wrong. A statement that it says is begun may
 * have taken effect or not, or have left an index that is not valid.
 */
export function untruthIn(
  { direction, steps, snapshots }: Expected,
  said: StatusResult,
  found: Snapshot,
): string | undefined {
  const migrations = said.tracks[0]?.migrations ?? [];
  const odd = migrations.find(({ state }) => !["applied", "pending", "failed"].includes(state));
  if (odd) return `"${odd.name}" is ${odd.state}`;
  const states = new Map(migrations.map((migration) => [migration.name, migration]));
  const isDone = (step: Step): boolean => isDoneAs(direction, step, states.get(step.migration));
  const firstOpen = steps.findIndex((step) => !isDone(step));
  const done = firstOpen < 0 ? steps.length : firstOpen;
  const late = steps.slice(done).find(isDone);
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

const isDoneAs = (direction: Direction, step: Step, said: MigrationStatus | undefined): boolean =>
  said?.state === (direction === "up" ? "applied" : "pending") ||
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
