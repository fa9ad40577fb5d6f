import dsql from "../../src/dialects/dsql/dialect.ts";
import { adapt } from "../conformance/adapted/dsql.ts";
import { dialectSuite } from "../conformance/dialect.ts";
import { emptyDsql } from "../conformance/emptied.ts";
import { givenServer } from "../conformance/given-server.ts";
import { emptiedForEach } from "../conformance/scratch.ts";
import { emptyDsqlOnPostgres, openDsqlOnPostgres } from "../helpers/dsql-on-postgres.ts";
import { postgresServer } from "../helpers/postgres-server.ts";

// No server can be had, so this is PostgreSQL behind what the documentation of Aurora DSQL says that it takes.
dialectSuite({
  dialect: dsql,
  open: emptiedForEach({
    create: async () => (await postgresServer()).createDatabase(),
    connect: openDsqlOnPostgres,
    empty: (_, url) => emptyDsqlOnPostgres(url),
  }),
  adapt,
  lacks: { values: "what values become there is PostgreSQL's own business" },
});

givenServer("GODWIT_TEST_DSQL_URL", { dialect: dsql, empty: emptyDsql, adapt });
