import { afterAll } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sqlite from "../../src/dialects/sqlite/dialect.ts";
import openDriver from "../../src/dialects/sqlite/driver.ts";
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
