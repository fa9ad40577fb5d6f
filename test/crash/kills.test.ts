import { expect, test } from "bun:test";
import { killAgainAndAgain } from "./kills.ts";
import { seriesOf } from "./story.ts";

/** `GODWIT_TEST_SEED` repeats the choices of an earlier run, though not the moments at which the machine carries them out. */
const seed = Number(process.env["GODWIT_TEST_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const long = Boolean(process.env["GODWIT_TEST_LONG"]);
const kills = long ? 300 : 16;
const stops = long ? 100 : 4;

for (const engine of ["sqlite", "postgresql", "mariadb"] as const) {
  test(`${engine}: ${kills} times killed, migrate up always finishes, does nothing twice, and status says the truth`, async () => {
    process.stdout.write(`${engine}: GODWIT_TEST_SEED=${seed}\n`);
    const outcome = await killAgainAndAgain(engine, kills, seed, {
      onDatabase: (soFar) => process.stdout.write(`${engine}: ${JSON.stringify(soFar)}\n`),
    });
    expect(outcome.kills).toBe(kills);
    // Otherwise nothing would have been tried but the moments at which there is nothing to go wrong.
    if (long) expect(Math.min(outcome.halfDone, outcome.databases)).toBeGreaterThan(0);
  }, 3_600_000);
  test(`${engine}: ${stops} times killed, migrate down does the same`, async () => {
    process.stdout.write(`${engine}: GODWIT_TEST_SEED=${seed}\n`);
    const outcome = await killAgainAndAgain(engine, stops, seed, { direction: "down" });
    process.stdout.write(`${engine}: ${JSON.stringify(outcome)}\n`);
    expect(outcome.kills).toBe(stops);
  }, 3_600_000);

  test(`${engine}: told to stop ${stops} times, it stops where status says, and always finishes`, async () => {
    process.stdout.write(`${engine}: GODWIT_TEST_SEED=${seed}\n`);
    const outcome = await killAgainAndAgain(engine, stops, seed, { signal: "SIGTERM" });
    process.stdout.write(`${engine}: ${JSON.stringify(outcome)}\n`);
    expect(outcome.kills).toBe(stops);
    // What is at work is finished or rolled back first.
    expect(outcome.begun).toBe(0);
  }, 3_600_000);
}

test(`sqlite: ${stops} times killed among migrations that share transactions, migrate up always finishes`, async () => {
  process.stdout.write(`sqlite: GODWIT_TEST_SEED=${seed}\n`);
  const alone = `import { migration, runSQL } from "godwit";
export default migration({ dependencies: ["0100_table"], operations: [runSQL({ forward: "VACUUM", backward: "" })] });
`;
  const files = new Map([...seriesOf(100), ["0101_alone.ts", alone]]);
  const outcome = await killAgainAndAgain("sqlite", stops, seed, { files });
  process.stdout.write(`sqlite: ${JSON.stringify(outcome)}\n`);
  expect(outcome.kills).toBe(stops);
}, 3_600_000);
