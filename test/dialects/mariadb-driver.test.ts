import { afterAll, beforeAll } from "bun:test";
import open from "../../src/dialects/mariadb/driver.ts";
import { driverSuite } from "../conformance/driver.ts";
import { type MariadbDatabase, mariadbServer } from "../helpers/mariadb-server.ts";

let home: MariadbDatabase;

beforeAll(async () => {
  home = await (await mariadbServer()).createDatabase();
});

afterAll(() => home.drop());

driverSuite("mariadb", {
  open: () => open(home.url),
  placeholder: () => "?",
  types: { integer: "BIGINT", bytes: "LONGBLOB", text: "LONGTEXT" },
  begin: "START TRANSACTION",
  transactionalDdl: false,
  codes: { unique: "1062", syntax: "1064" },
});
