import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Direction } from "../../src/runtime/events.ts";
import { randomFrom } from "../helpers/random-schema.ts";
import { checkEnd, checkTruth, type Known, undisturbed } from "./check.ts";
import { type CrashDatabase, emptyDatabase } from "./database.ts";
import { type Engine, type Files, storyOf } from "./story.ts";
import { createCrashProject, type Run } from "./supervisor.ts";

/** What became of a number of kills. */
export interface Outcome {
  readonly kills: number;
  /** Databases that were brought to the end, in spite of all kills. */
  readonly databases: number;
  /** Kills after which a migration was half-done, and of these, a statement begun. */
  readonly halfDone: number;
  readonly begun: number;
}

type Signal = "SIGKILL" | "SIGTERM";

export interface Circumstances {
  /** The migrations; default `storyOf` the engine. */
  readonly files?: Files;
  /** What godwit.yaml says. */
  readonly config?: string;
  /** Takes out of a migration what the circumstances do not allow. */
  readonly adapt?: (text: string) => string;
  /** Makes an empty database in place of `emptyDatabase`. */
  readonly open?: typeof emptyDatabase;
  /** Default up. */
  readonly direction?: Direction;
  /** What ends a run; default SIGKILL. */
  readonly signal?: Signal;
  /** Called when a database is done. */
  readonly onDatabase?: (soFar: Outcome) => void;
}

/**
 * Starts `migrate up` of the story in an empty database and kills it at a random moment, again and again until it is done; then the same in the
 * next database, until so many kills have been made. Throws an Error that says after which kill something was not as it must be.
 */
export async function killAgainAndAgain(
  engine: Engine,
  kills: number,
  seed: number,
  {
    files: given = storyOf(engine),
    config,
    adapt = (text) => text,
    open = emptyDatabase,
    direction,
    signal = "SIGKILL",
    onDatabase,
  }: Circumstances = {},
): Promise<Outcome> {
  const files = [...given].map(([path, text]) => [path, adapt(text)] as const);
  const project = await createCrashProject(new Map(files));
  if (config !== undefined) writeFileSync(join(project.root, "godwit.yaml"), config);
  try {
    const known = await undisturbed(engine, project, direction);
    const random = randomFrom(seed);
    let outcome: Outcome = { kills: 0, databases: 0, halfDone: 0, begun: 0 };
    while (outcome.kills < kills) {
      const database = await open(engine, project.root);
      try {
        if (direction === "down") await project.up(database.url).ended();
        outcome = await untilDone({ database, random, kills, signal, ...known }, outcome);
        onDatabase?.(outcome);
      } finally {
        await database.drop();
      }
    }
    return outcome;
  } finally {
    project.dispose();
  }
}

interface Victim extends Known {
  readonly database: CrashDatabase;
  readonly random: () => number;
  /** How many there are to be, all databases together. */
  readonly kills: number;
  readonly signal: Signal;
}

async function untilDone(victim: Victim, before: Outcome): Promise<Outcome> {
  const { project, database } = victim;
  let outcome = before;
  for (;;) {
    const run = project[victim.expected.direction](database.url);
    const moment = outcome.kills < victim.kills ? await killAt(run, victim) : "none";
    const { exitCode, log } = await run.ended();
    const where = `kill ${outcome.kills + 1} (${moment}) in database ${before.databases + 1}`;
    if (exitCode === 0) {
      // A run that finds nothing to do takes no lock, and so does not take one over from the dead.
      const locked = log.includes('"event":"run-start"');
      await checkEnd(victim, database.url, locked, `after ${outcome.kills - before.kills} kills`);
      return { ...outcome, databases: outcome.databases + 1 };
    }
    // Who is told to stop says so.
    if (exitCode !== undefined && exitCode !== 143)
      throw new Error(`before ${where}, the run ended with ${exitCode}:\n${log}`);
    const { failed, statement } = await checkTruth(victim, database.url, `${where}\n${log}`);
    outcome = {
      ...outcome,
      kills: outcome.kills + 1,
      halfDone: outcome.halfDone + (failed ? 1 : 0),
      begun: outcome.begun + (statement && statement.error === undefined ? 1 : 0),
    };
  }
}

/** Kills a run at some time, or some time after a line of its log. A moment that comes too late leaves it alone. */
async function killAt(run: Run, { random, durationMs, signal }: Victim): Promise<string> {
  if (random() < 0.4) {
    const ms = Math.round(random() * durationMs);
    await Promise.race([Bun.sleep(ms), run.ended()]);
    run.kill(signal);
    return `after ${ms} ms`;
  }
  const [lines, ms] = [1 + Math.floor(random() ** 2 * 60), random() < 0.5 ? 0 : Math.floor(random() * 12)];
  await run.lines(lines);
  if (ms > 0) await Bun.sleep(ms);
  run.kill(signal);
  return `${ms} ms after line ${lines}`;
}
