import { afterAll } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import turso from "../../src/dialects/libsql/dialect.ts";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { dialectSuite, type Scratch } from "../conformance/dialect.ts";

// The same dialect in a file, without a server: statement by statement, with the lease by the clock of this machine.

const folder = mkdtempSync(join(tmpdir(), "godwit-libsql-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;

async function open(): Promise<Scratch> {
  const url = `libsql:${join(folder, `scratch-${count++}.db`)}`;
  // Nothing here outlives the test: without waiting for the disk it takes a tenth of the time.
  const session = async (): Promise<Database> => {
    const opened = await openDatabase({ url });
    await opened.driver.execute("PRAGMA synchronous = OFF");
    return opened;
  };
  const sessions = [await session()];
  const [database] = sessions;
  if (!database) throw new Error("there is no session");
  return {
    database,
    async again() {
      const other = await session();
      sessions.push(other);
      return other;
    },
    close: async () => {
      await Promise.all(sessions.map((each) => each.close()));
    },
  };
}

dialectSuite({ dialect: turso, open });
