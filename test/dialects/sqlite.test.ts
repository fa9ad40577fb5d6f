import { afterAll } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sqlite from "../../src/dialects/sqlite/dialect.ts";
import openDriver from "../../src/dialects/sqlite/driver.ts";
import { openDatabase } from "../../src/runtime/database.ts";
import { dialectSuite, type Scratch } from "../conformance/dialect.ts";
import { driverSuite } from "../conformance/driver.ts";

const folder = mkdtempSync(join(tmpdir(), "godwit-sqlite-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

driverSuite("sqlite", {
  open: () => openDriver(join(folder, "driver.db")),
  placeholder: sqlite.placeholder,
  types: { integer: "BIGINT", bytes: "BLOB", text: "TEXT" },
  begin: sqlite.bookkeeping.begin,
  codes: { unique: "SQLITE_CONSTRAINT_PRIMARYKEY", syntax: "SQLITE_ERROR" },
});

let count = 0;

/** A file and not `:memory:`, so that further sessions see the same database. */
async function open(): Promise<Scratch> {
  const path = join(folder, `scratch-${count++}.db`);
  // Nothing here outlives the test: without waiting for the disk it takes a tenth of the time.
  const session = async () => {
    const opened = await openDatabase({ url: path });
    await opened.driver.execute("PRAGMA synchronous = OFF");
    return opened;
  };
  const database = await session();
  const sessions = [database];
  return {
    database,
    async again() {
      const other = await session();
      sessions.push(other);
      return other;
    },
    async close() {
      await Promise.all(sessions.map((s) => s.close()));
      rmSync(path, { force: true });
    },
  };
}

dialectSuite({ dialect: sqlite, engine: "the SQLite inside the executable,", open });
