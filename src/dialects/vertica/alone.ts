import type { StandsAlone } from "../../core/ddl/dialect.ts";
import type { Recovery } from "../../core/ddl/recovery.ts";
import { stringLiteral } from "../../core/ddl/sql.ts";
import { wordsOf } from "../../core/sql-files/words.ts";
import { scriptSyntax } from "./script-syntax.ts";

/**
 * DDL and COPY commit themselves and what came before: https://docs.vertica.com/24.1.x/en/admin/transactions/. Functions of the server (`SELECT REFRESH(…)`) and procedures
 * may do so, too, if they like.
 */
export function standsAlone(sql: string): StandsAlone {
  const text = upper(wordsOf(sql, scriptSyntax, 30));
  if (commits.test(text)) return "always";
  return /^(?:CALL|DO) /.test(text) ? "on-request" : "never";
}

const commits =
  /^(?:ALTER|CREATE|DROP|TRUNCATE|GRANT|REVOKE|COMMENT|COPY|EXPORT|CONNECT|DISCONNECT|IMPORT|ACTIVATE|DEACTIVATE|PROFILE)(?: |$)/;

/** The catalog tells what became of a statement about a table or a view. What does no harm a second time is done again. */
export function recoveryOf(sql: string): Recovery {
  const words = wordsOf(sql, scriptSyntax);
  const text = upper(words);
  if (harmless.test(text)) return { kind: "repeat" };
  const at = words.findIndex((word) => /^(?:TABLE|VIEW)$/i.test(word)) + 1;
  if (at === 0 || !/^(?:CREATE|DROP|ALTER) (?:(?:OR|REPLACE) )*(?:TABLE|VIEW) /.test(text)) return { kind: "ask" };
  const [first = "", dot, second] = words.slice(at, at + 3).map(bare);
  const name = dot === "." && second !== undefined ? second : first;
  const schema = dot === "." ? stringLiteral(first) : "CURRENT_SCHEMA()";
  return { kind: "compare", query: stateOf(schema, stringLiteral(name)) };
}

const harmless =
  /^(?:CREATE OR REPLACE|TRUNCATE|GRANT|REVOKE|COMMENT|PROFILE|CONNECT|DISCONNECT|(?:CREATE|DROP) [A-Z ]*IF (?:NOT )?EXISTS|ALTER TABLE .* ALTER CONSTRAINT .* (?:EN|DIS)ABLED$)(?: |$)?/;

const bare = (word: string): string => (word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word);

/** Rows that stay the same as long as nobody changes the definition of the table or view; there are none while there is no such thing. */
const stateOf = (schema: string, name: string): string =>
  `SELECT 'table' AS kind, table_name AS name, COALESCE(partition_expression, '') AS state FROM v_catalog.tables WHERE table_schema = ${schema} AND table_name ILIKE ${name}
UNION ALL
SELECT 'view', table_name, view_definition::VARCHAR(65000) FROM v_catalog.views WHERE table_schema = ${schema} AND table_name ILIKE ${name}
UNION ALL
SELECT 'column', column_name, ordinal_position || ' ' || data_type || ' ' || CASE WHEN is_nullable THEN 'null' ELSE 'not null' END || ' ' || COALESCE(column_default, '')
FROM v_catalog.columns WHERE table_schema = ${schema} AND table_name ILIKE ${name}
UNION ALL
SELECT 'constraint', constraint_name, constraint_type || ' ' || column_name || CASE WHEN is_enabled THEN ' enabled' ELSE '' END
FROM v_catalog.constraint_columns WHERE table_schema = ${schema} AND table_name ILIKE ${name}
ORDER BY 1, 2, 3`;

const upper = (words: readonly string[]): string => words.map((word) => word.toUpperCase()).join(" ");
