import { afterAll, beforeAll, expect, test } from "bun:test";
import { checkTruth, type Known, undisturbed } from "./check.ts";
import { startCutter } from "./cutter.ts";
import { emptyDatabase, snapshotOf, withDatabase } from "./database.ts";
import { difference } from "./expected.ts";
import { seriesOf } from "./story.ts";
import { createCrashProject } from "./supervisor.ts";

/** They are sent sixteen at a time. */
const tables = seriesOf(40);

let known: Known;
beforeAll(async () => {
  known = await undisturbed("postgresql", await createCrashProject(tables));
}, 60_000);
afterAll(() => known.project.dispose());

/** What is applied of what the log says ended, what the database has, and what the next run makes of it. */
async function finishes(url: string, log: string): Promise<number> {
  await checkTruth(known, url, log);
  const [track] = (await known.project.status(url)).tracks;
  const applied = track?.migrations.filter(({ state }) => state === "applied") ?? [];
  for (const { name } of track?.migrations.slice(applied.length) ?? [])
    expect(log).not.toMatch(new RegExp(`"migration-end".*"${name}"`));
  const again = await known.project.up(url).ended();
  expect({ exitCode: again.exitCode, error: again.error }).toEqual({ exitCode: 0, error: undefined });
  expect(difference(known.end, await withDatabase(url, snapshotOf), "after the next run")).toBeUndefined();
  return applied.length;
}

test.each([
  ["before they reach the server", "never", false],
  ["while they are at work", 2, false],
  ["while they are at work, with a reset", 6, true],
] as const)(
  "the connection is cut %s: status is the truth, and the next run finishes",
  async (_, afterMs, reset) => {
    const database = await emptyDatabase("postgresql", known.project.root);
    const cutter = await startCutter(database.url, { at: (sent) => sent.includes('"by_32"'), afterMs, reset });
    try {
      const { exitCode, error, log } = await known.project.up(cutter.url).ended();
      expect(cutter.cuts()).toBe(1);
      expect({ exitCode, error }).toMatchObject({ exitCode: 1, error: { code: "connect" } });
      expect(error?.message).toContain('the migrations from "0017_table" to "0032_table" were sent at once');
      const applied = await finishes(database.url, log);
      if (afterMs === "never") expect(applied).toBe(16);
      else expect(applied).toBeGreaterThanOrEqual(16);
    } finally {
      cutter.close();
      await database.drop();
    }
  },
  30_000,
);

test.each([0, 2, 5, 9])(
  "it is killed %i ms after they are sent: status is the truth, and the next run finishes",
  async (afterMs) => {
    const database = await emptyDatabase("postgresql", known.project.root);
    const sent = Promise.withResolvers<void>();
    const at = (text: string): boolean => {
      if (text.includes('"by_32"')) sent.resolve();
      return false;
    };
    const cutter = await startCutter(database.url, { at, afterMs: 0, reset: false });
    try {
      const run = known.project.up(cutter.url);
      await sent.promise;
      await Bun.sleep(afterMs);
      run.kill("SIGKILL");
      const { log } = await run.ended();
      expect(await finishes(database.url, log)).toBeGreaterThanOrEqual(16);
    } finally {
      cutter.close();
      await database.drop();
    }
  },
  30_000,
);
