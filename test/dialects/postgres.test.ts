import postgres from "../../src/dialects/postgres/dialect.ts";
import { dialectSuite } from "../conformance/dialect.ts";
import { emptiedForEach } from "../conformance/scratch.ts";
import { emptyPostgres } from "../helpers/empty-postgres.ts";
import { postgresServer } from "../helpers/postgres-server.ts";

dialectSuite({
  dialect: postgres,
  engine: "a server",
  open: emptiedForEach({
    create: async () => (await postgresServer()).createDatabase(),
    empty: ({ driver }) => emptyPostgres(driver),
  }),
});
