import tidb from "../../src/dialects/tidb/dialect.ts";
import { givenServer } from "../conformance/given-server.ts";
import { emptyDatabase } from "../helpers/mariadb-database.ts";

// What needs no server of its own is in tidb-on-mariadb.test.ts.

givenServer("GODWIT_TEST_TIDB_URL", { dialect: tidb, empty: emptyDatabase, version: /TiDB/ });
