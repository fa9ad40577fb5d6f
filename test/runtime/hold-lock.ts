/** A process of its own for tests: takes the lock of the database named in argv, says so, and keeps it until it is killed; the second argument is how often it gives a sign of life, in milliseconds. */
import { openDatabase } from "../../src/runtime/database.ts";
import { withLock } from "../../src/runtime/lock.ts";

const database = await openDatabase({ url: process.argv[2] ?? "" });
const pulse = process.argv[3] === undefined ? {} : { beatMs: Number(process.argv[3]) };
await withLock(database, { table: "godwit_history", pulse }, async () => {
  process.stdout.write("held\n");
  await Bun.sleep(60_000);
});
