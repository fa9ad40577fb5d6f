import type { StandsAlone } from "../../core/ddl/dialect.ts";
import type { Recovery } from "../../core/ddl/recovery.ts";
import { wordsOf } from "../../core/sql-files/words.ts";
import { quote } from "./quote.ts";
import { scriptSyntax } from "./script-syntax.ts";

/**
 * A transaction holds what reads and changes rows; what changes the scheme is refused in one, and so is a BATCH, which commits by parts:
 * https://ydb.tech/docs/en/concepts/transactions, https://ydb.tech/docs/en/yql/reference/syntax/batch-update
 */
export function standsAlone(sql: string): StandsAlone {
  const words = wordsOf(sql, scriptSyntax).map((word) => word.toUpperCase());
  // What comes before, in a text with names for expressions, says nothing of the statement.
  return words.some((word, i) => (i === 0 || words[i - 1] === ";") && changesScheme.test(word)) ? "always" : "never";
}

const changesScheme = /^(?:CREATE|ALTER|DROP|GRANT|REVOKE|TRUNCATE|ANALYZE|BACKUP|RESTORE|BATCH|KILL)$/;

/** The scheme tells what became of a statement about a table. What does no harm a second time is done again. Of a view and the like nobody can tell. */
export function recoveryOf(sql: string): Recovery {
  const words = wordsOf(sql, scriptSyntax);
  const text = words.map((word) => word.toUpperCase()).join(" ");
  if (harmless.test(text)) return { kind: "repeat" };
  const at = /^(?:CREATE|DROP|ALTER) TABLE /.test(text) ? 2 : 0;
  const table = at === 0 ? undefined : nameIn(words[at]);
  if (table === undefined) return { kind: "ask" };
  const awaits = / ADD INDEX /.test(text) ? { settle: [awaitIndexes(table)] } : {};
  return { kind: "compare", query: describeTable(table), ...awaits };
}

/** UPDATE is how godwit fills a column outside of a transaction: it stands there once more with the same values. */
const harmless =
  /^(?:SELECT|UPSERT|REPLACE|DELETE FROM|GRANT|REVOKE|TRUNCATE|ANALYZE|BATCH|(?:CREATE|DROP) [A-Z ]*IF (?:NOT )?EXISTS|ALTER TABLE [^ ]+ (?:SET \(|RESET \(|ALTER COLUMN))(?: |$)?/;

const nameIn = (word: string | undefined): string | undefined => /^`?([\w./-]+)`?$/.exec(word ?? "")?.[1];

/** Not of YQL: what the driver asks the scheme for. One row with all that is known of the table, as JSON that stays the same; none where there is no such table. */
export const describeTable = (table: string): string => `DESCRIBE TABLE ${quote(table)}`;

/** Not of YQL, either: an index goes on being built when nobody listens any more (https://ydb.tech/docs/en/concepts/query_execution/secondary_indexes#index-add). */
const awaitIndexes = (table: string): string => `AWAIT INDEXES OF ${quote(table)}`;
