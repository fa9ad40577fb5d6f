import { expect, test } from "bun:test";
import { killAgainAndAgain } from "./kills.ts";

const seed = Number(process.env["GODWIT_TEST_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const long = Boolean(process.env["GODWIT_TEST_LONG"]);
const kills = long ? 200 : 12;

// Nobody can ask after a process on another machine: whoever comes after the dead waits until the lease ends, by the clock of the server.
const config = "lock_expiry: 1s\n";

test(`turso: ${kills} times killed, migrate up always finishes, does nothing twice, and status says the truth`, async () => {
  process.stdout.write(`turso: GODWIT_TEST_SEED=${seed}\n`);
  const outcome = await killAgainAndAgain("turso", kills, seed, { config });
  process.stdout.write(`turso: ${JSON.stringify(outcome)}\n`);
  expect(outcome.kills).toBe(kills);
  if (long) expect(Math.min(outcome.halfDone, outcome.databases)).toBeGreaterThan(0);
}, 900_000);

test(`turso: ${kills / 4} times killed, migrate down does the same`, async () => {
  const outcome = await killAgainAndAgain("turso", kills / 4, seed, { config, direction: "down" });
  expect(outcome.kills).toBe(kills / 4);
}, 900_000);
