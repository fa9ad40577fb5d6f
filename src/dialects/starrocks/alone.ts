import type { StandsAlone } from "../../core/ddl/dialect.ts";
import type { Recovery } from "../../core/ddl/recovery.ts";
import { wordsOf } from "../../core/sql-files/words.ts";
import { afterChanges } from "./jobs.ts";
import { quote, stringLiteral } from "./quote.ts";
import { scriptSyntax } from "./script-syntax.ts";

/** Its transactions are of INSERTs only (3.5 and newer), and each other statement stands alone: https://docs.starrocks.io/docs/loading/SQL_transaction/ */
export const standsAlone = (): StandsAlone => "always";

/**
 * The catalog tells what became of a statement about tables, once all that it has begun has ended. What does no harm a second time is done again. Of an
 * INSERT nobody can tell.
 */
export function recoveryOf(sql: string): Recovery {
  const words = wordsOf(sql, scriptSyntax);
  const text = words.map((word) => word.toUpperCase()).join(" ");
  if (harmless.test(text)) return { kind: "repeat" };
  const index = /^(?:CREATE|DROP) INDEX /.test(text);
  if (!index && !/^(?:CREATE|DROP|ALTER) (?:TEMPORARY )?TABLE /.test(text)) return { kind: "ask" };
  const keyword = index ? "ON" : "TABLE";
  const [name, dot] = words.slice(words.findIndex((word) => word.toUpperCase() === keyword) + 1);
  const table = /^`?(\w+)`?$/.exec(name ?? "")?.[1];
  if (table === undefined || dot === ".") return { kind: "ask" };
  return { kind: "compare", query: index ? `SHOW INDEX ${afterChanges(table)} FROM ${quote(table)}` : stateOf(table) };
}

/** The last one is how rows of a migration are inserted where they are not there yet. */
const harmless =
  /^(?:CREATE OR REPLACE|SELECT|WITH|SHOW|DESC|DESCRIBE|EXPLAIN|TRUNCATE|GRANT|REVOKE|SET|USE|ANALYZE|REFRESH|KILL|DELETE FROM|(?:CREATE|DROP) [A-Z ]*IF (?:NOT )?EXISTS|INSERT INTO .* WHERE NOT EXISTS \( SELECT 1 FROM)(?: |$)/;

/** Rows that stay the same as long as nobody changes the definition of the table; there are none while there is no such table. */
const stateOf = (table: string): string =>
  `SELECT ${afterChanges(table)} 'column' AS \`kind\`, column_name AS \`name\`, CONCAT_WS(' ', ordinal_position, column_type, is_nullable, IFNULL(column_default, 'NULL'), column_comment) AS \`state\`
FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ${stringLiteral(table)}
UNION ALL
SELECT 'table', table_name, CONCAT_WS(' ', table_model, partition_key, distribute_type, distribute_key, distribute_bucket, sort_key, properties)
FROM information_schema.tables_config WHERE table_schema = DATABASE() AND table_name = ${stringLiteral(table)}
UNION ALL
SELECT 'comment', table_name, table_comment
FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ${stringLiteral(table)}
ORDER BY 1, 2, 3`;
