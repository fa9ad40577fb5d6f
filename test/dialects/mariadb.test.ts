import mariadb from "../../src/dialects/mariadb/dialect.ts";
import { dialectSuite } from "../conformance/dialect.ts";
import { emptiedForEach } from "../conformance/scratch.ts";
import { adapted, emptyDatabase } from "../helpers/mariadb-database.ts";
import { mariadbServer } from "../helpers/mariadb-server.ts";

dialectSuite({
  dialect: mariadb,
  engine: "a server",
  open: emptiedForEach({ create: async () => (await mariadbServer()).createDatabase(), empty: emptyDatabase }),
  adapt: adapted,
});
