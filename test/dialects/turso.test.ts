import turso from "../../src/dialects/libsql/dialect.ts";
import { dialectSuite } from "../conformance/dialect.ts";
import { newForEach } from "../conformance/scratch.ts";
import { sqldServer } from "../helpers/sqld-server.ts";

dialectSuite({
  dialect: turso,
  engine: "sqld, with SQLite",
  open: newForEach(async () => (await sqldServer()).createDatabase()),
});
