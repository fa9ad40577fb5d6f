import type { StandsAlone } from "../../core/ddl/dialect.ts";
import type { Recovery } from "../../core/ddl/recovery.ts";
import { stringLiteral } from "../../core/ddl/sql.ts";
import { wordsOf } from "../../core/sql-files/words.ts";
import { doBlock } from "./procedure.ts";
import { scriptSyntax } from "./script-syntax.ts";

/**
 * What PostgreSQL refuses in a transaction block; also a new value of an enum, which must be committed before anything can use it. A procedure or a DO block may
 * commit, but only outside of one.
 */
export function standsAlone(sql: string): StandsAlone {
  if (!telling.test(sql)) return "never";
  const words = wordsOf(sql, scriptSyntax, 60).map((word) => word.toUpperCase());
  const text = words.join(" ");
  if (always.test(text)) return "always";
  return onRequest.test(text) ? "on-request" : "never";
}

const always =
  /^(?:CREATE (?:UNIQUE )?INDEX CONCURRENTLY|DROP INDEX CONCURRENTLY|REINDEX (?:\( .*?\) )?(?:\w+ CONCURRENTLY|DATABASE|SYSTEM|SCHEMA)|REINDEX \( [^)]*\bCONCURRENTLY\b|ALTER TABLE .* DETACH PARTITION .* CONCURRENTLY|VACUUM|CLUSTER(?: VERBOSE)?$|(?:CREATE|DROP) (?:DATABASE|TABLESPACE|SUBSCRIPTION)|ALTER DATABASE .* SET TABLESPACE|ALTER SYSTEM|ALTER SUBSCRIPTION|ALTER TYPE .* ADD VALUE)(?: |$)/;
const onRequest = /^(?:CALL|DO) /;
/** One of these is in all of them; most statements have none and need not be taken apart. */
const telling =
  /\b(?:concurrently|reindex|vacuum|cluster|database|tablespace|subscription|system|call|do|add\s+value)\b/i;

/** A statement of one of these kinds either has done its work or, of an index that is built concurrently, has left an invalid one. */
export function recoveryOf(sql: string): Recovery {
  const words = wordsOf(sql, scriptSyntax);
  const text = words.map((word) => word.toUpperCase()).join(" ");
  if (/^CREATE (?:UNIQUE )?INDEX CONCURRENTLY /.test(text)) return ofNewIndex(words);
  if (/^DROP INDEX CONCURRENTLY /.test(text)) return goneWhen("to_regclass", nameAfter(words, "CONCURRENTLY"));
  if (/^REINDEX /.test(text)) return ofReindex(words);
  // A value that is there already is refused by itself.
  if (/^ALTER TYPE .* ADD VALUE\b/.test(text)) return ofNewValue(words);
  if (/^(?:VACUUM|CLUSTER|ALTER SYSTEM)\b/.test(text)) return { kind: "repeat" };
  return { kind: "ask" };
}

/** https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY */
function ofNewIndex(words: readonly string[]): Recovery {
  const name = nameAfter(words, "CONCURRENTLY");
  const table = nameAfter(words, "ON");
  // An index without a name gets one from the server, and a name that is taken, another one.
  if (name === undefined || table === undefined) return { kind: "ask" };
  // The index is in the schema of its table, and its own name may not say so.
  const schema = table.includes(".") ? table.slice(0, table.lastIndexOf(".") + 1) : "";
  const index = `${schema}${name}`;
  return {
    kind: "inspect",
    query: `SELECT CASE WHEN i.indisvalid THEN 'done' ELSE 'partial' END AS state FROM pg_catalog.pg_index i WHERE i.indexrelid = to_regclass(${stringLiteral(index)})`,
    cleanup: [`DROP INDEX CONCURRENTLY IF EXISTS ${index}`],
  };
}

/** https://www.postgresql.org/docs/current/sql-altertype.html */
function ofNewValue(words: readonly string[]): Recovery {
  const type = nameAfter(words, "TYPE");
  const at = words.findIndex((word) => word.toUpperCase() === "VALUE");
  const value = words.slice(at + 1).find((word) => word.startsWith("'"));
  if (type === undefined || value === undefined) return { kind: "ask" };
  return {
    kind: "inspect",
    query: `SELECT 'done' AS state FROM pg_catalog.pg_enum WHERE enumtypid = to_regtype(${stringLiteral(type)}) AND enumlabel = ${value}`,
    cleanup: [],
  };
}

const goneWhen = (lookup: string, name: string | undefined): Recovery =>
  name === undefined
    ? { kind: "ask" }
    : {
        kind: "inspect",
        query: `SELECT 'done' AS state WHERE ${lookup}(${stringLiteral(name)}) IS NULL`,
        cleanup: [],
      };

/** What it was building stands beside the index: invalid, under its name with `_ccnew` or `_ccold` behind it. */
function ofReindex(words: readonly string[]): Recovery {
  const name = nameAfter(words, "INDEX") ?? nameAfter(words, "TABLE");
  if (name === undefined) return { kind: "repeat" };
  const named = `to_regclass(${stringLiteral(name)})`;
  const tables = `${named}, (SELECT o.indrelid FROM pg_catalog.pg_index o WHERE o.indexrelid = ${named})`;
  const leftovers = `pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$' AND i.indrelid IN (${tables})`;
  return {
    kind: "inspect",
    query: `SELECT 'partial' AS state FROM ${leftovers} LIMIT 1`,
    cleanup: [
      doBlock([
        "DECLARE found REGCLASS;",
        "BEGIN",
        `  FOR found IN SELECT i.indexrelid FROM ${leftovers} LOOP`,
        "    EXECUTE 'DROP INDEX ' || found;",
        "  END LOOP;",
        "END",
      ]),
    ],
  };
}

/** The name, qualified or not, that follows a keyword and what may stand before it. */
function nameAfter(words: readonly string[], keyword: string): string | undefined {
  let at = words.findIndex((word) => word.toUpperCase() === keyword) + 1;
  if (at === 0) return undefined;
  while (["IF", "NOT", "EXISTS", "ONLY", "CONCURRENTLY"].includes(words[at]?.toUpperCase() ?? "")) at++;
  const parts = [words[at] ?? ""];
  while (words[at + 1] === ".") {
    parts.push(".", words[at + 2] ?? "");
    at += 2;
  }
  const name = parts.join("");
  return /^(?:[\w"\u0080-\uffff])/.test(name) && !/^ON$/i.test(name) ? name : undefined;
}
