import type { ScratchSql } from "../../core/ddl/scratch.ts";
import { quote } from "./quote.ts";

/** What has no character set of its own gets that of the database: https://dev.mysql.com/doc/refman/8.4/en/charset-database.html */
const likeness =
  "SELECT CONCAT(' CHARACTER SET ', default_character_set_name, ' COLLATE ', default_collation_name) AS likeness FROM information_schema.schemata WHERE schema_name = DATABASE()";

/**
 * By which newer dumps of MariaDB keep the client from running commands; no server knows it.
 * https://mariadb.org/mariadb-dump-file-compatibility-change/
 */
const sandboxMode = /^\/\*M?!999999\\-[^\n]*$/m;

export const scratch: ScratchSql = {
  likeness,
  create: (name, words) => `CREATE DATABASE ${quote(name)}${words}`,
  drop: (name) => `DROP DATABASE IF EXISTS ${quote(name)}`,
  withoutClientCommands: (script) => script.replace(sandboxMode, (line) => " ".repeat(line.length)),
};
