import clickhouse from "../../src/dialects/clickhouse/dialect.ts";
import { adapt } from "../conformance/adapted/clickhouse.ts";
import { dialectSuite } from "../conformance/dialect.ts";
import { newForEach } from "../conformance/scratch.ts";
import { clickhouseServer } from "../helpers/clickhouse-server.ts";

dialectSuite({
  dialect: clickhouse,
  engine: "its engine (chdb) behind an HTTP front,",
  open: newForEach(async () => (await clickhouseServer()).createDatabase()),
  adapt,
  lacks: {
    numbering: "ClickHouse numbers no rows",
    foreignKeys: "ClickHouse has none",
    uniqueKeys: "nothing in ClickHouse keeps two rows from having the same values",
  },
});
