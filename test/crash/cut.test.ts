import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { randomFrom } from "../helpers/random-schema.ts";
import { checkEnd, checkTruth, type Known, undisturbed } from "./check.ts";
import { startCutter } from "./cutter.ts";
import { emptyDatabase } from "./database.ts";
import { storyOf, words } from "./story.ts";
import { createCrashProject } from "./supervisor.ts";

/** A query that begins so, in the protocol of either server: notes of the journal have the same text in them. */
const query = (text: string): RegExp => new RegExp(`(?:Q[\\s\\S]{4}|\\x03)${RegExp.escape(text)}`);

for (const engine of ["postgresql", "mariadb"] as const) {
  describe(`a connection to ${engine} that is cut`, () => {
    const { alone } = words[engine];
    let known: Known;
    beforeAll(async () => {
      known = await undisturbed(engine, await createCrashProject(storyOf(engine)));
    }, 60_000);
    afterAll(() => known.project.dispose());

    for (const [when, marker, afterMs, reset = false] of [
      ["in a statement of a transaction", query("INSERT INTO orders"), 2],
      ["in a statement of a transaction, with a reset", query("INSERT INTO orders"), 2, true],
      ["in a statement that stands alone", query(alone[2]), 5],
      ["as soon as a statement that stands alone is sent", query(alone[1]), 0],
      ["as soon as one is sent, with a reset", query(alone[1]), 0, true],
      ["when the answer to COMMIT is on its way", /UPDATE accounts SET score[\s\S]*COMMIT/, 3],
      ["when a note of the journal is written", /INSERT INTO ["`]godwit_history_journal/, 1],
      ["when a note of the journal is written, with a reset", /INSERT INTO ["`]godwit_history_journal/, 0, true],
    ] as const) {
      test(`${when}: the run says so, status is the truth, and the next run finishes`, async () => {
        const database = await emptyDatabase(engine, known.project.root);
        const cutter = await startCutter(database.url, { at: (sent) => marker.test(sent), afterMs, reset });
        try {
          const { exitCode, error, log } = await known.project.up(cutter.url).ended();
          expect(cutter.cuts()).toBe(1);
          expect({ exitCode, error }).toMatchObject({ exitCode: 1, error: { code: "connect" } });
          expect(error?.message).toMatch(/the connection to 127\.0\.0\.1:\d+ was lost/);
          await checkTruth(known, database.url, log);
          const again = await known.project.up(database.url).ended();
          expect(again.error).toBeUndefined();
          expect(again.exitCode).toBe(0);
          await checkEnd(known, database.url, true, when);
        } finally {
          cutter.close();
          await database.drop();
        }
      }, 30_000);
    }

    test("while the history is read: nothing is said against its table", async () => {
      const database = await emptyDatabase(engine, known.project.root);
      await known.project.up(database.url, ["--to", "0001_step"]).ended();
      const at = (sent: string): boolean => /FROM ["`]godwit_history["`]/.test(sent);
      const cutter = await startCutter(database.url, { at, afterMs: "never", reset: false });
      try {
        const { error } = await known.project.up(cutter.url).ended();
        expect(error?.message).toMatch(/^the connection to 127\.0\.0\.1:\d+ was lost/);
      } finally {
        cutter.close();
        await database.drop();
      }
    }, 30_000);

    test(`at any moment, again and again, ${databases} times over: each run says so, and at last all is done once`, async () => {
      process.stdout.write(`${engine}: GODWIT_TEST_SEED=${seed}\n`);
      const random = randomFrom(seed);
      for (let i = 0; i < databases; i++) await cutAgainAndAgain(known, random);
    }, 900_000);
  });
}

const seed = Number(process.env["GODWIT_TEST_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const databases = process.env["GODWIT_TEST_LONG"] ? 15 : 1;

async function cutAgainAndAgain(known: Known, random: () => number): Promise<void> {
  const database = await emptyDatabase(known.engine, known.project.root);
  try {
    for (let cuts = 0; ; cuts++) {
      // Some migrations are many parts long.
      const part = 8 + Math.floor(random() ** 3 * 900);
      const afterMs = random() < 0.3 ? "never" : Math.floor(random() ** 2 * 10);
      const cutter = await startCutter(database.url, {
        at: (_, parts) => parts === part,
        afterMs,
        reset: random() < 0.3,
      });
      const { exitCode, error, log } = await known.project.up(cutter.url).ended();
      cutter.close();
      if (exitCode === 0) return await checkEnd(known, database.url, log.includes("run-start"), `after ${cuts} cuts`);
      const where = `cut ${cuts + 1}, ${afterMs} ms after part ${part}`;
      expect({ where, exitCode, error }).toMatchObject({ exitCode: 1, error: { code: "connect" } });
      await checkTruth(known, database.url, `${where}\n${log}`);
    }
  } finally {
    await database.drop();
  }
}
