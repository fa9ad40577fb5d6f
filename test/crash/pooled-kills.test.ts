import { expect, test } from "bun:test";
import { pgbouncer } from "../helpers/pgbouncer.ts";
import { emptyDatabase } from "./database.ts";
import { type Circumstances, killAgainAndAgain } from "./kills.ts";

const seed = Number(process.env["GODWIT_TEST_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const long = Boolean(process.env["GODWIT_TEST_LONG"]);
const kills = long ? 300 : 10;

/** Whoever comes after the dead waits until the lease ends, by the clock of the server. */
const pooled: Circumstances = {
  config: "lock: table\nlock_expiry: 1s\n",
  // What a migration tells its session is not for the next transaction to hear.
  adapt: (text) =>
    text
      .replaceAll("current_setting('godwit.step')", "'7'")
      .replaceAll("RESET godwit.step", "SELECT 1")
      .replaceAll("SET godwit.step = '7'", "SELECT 1"),
  open: async (engine, folder) => {
    const database = await emptyDatabase(engine, folder);
    const pooler = await pgbouncer(database.url, { mode: "transaction", size: 5 });
    return { url: pooler.url, drop: () => pooler.stop().then(database.drop) };
  },
};

test(`postgresql behind PgBouncer, with a lease: ${kills} times killed, migrate up always finishes and does nothing twice`, async () => {
  process.stdout.write(`behind PgBouncer: GODWIT_TEST_SEED=${seed}\n`);
  const outcome = await killAgainAndAgain("postgresql", kills, seed, pooled);
  process.stdout.write(`behind PgBouncer: ${JSON.stringify(outcome)}\n`);
  expect(outcome.kills).toBe(kills);
  if (long) expect(Math.min(outcome.halfDone, outcome.databases)).toBeGreaterThan(0);
}, 900_000);
