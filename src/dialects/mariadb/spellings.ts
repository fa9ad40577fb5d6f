import type { Spelling, SpellingSql } from "../../core/ddl/spelling-sql.ts";
import { isOneExpression } from "../../core/sql-files/one-expression.ts";
import mysql from "../mysql/dialect.ts";

/**
 * A temporary table without rows, whose checks or defaults are the two texts: SHOW CREATE TABLE says what the server has understood. Making and dropping it
 * commits nothing (https://mariadb.com/kb/en/sql-statements-that-cause-an-implicit-commit/). There are no temporary views, so queries are not asked about.
 */
export const spellings: SpellingSql = {
  begin: "START TRANSACTION READ WRITE",
  // Going back to one, the server warns of temporary tables.
  savepoints: false,
  // https://mariadb.com/kb/en/binary-log-formats/: statements are logged as they are, temporary tables among them; rows are not, for there are none.
  mayAsk: "SELECT NOT @@log_bin OR NOT @@sql_log_bin OR @@binlog_format <> 'STATEMENT' AS may",
  limits: [],
  question: (spelling) => {
    const texts = [spelling.want, spelling.have];
    if (spelling.kind === "query" || !texts.every((text) => isOneExpression(text, mysql.scriptSyntax)))
      return undefined;
    return {
      make: [
        `SET STATEMENT lock_wait_timeout = 1, max_statement_time = 10 FOR CREATE TEMPORARY TABLE ${asked} ${tableOf(spelling)}`,
      ],
      query: `SHOW CREATE TABLE ${asked}`,
      isSame: (row) => isSame(String(row["Create Table"])),
      drop: [`DROP TEMPORARY TABLE ${asked}`],
    };
  },
};

const asked = "godwit_asked";

/** UUID() makes the server log rows in place of the statement where it may choose: https://mariadb.com/kb/en/unsafe-statements-for-statement-based-replication/ */
function tableOf(spelling: Exclude<Spelling, { kind: "query" }>): string {
  const { want, have } = spelling;
  if (spelling.kind === "default") {
    const column = (name: string, text: string): string => `${name} ${spelling.type} DEFAULT (${text}\n)`;
    return `(${column("want", want)}, ${column("have", have)}) SELECT UUID() AS other LIMIT 0`;
  }
  const check = (name: string, text: string): string => `CONSTRAINT ${name} CHECK (${text}\n)`;
  return `(${check("want", want)}, ${check("have", have)}) SELECT *, UUID() AS godwit_other FROM ${mysql.quote(spelling.table)} LIMIT 0`;
}

/** The two stand one behind the other, each in a line of its own unless there are line breaks in it. */
function isSame(made: string): boolean {
  const checks = /,\n {2}CONSTRAINT `want` (.*),\n {2}CONSTRAINT `have` (.*)\n\)[^\n]*$/s.exec(made);
  const defaults = /^[^\n]*\n {2}`want` (.*),\n {2}`have` (.*),\n {2}`other` [^\n]*\n\)[^\n]*$/s.exec(made);
  const [, want, have] = checks ?? defaults ?? [];
  // A column of JSON has a check that names it.
  return want !== undefined && want.replaceAll("`want`", "`have`") === have;
}
