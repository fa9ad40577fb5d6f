import type { Spelling, SpellingQuestion, SpellingSql } from "../../core/ddl/spelling-sql.ts";
import type { Quote } from "../../core/ddl/sql.ts";
import type { ManagedObject } from "../../core/schema/model.ts";
import { withoutEnd } from "../../core/schema/sql-text.ts";
import { lexemeAt } from "../../core/sql-files/lexeme.ts";
import { isOneExpression } from "../../core/sql-files/one-expression.ts";
import { splitScript } from "../../core/sql-files/split.ts";
import { canonicalObject } from "./canonical-object.ts";
import { canonicalQuery } from "./query.ts";
import { scriptSyntax } from "./script-syntax.ts";

/**
 * Temporary views and a temporary table, of which the server says what it has understood. It reads a view when that is made and runs nothing of it, and
 * locks its tables against nothing but being changed.
 */
export const spellings = (quote: Quote): SpellingSql => ({
  begin: "BEGIN READ WRITE",
  limits: ["SET LOCAL lock_timeout = '1s'", "SET LOCAL statement_timeout = '10s'"],
  question: (spelling) => {
    const texts = [spelling.want, spelling.have];
    if (!texts.every(spelling.kind === "query" ? isOneQuery : (text) => isOneExpression(text, scriptSyntax)))
      return undefined;
    return spelling.kind === "default" ? asDefaults(spelling) : asViews(quote, spelling);
  },
  canonicalQuery,
  taken: (object) => (object.kind === "policy" ? ofPolicy(object) : undefined),
});

const names = ["godwit_want", "godwit_have"] as const;

function asViews(quote: Quote, spelling: Exclude<Spelling, { kind: "default" }>): SpellingQuestion {
  const query = (text: string): string =>
    spelling.kind === "query" ? withoutEnd(text) : `SELECT (${text}\n) AS shown FROM ${quote(spelling.table)}`;
  const columns = spelling.kind === "query" && spelling.columns ? ` (${spelling.columns.map(quote).join(", ")})` : "";
  const [want, have] = names.map((name) => `pg_catalog.pg_get_viewdef('pg_temp.${name}'::REGCLASS)`);
  return {
    make: [
      `CREATE TEMPORARY VIEW ${names[0]}${columns} AS ${query(spelling.want)}`,
      `CREATE TEMPORARY VIEW ${names[1]} AS ${query(spelling.have)}`,
    ],
    query: `SELECT ${want} = ${have} AS same`,
    isSame,
  };
}

function asDefaults({ type, want, have }: Extract<Spelling, { kind: "default" }>): SpellingQuestion {
  const column = (name: string, text: string): string => `${name} ${type} DEFAULT (${text}\n)`;
  return {
    make: [`CREATE TEMPORARY TABLE ${names[0]} (${column("want", want)}, ${column("have", have)})`],
    query: `SELECT count(DISTINCT pg_catalog.pg_get_expr(adbin, adrelid)) = 1 AS same FROM pg_catalog.pg_attrdef WHERE adrelid = 'pg_temp.${names[0]}'::REGCLASS`,
    isSame,
  };
}

const isSame: SpellingQuestion["isSame"] = (row) => row["same"] === true;

const isOneQuery = (sql: string): boolean =>
  splitScript(sql, scriptSyntax).length === 1 && /^\s*(?:\(|SELECT\b|WITH\b|VALUES\b|TABLE\b)/i.test(sql);

/** https://www.postgresql.org/docs/current/sql-createpolicy.html */
function ofPolicy(object: ManagedObject): ReturnType<NonNullable<SpellingSql["taken"]>> {
  const { definition: sql } = object;
  const expressions: string[] = [];
  let [frame, word] = ["", ""];
  for (let at = 0; at < sql.length; ) {
    const piece = lexemeAt(sql, at, scriptSyntax);
    const text = sql.slice(piece.start, piece.end);
    const end = text === "(" && /^(?:using|check)$/i.test(word) ? closing(sql, piece.start) : -1;
    if (end > 0) {
      expressions.push(sql.slice(piece.end, end));
      frame += "(true)";
    } else frame += text;
    at = end > 0 ? end + 1 : piece.end;
    if (piece.kind === "word") word = text;
    else if (piece.kind === "symbol") word = "";
  }
  return { frame: canonicalObject({ ...object, definition: frame }).definition, expressions };
}

function closing(sql: string, open: number): number {
  let depth = 0;
  for (let at = open; at < sql.length; ) {
    const { start, end } = lexemeAt(sql, at, scriptSyntax);
    if (sql[start] === "(") depth++;
    if (sql[start] === ")" && --depth === 0) return start;
    at = end;
  }
  return -1;
}
