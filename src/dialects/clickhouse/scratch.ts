import type { ScratchSql } from "../../core/ddl/scratch.ts";
import { quote } from "./quote.ts";

/** Without SYNC its tables are there for some minutes still: https://clickhouse.com/docs/sql-reference/statements/drop */
export const scratch: ScratchSql = {
  create: (name) => `CREATE DATABASE ${quote(name)}`,
  drop: (name) => `DROP DATABASE IF EXISTS ${quote(name)} SYNC`,
  withoutClientCommands: (script) => script,
};
