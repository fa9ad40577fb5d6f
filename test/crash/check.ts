import type { Direction } from "../../src/runtime/events.ts";
import { lockKey } from "../../src/runtime/lock-kinds.ts";
import type { MigrationStatus, Stopped } from "../../src/runtime/tasks/status.ts";
import { emptyDatabase, type Snapshot, snapshotOf, withDatabase } from "./database.ts";
import { difference, type Expected, expectedOf, untruthIn } from "./expected.ts";
import { type Engine, irreversible } from "./story.ts";
import type { CrashProject } from "./supervisor.ts";

/** A project, and what it comes to when nobody disturbs it. */
export interface Known {
  readonly engine: Engine;
  readonly project: CrashProject;
  readonly expected: Expected;
  readonly end: Snapshot;
  readonly durationMs: number;
}

/** Carries the project out, step by step, and as a run of the executable; both must come to the same. */
export async function undisturbed(engine: Engine, project: CrashProject, direction: Direction = "up"): Promise<Known> {
  const [bySteps, byRun] = [await emptyDatabase(engine, project.root), await emptyDatabase(engine, project.root)];
  try {
    const expected = await expectedOf(project.root, bySteps.url, direction);
    if (direction === "down") await project.up(byRun.url).ended();
    const { exitCode, log, durationMs } = await project[direction](byRun.url).ended();
    if (exitCode !== 0) throw new Error(`an undisturbed run ended with ${exitCode}:\n${log}`);
    const end = await withDatabase(byRun.url, snapshotOf);
    const other = difference(expected.snapshots.at(-1), end, "at the end of an undisturbed run");
    if (other) throw new Error(other);
    return { engine, project, expected, end, durationMs };
  } finally {
    await bySteps.drop();
    await byRun.drop();
  }
}

/**
 * Asks what is done, looks, and asks again: a server may still be at work on the last statement of the dead. What it says
 * twice must be the truth in between.
 */
export async function checkTruth(
  { project, expected }: Pick<Known, "project" | "expected">,
  url: string,
  where: string,
): Promise<{ readonly failed: MigrationStatus | undefined; readonly statement: Stopped["statement"] }> {
  let said = await project.status(url);
  for (;;) {
    const found = await withDatabase(url, snapshotOf);
    const again = await project.status(url);
    if (Bun.deepEquals(said, again)) {
      const untruth = untruthIn(expected, said, found);
      if (untruth) throw new Error(`status is not the truth, ${untruth}\n${where}`);
      const failed = said.tracks[0]?.migrations.find(({ state }) => state === "failed");
      return { failed, statement: failed?.stopped?.statement };
    }
    said = again;
  }
}

/** Holds a database against an undisturbed one. `locked`: the last run had a lock, which must be gone. */
export async function checkEnd(
  { engine, expected, end }: Omit<Known, "project">,
  url: string,
  locked: boolean,
  when: string,
): Promise<void> {
  await withDatabase(url, async (opened) => {
    const other = difference(end, await snapshotOf(opened), when);
    if (other) throw new Error(other);
    const moved = new Set(expected.steps.map((step) => step.migration)).size;
    const applied = expected.direction === "up" ? moved : Number.parseInt(irreversible, 10);
    const told = expected.direction === "down" ? [rolledBack(moved)] : [];
    for (const [what, sql, wanted] of [...leftovers(applied), ...told, ...(locked ? [lockLeftovers[engine]] : [])]) {
      const n = Number((await opened.driver.query(sql))[0]?.["n"]);
      if (n !== wanted) throw new Error(`${when}: ${what}: ${n} in place of ${wanted}`);
    }
  });
}

/** What it is, a query for its number `n`, and the number that it must be. */
type Leftover = readonly [string, string, number];

const leftovers = (total: number): readonly Leftover[] => [
  ["migrations in the history", "SELECT count(*) AS n FROM godwit_history WHERE state = 'applied'", total],
  ["rows of the history", "SELECT count(*) AS n FROM godwit_history", total],
  ["notes in the journal", "SELECT count(*) AS n FROM godwit_history_journal", 0],
];

/** However often it was cut short, what went back went once. */
const rolledBack = (total: number): Leftover => [
  "migrations that the log tells of as rolled back",
  "SELECT count(*) AS n FROM godwit_history_past WHERE reason = 'rolled_back'",
  total,
];

const lockLeftovers: Readonly<Record<Engine, Leftover>> = {
  sqlite: ["locks", "SELECT count(*) AS n FROM godwit_lock", 0],
  // A run that is killed leaves it to end by itself.
  turso: ["locks", "SELECT count(*) AS n FROM godwit_lease WHERE owner IS NOT NULL", 0],
  postgresql: [
    "locks",
    "SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
    0,
  ],
  mariadb: [
    "locks",
    `SELECT IS_USED_LOCK(CONCAT('godwit ', LEFT(SHA1(DATABASE()), 16), ' ', '${lockKey("godwit_history")}')) IS NOT NULL AS n`,
    0,
  ],
};
