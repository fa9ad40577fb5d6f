import { expect, test } from "bun:test";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { holdsPurely } from "./laws.ts";
import { playWithRows, type Tally } from "./play.ts";
import { forAll } from "./report.ts";
import { sqliteTraits } from "./traits.ts";

// In CI always the same cases, so that it says something about what changed; `npm run test:long` looks for new ones.
const long = process.env["GODWIT_TEST_LONG"] === "1";
const total = long ? 10_000 : 400;

/** How many cases a process plays that was started for a part of them. */
const part = process.env["GODWIT_TEST_CASES"];

/** As many processes as CI has processors. */
const processes = 2;

if (part === undefined && process.env["GODWIT_TEST_SEED"] === undefined)
  test("random changes on sqlite lead there and back", async () => {
    const outputs = await Promise.all(Array.from({ length: processes }, (_, i) => playPart(i)));
    expect(outputs.filter(({ exitCode }) => exitCode !== 0).map(({ output }) => output)).toEqual([]);
  }, 900_000);
else
  test("random changes on sqlite lead there and back", async () => {
    const count = Number(part ?? 1);
    const tally: Tally = { refused: 0, oneWay: 0 };
    await forAll(
      { traits: sqliteTraits, count, ...(!long && { seed: Number(process.env["GODWIT_TEST_PART"] ?? 0) }) },
      async (change, { rows }) => {
        holdsPurely(change, { yaml: false });
        await playWithRows(change, rows, { traits: sqliteTraits, tally, withEmpty });
      },
    );
    expect(tally.refused).toBeLessThan(Math.max(count / 5, 1));
  }, 900_000);

async function playPart(part: number): Promise<{ readonly exitCode: number; readonly output: string }> {
  const child = Bun.spawn([process.execPath, "test", import.meta.path, "--timeout=900000"], {
    env: { ...process.env, GODWIT_TEST_CASES: String(total / processes), GODWIT_TEST_PART: String(part) },
    stdout: "ignore",
    stderr: "pipe",
  });
  const output = await new Response(child.stderr).text();
  return { exitCode: await child.exited, output };
}

async function withEmpty<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ url: "sqlite::memory:" });
  return work(database).finally(() => database.close());
}
