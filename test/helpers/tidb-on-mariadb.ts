import type { Dialect } from "../../src/core/ddl/dialect.ts";
import mariadb from "../../src/dialects/mariadb/dialect.ts";
import openMysql from "../../src/dialects/mysql/driver.ts";
import tidb from "../../src/dialects/tidb/dialect.ts";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import type { Driver } from "../../src/runtime/driver.ts";

/** What TiDB is sent, run on MariaDB, which takes what only TiDB reads for comments. The catalog is read as MariaDB's. */
export const tidbOnMariadb: Dialect = { ...tidb, introspect: mariadb.introspect };

/** A database of MariaDB, opened so. What TiDB is asked about itself is answered as it would be. */
export const openTidbOnMariadb = (url: string): Promise<Database> =>
  openDatabase({
    url,
    door: { dialect: tidbOnMariadb, open: async (options) => answering(await openMysql(url, options)) },
  });

/** A session in which TiDB keeps checks and foreign keys. */
const answering = (driver: Driver): Driver => ({
  ...driver,
  query: (sql, ...rest) => (sql.includes("variables_info") ? Promise.resolve([]) : driver.query(sql, ...rest)),
});
