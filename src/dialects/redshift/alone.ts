import type { StandsAlone } from "../../core/ddl/dialect.ts";
import type { Recovery } from "../../core/ddl/recovery.ts";
import { wordsOf } from "../../core/sql-files/words.ts";
import { stringLiteral } from "./quote.ts";
import { scriptSyntax } from "./script-syntax.ts";

/**
 * What Redshift refuses in a transaction block, or commits what came before it: sizes of VARCHARs (https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE.html),
 * TRUNCATE, VACUUM, databases, external tables. How rows are kept is changed alone, too, because that holds the whole table for as long as it takes.
 */
export function standsAlone(sql: string): StandsAlone {
  const text = upper(wordsOf(sql, scriptSyntax, 60));
  if (always.test(text)) return "always";
  return /^CALL /.test(text) ? "on-request" : "never";
}

const changesStorage =
  /^ALTER TABLE (?:[^ ]+|[^ ]+ \. [^ ]+) ALTER (?:COLUMN|DISTKEY|DISTSTYLE|SORTKEY|COMPOUND SORTKEY|ENCODE)\b/;
const always = new RegExp(
  `${changesStorage.source}|^(?:TRUNCATE|VACUUM|(?:CREATE|DROP|ALTER) DATABASE|(?:CREATE|DROP|ALTER) EXTERNAL|(?:CREATE|DROP) LIBRARY|ALTER TABLE .* APPEND FROM|REFRESH MATERIALIZED VIEW)(?: |$)`,
);

/** The catalog tells how rows are kept and how many bytes a column takes. */
export function recoveryOf(sql: string): Recovery {
  const words = wordsOf(sql, scriptSyntax);
  const text = upper(words);
  if (/^(?:TRUNCATE|VACUUM|REFRESH)\b/.test(text)) return { kind: "repeat" };
  if (!changesStorage.test(text)) return { kind: "ask" };
  const name = words[3] === "." ? `${words[2]}.${words[4]}` : (words[2] ?? "");
  return {
    kind: "compare",
    query: `SELECT c.reldiststyle, a.attname, a.atttypmod, a.attencodingtype, a.attisdistkey, a.attsortkeyord
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.oid = ${stringLiteral(name)}::REGCLASS ORDER BY a.attnum`,
  };
}

const upper = (words: readonly string[]): string => words.map((word) => word.toUpperCase()).join(" ");
