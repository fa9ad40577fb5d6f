import { afterAll, beforeAll } from "bun:test";
import { openLibsql } from "../../src/dialects/libsql/remote.ts";
import { driverSuite } from "../conformance/driver.ts";
import { type SqldDatabase, sqldServer } from "../helpers/sqld-server.ts";

let home: SqldDatabase;

beforeAll(async () => {
  home = await (await sqldServer()).createDatabase();
});
afterAll(() => home.drop());

driverSuite("turso", {
  open: () => openLibsql({ url: home.url }),
  placeholder: (n) => `?${n}`,
  types: { integer: "BIGINT", bytes: "BLOB", text: "TEXT" },
  begin: "BEGIN IMMEDIATE",
  codes: { unique: "SQLITE_CONSTRAINT_UNIQUE", syntax: "SQLITE_ERROR" },
});
