import type { Column } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import type { DefaultValue } from "../../core/schema/model.ts";
import { withoutParentheses } from "../../core/sql-files/parentheses.ts";
import mysql, { defaultClause, isLong, defaultValue as mysqlDefault } from "../mysql/dialect.ts";

/** Long types have expressions as defaults only, so that an empty list is made by one. */
export const namedDefaults: Readonly<Record<string, string>> = {
  ...mysql.namedDefaults,
  array: "JSON_ARRAY()",
  object: "JSON_OBJECT()",
};

/** Names of functions count whatever their case is; the catalog has them in lower case. */
export function canonicalDefault(sql: string, type: string): string {
  const plain = withoutParentheses(sql, mysql.scriptSyntax);
  return mysql.canonicalDefault(/^\w+\s*\(/.test(plain) && !/['"`]/.test(plain) ? plain.toLowerCase() : sql, type);
}

/** The default as somebody would declare it. */
export function defaultValue(sql: string, native: string): DefaultValue | undefined {
  const text = canonicalDefault(sql, native);
  if (text === "json_array()") return "array";
  return text === "json_object()" ? "object" : mysqlDefault(sql, native);
}

/**
 * Throws ToolError `unsupported` for a default that TiDB does not take: https://docs.pingcap.com/tidb/stable/data-type-default-values/. It has literals,
 * but none for TEXT, BLOB and JSON, the current time and date, and a list of functions.
 */
export function checkDefault(table: string, { name, type, default: sql, generated }: Column): void {
  if (sql === undefined || generated || /^null$/i.test(sql.trim())) return;
  const clause = withoutParentheses(defaultClause(sql, type), mysql.scriptSyntax);
  const isCall = /^[a-z_]\w*\s*\(/i.test(clause) || /^current_date$/i.test(clause);
  if (isLong(type) && !isCall)
    throw no(
      { table, name },
      `${type} takes no literal as a default there, only a function such as UUID(), JSON_ARRAY() or JSON_OBJECT(); give it a type with a length, such as varchar, or no default`,
    );
  const isTaken = defaultClause(sql, type) === clause || known.test(clause);
  if (!isTaken)
    throw no(
      { table, name },
      `the default ${clause} is none that it takes; it takes literals, the current time and date, and UUID, UUID_TO_BIN, RAND, JSON_ARRAY, JSON_OBJECT, JSON_QUOTE, DATE_FORMAT(NOW(), …), STR_TO_DATE, REPLACE(UPPER(UUID()), …), UPPER(SUBSTRING_INDEX(USER(), …)) and NEXTVAL`,
    );
}

const known =
  /^(?:current_date(?:\s*\(\s*\))?|(?:uuid|uuid_to_bin|rand|json_array|json_object|json_quote|str_to_date|nextval|vec_from_text)\s*\(.*\)|next\s+value\s+for\s.*|date_format\s*\(\s*now\s*\(\s*\).*\)|replace\s*\(\s*upper\s*\(\s*uuid\s*\(.*\)|upper\s*\(\s*substring_index\s*\(\s*user\s*\(.*\))$/is;

const no = ({ table, name }: { readonly table: string; readonly name: string }, why: string): ToolError =>
  new ToolError("unsupported", `TiDB cannot have the column "${name}" of table "${table}": ${why}`, {
    table,
    column: name,
  });
