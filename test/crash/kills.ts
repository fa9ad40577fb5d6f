import { randomFrom } from "../helpers/random-schema.ts";
import { type CrashDatabase, emptyDatabase, type Snapshot, snapshotOf, withDatabase } from "./database.ts";
import { difference, type Expected, expectedOf, untruthIn } from "./expected.ts";
import { type Engine, storyOf } from "./story.ts";
import { type CrashProject, createCrashProject, type Run } from "./supervisor.ts";

/** What became of a number of kills. */
export interface Outcome {
  readonly kills: number;
  /** Databases that were brought to the end, in spite of all kills. */
  readonly databases: number;
  /** Kills after which a migration was half-done, and of these, a statement begun. */
  readonly halfDone: number;
  readonly begun: number;
}

/**
 * Starts `migrate up` of the story in an empty database and kills it at a random moment, again and again until it is done; then the same in the
 * next database, until so many kills have been made. Throws an Error that says after which kill something was not as it must be.
 */
export async function killAgainAndAgain(engine: Engine, kills: number, seed: number): Promise<Outcome> {
  const project = await createCrashProject(storyOf(engine));
  try {
    const calm = await undisturbed(engine, project);
    const random = randomFrom(seed);
    let outcome: Outcome = { kills: 0, databases: 0, halfDone: 0, begun: 0 };
    while (outcome.kills < kills) {
      const database = await emptyDatabase(engine, project.root);
      try {
        outcome = await untilDone({ engine, project, database, random, kills, ...calm }, outcome);
      } finally {
        await database.drop();
      }
    }
    return outcome;
  } finally {
    project.dispose();
  }
}

interface Calm {
  readonly expected: Expected;
  readonly end: Snapshot;
  readonly durationMs: number;
}

/** What nobody disturbs: step by step, and as a run of the executable; both must come to the same. */
async function undisturbed(engine: Engine, project: CrashProject): Promise<Calm> {
  const [bySteps, byRun] = [await emptyDatabase(engine, project.root), await emptyDatabase(engine, project.root)];
  try {
    const expected = await expectedOf(project.root, bySteps.url);
    const { exitCode, log, durationMs } = await project.up(byRun.url).ended();
    if (exitCode !== 0) throw new Error(`an undisturbed run ended with ${exitCode}:\n${log}`);
    const end = await withDatabase(byRun.url, snapshotOf);
    const other = difference(expected.snapshots.at(-1), end, "at the end of an undisturbed run");
    if (other) throw new Error(other);
    return { expected, end, durationMs };
  } finally {
    await bySteps.drop();
    await byRun.drop();
  }
}

interface Victim extends Calm {
  readonly engine: Engine;
  readonly project: CrashProject;
  readonly database: CrashDatabase;
  readonly random: () => number;
  /** How many there are to be, all databases together. */
  readonly kills: number;
}

async function untilDone(victim: Victim, before: Outcome): Promise<Outcome> {
  const { engine, project, database, random } = victim;
  let outcome = before;
  for (;;) {
    const run = project.up(database.url);
    const moment = outcome.kills < victim.kills ? await killAt(run, random, victim.durationMs) : "none";
    const { exitCode, log } = await run.ended();
    const where = `kill ${outcome.kills + 1} (${moment}) in database ${before.databases + 1}`;
    if (exitCode === 0) {
      // A run that finds nothing to do takes no lock, and so does not take one over from the dead.
      const locked = log.includes('"event":"run-start"');
      await checkEnd(engine, victim, locked, `after ${outcome.kills - before.kills} kills`);
      return { ...outcome, databases: outcome.databases + 1 };
    }
    if (exitCode !== undefined) throw new Error(`before ${where}, the run ended with ${exitCode}:\n${log}`);
    const { failed, statement } = await checkTruth(victim, where, log);
    outcome = {
      ...outcome,
      kills: outcome.kills + 1,
      halfDone: outcome.halfDone + (failed ? 1 : 0),
      begun: outcome.begun + (statement ? 1 : 0),
    };
  }
}

/** Kills a run at some time, or some time after a line of its log. A moment that comes too late leaves it alone. */
async function killAt(run: Run, random: () => number, durationMs: number): Promise<string> {
  if (random() < 0.4) {
    const ms = Math.round(random() * durationMs);
    await Promise.race([Bun.sleep(ms), run.ended()]);
    run.kill();
    return `after ${ms} ms`;
  }
  const [lines, ms] = [1 + Math.floor(random() ** 2 * 60), random() < 0.5 ? 0 : Math.floor(random() * 12)];
  await run.lines(lines);
  if (ms > 0) await Bun.sleep(ms);
  run.kill();
  return `${ms} ms after line ${lines}`;
}

/**
 * Asks what is done, looks, and asks again: a server may still be at work on the last statement of the dead. What it says
 * twice must be the truth in between.
 */
async function checkTruth({ project, database, expected }: Victim, where: string, log: string) {
  let said = await project.status(database.url);
  for (;;) {
    const found = await withDatabase(database.url, snapshotOf);
    const again = await project.status(database.url);
    if (Bun.deepEquals(said, again)) {
      const untruth = untruthIn(expected, said, found);
      if (untruth) throw new Error(`${where}: status is not the truth: ${untruth}\n${log}`);
      const failed = said.tracks[0]?.migrations.find(({ state }) => state === "failed");
      return { failed, statement: failed?.stopped?.statement };
    }
    said = again;
  }
}

async function checkEnd(
  engine: Engine,
  { database, expected, end }: Victim,
  locked: boolean,
  when: string,
): Promise<void> {
  await withDatabase(database.url, async (opened) => {
    const other = difference(end, await snapshotOf(opened), when);
    if (other) throw new Error(other);
    const total = new Set(expected.steps.map((step) => step.migration)).size;
    for (const [what, sql, wanted] of [...leftovers(total), ...(locked ? [lockLeftovers[engine]] : [])]) {
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

const lockLeftovers: Readonly<Record<Engine, Leftover>> = {
  sqlite: ["locks", "SELECT count(*) AS n FROM godwit_lock", 0],
  postgresql: [
    "locks",
    "SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
    0,
  ],
};
