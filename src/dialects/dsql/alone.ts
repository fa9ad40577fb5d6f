import type { StandsAlone } from "../../core/ddl/dialect.ts";
import type { Recovery } from "../../core/ddl/recovery.ts";
import { stringLiteral } from "../../core/ddl/sql.ts";
import { wordsOf } from "../../core/sql-files/words.ts";
import postgres from "../postgres/dialect.ts";

/**
 * A transaction holds one statement that changes tables, or any number that change rows, never both:
 * https://docs.aws.amazon.com/aurora-dsql/latest/userguide/working-with-ddl.html. So that many rows fit into transactions of 3,000, an INSERT that may be
 * done again is one of its own.
 */
export function standsAlone(sql: string): StandsAlone {
  const text = upper(wordsOf(sql, postgres.scriptSyntax));
  if (/^CALL /.test(text)) return "on-request";
  return changesRows.test(text) && !repeatable.test(text) ? "never" : "always";
}

const changesRows = /^(?:SELECT|INSERT|UPDATE|DELETE|WITH|VALUES|TABLE|SET|RESET|SHOW|EXPLAIN|\()(?: |$)/;

/** As godwit writes rows of its own operations, and fills columns. */
const repeatable =
  /^(?:INSERT INTO .* ON CONFLICT \(.*\) DO (?:NOTHING|UPDATE SET .*)|UPDATE .* IN \( SELECT .* LIMIT \d+ \))$/;

/** The catalog tells what became of a statement that names a table, an index or a view; what does no harm a second time is done again. */
export function recoveryOf(sql: string): Recovery {
  const words = wordsOf(sql, postgres.scriptSyntax);
  const text = upper(words);
  if (
    repeatable.test(text) ||
    /^(?:COMMENT|GRANT|REVOKE|CREATE OR REPLACE|(?:CREATE|DROP) [A-Z ]*IF (?:NOT )?EXISTS) /.test(text)
  )
    return { kind: "repeat" };
  if (/^CREATE (?:UNIQUE )?INDEX ASYNC /.test(text)) return ofNewIndex(words);
  const name = nameAfter(words, /^(?:TABLE|INDEX|VIEW|SEQUENCE|ASYNC)$/);
  return name === undefined || !/^(?:CREATE|ALTER|DROP) (?:TABLE|INDEX|VIEW|SEQUENCE) /.test(text)
    ? { kind: "ask" }
    : { kind: "compare", query: stateOf(name) };
}

/** One that is not valid is still being built, or could not be: either way it goes, and is built anew. */
function ofNewIndex(words: readonly string[]): Recovery {
  const name = nameAfter(words, /^ASYNC$/);
  const table = nameAfter(words, /^ON$/);
  if (name === undefined || table === undefined || words[words.indexOf("ON") - 1]?.toUpperCase() === "ASYNC")
    return { kind: "ask" };
  const schema = table.includes(".") ? table.slice(0, table.lastIndexOf(".") + 1) : "";
  return {
    kind: "inspect",
    query: `SELECT CASE WHEN i.indisvalid THEN 'done' ELSE 'partial' END AS state FROM pg_catalog.pg_index i WHERE i.indexrelid = to_regclass(${stringLiteral(schema + name)})`,
    cleanup: [`DROP INDEX IF EXISTS ${schema}${name}`],
  };
}

/** Whatever a statement may change of a relation. */
const stateOf = (name: string): string => `SELECT c.relname, c.relnamespace::TEXT AS namespace,
  (SELECT string_agg(concat_ws(' ', a.attname, a.atttypid, a.attnotnull, a.attidentity, a.attgenerated, pg_catalog.pg_get_expr(d.adbin, d.adrelid)), ',' ORDER BY a.attnum)
    FROM pg_catalog.pg_attribute a LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
  (SELECT string_agg(concat_ws(' ', k.conname, k.contype, k.convalidated, k.condeferrable), ',' ORDER BY k.conname)
    FROM pg_catalog.pg_constraint k WHERE k.conrelid = c.oid) AS constraints,
  (SELECT concat_ws(' ', s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle) FROM pg_catalog.pg_sequence s WHERE s.seqrelid = c.oid) AS sequence
FROM pg_catalog.pg_class c WHERE c.oid = to_regclass(${stringLiteral(name)})`;

function nameAfter(words: readonly string[], keyword: RegExp): string | undefined {
  let at = words.findIndex((word) => keyword.test(word.toUpperCase())) + 1;
  if (at === 0) return undefined;
  while (["IF", "NOT", "EXISTS", "ONLY", "ASYNC"].includes(words[at]?.toUpperCase() ?? "")) at++;
  const parts = [words[at] ?? ""];
  while (words[at + 1] === ".") {
    parts.push(".", words[at + 2] ?? "");
    at += 2;
  }
  const name = parts.join("");
  return /^[\w"\u0080-\uffff]/.test(name) ? name : undefined;
}

const upper = (words: readonly string[]): string => words.map((word) => word.toUpperCase()).join(" ");
