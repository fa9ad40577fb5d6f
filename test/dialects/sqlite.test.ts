import { afterAll } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sqlite from "../../src/dialects/sqlite/dialect.ts";
import openDriver from "../../src/dialects/sqlite/driver.ts";
import { openDatabase } from "../../src/runtime/database.ts";
import { dialectSuite } from "../conformance/dialect.ts";
import { driverSuite } from "../conformance/driver.ts";
import { newForEach } from "../conformance/scratch.ts";

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
const create = () => {
  const url = join(folder, `scratch-${count++}.db`);
  return Promise.resolve({ url, drop: async () => rmSync(url, { force: true }) });
};

/** Nothing here outlives the test: without waiting for the disk it takes a tenth of the time. */
const connect = async (url: string) => {
  const session = await openDatabase({ url });
  await session.driver.execute("PRAGMA synchronous = OFF");
  return session;
};

dialectSuite({ dialect: sqlite, engine: "the SQLite inside the executable,", open: newForEach(create, connect) });
