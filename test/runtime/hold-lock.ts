/** A process of its own for tests: takes the lock of the database named in argv, says so, and keeps it until it is killed; the second argument is JSON: the mode of the lock, how often it gives a sign of life, and after how long without one it is taken for dead. */
import { openDatabase } from "../../src/runtime/database.ts";
import { type LockOptions, withLock } from "../../src/runtime/lock.ts";
import type { Pulse } from "../../src/runtime/row-lock.ts";

const database = await openDatabase({ url: process.argv[2] ?? "" });
const { mode, ...pulse } = JSON.parse(process.argv[3] ?? "{}") as Pulse & Pick<LockOptions, "mode">;
await withLock(database, { table: "godwit_history", mode, pulse }, async () => {
  process.stdout.write("held\n");
  await Bun.sleep(60_000);
});
