import type { Spelling, SpellingSql } from "../../core/ddl/spelling-sql.ts";
import { isOneExpression } from "../../core/sql-files/one-expression.ts";
import { quote } from "./quote.ts";
import { scriptSyntax } from "./script-syntax.ts";

/** What variants differ in. */
export interface Asking {
  /** What stands before CREATE. */
  readonly made?: string;
  readonly limits?: readonly string[];
  readonly unlimit?: readonly string[];
  /** What a further column holds. */
  readonly other?: string;
  /** A check of the text that is one whatever type it has; absent: the text itself is one. */
  check?(text: string): string;
}

/**
 * A temporary table without rows, whose checks or defaults are the two texts: SHOW CREATE TABLE says what the server has understood. Making and dropping it
 * commits nothing (https://dev.mysql.com/doc/refman/8.4/en/implicit-commit.html, https://mariadb.com/kb/en/sql-statements-that-cause-an-implicit-commit/). There are no
 * temporary views, so queries are not asked about.
 */
export const spellingsWith = ({
  made = "",
  limits = [],
  unlimit = [],
  other = "1",
  check = (text) => text,
}: Asking): SpellingSql => ({
  begin: "START TRANSACTION READ WRITE",
  // Going back to one, the server warns of temporary tables.
  savepoints: false,
  // https://dev.mysql.com/doc/refman/8.4/en/create-temporary-table.html, https://mariadb.com/kb/en/binary-log-formats/: statements are logged as they are, temporary
  // tables among them; rows are not, for there are none.
  mayAsk: "SELECT NOT @@log_bin OR NOT @@sql_log_bin OR @@binlog_format <> 'STATEMENT' AS may",
  limits,
  unlimit,
  question: (spelling) => {
    const texts = [spelling.want, spelling.have];
    if (spelling.kind === "query" || !texts.every((text) => isOneExpression(text, scriptSyntax))) return undefined;
    return {
      make: [`${made}CREATE TEMPORARY TABLE ${asked} ${tableOf(spelling, { check, other })}`],
      query: `SHOW CREATE TABLE ${asked}`,
      isSame: (row) => isSame(String(row["Create Table"])),
      drop: [`DROP TEMPORARY TABLE ${asked}`],
    };
  },
});

const asked = "godwit_asked";

function tableOf(
  spelling: Exclude<Spelling, { kind: "query" }>,
  { check: checked, other }: Required<Pick<Asking, "check" | "other">>,
): string {
  const { want, have } = spelling;
  if (spelling.kind === "default") {
    const column = (name: string, text: string): string => `${name} ${spelling.type} DEFAULT (${text}\n)`;
    return `(${column("want", want)}, ${column("have", have)}) SELECT ${other} AS other LIMIT 0`;
  }
  const check = (name: string, text: string): string => `CONSTRAINT ${name} CHECK (${checked(`${text}\n`)})`;
  return `(${check("want", want)}, ${check("have", have)}) SELECT *, ${other} AS godwit_other FROM ${quote(spelling.table)} LIMIT 0`;
}

/** The two stand one behind the other, each in a line of its own unless there are line breaks in it. */
function isSame(made: string): boolean {
  const checks = /,\n {2}CONSTRAINT `want` (.*),\n {2}CONSTRAINT `have` (.*)\n\)[^\n]*$/s.exec(made);
  const defaults = /^[^\n]*\n {2}`want` (.*),\n {2}`have` (.*),\n {2}`other` [^\n]*\n\)[^\n]*$/s.exec(made);
  const [, want, have] = checks ?? defaults ?? [];
  // A column of JSON has a check that names it.
  return want !== undefined && want.replaceAll("`want`", "`have`") === have;
}
