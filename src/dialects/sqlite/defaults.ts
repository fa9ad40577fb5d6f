import { isExpression } from "../../core/ddl/default.ts";
import type { DefaultValue } from "../../core/schema/model.ts";
import type { TypeParameters } from "../../core/schema/types.ts";

/** Sixteen random bytes as a version 4 uuid: version and variant digits are set, the rest is random. */
const newUuid = [
  "lower(hex(randomblob(4)))",
  "lower(hex(randomblob(2)))",
  "'4' || substr(lower(hex(randomblob(2))), 2)",
  "substr('89ab', 1 + (random() & 3), 1) || substr(lower(hex(randomblob(2))), 2)",
  "lower(hex(randomblob(6)))",
].join(" || '-' || ");

export const namedDefaults: Readonly<Record<string, string>> = {
  blank: "''",
  array: "'[]'",
  object: "'{}'",
  zero: "0",
  now: "CURRENT_TIMESTAMP",
  today: "CURRENT_DATE",
  current_time: "CURRENT_TIME",
  new_uuid: newUuid,
  true: "1",
  false: "0",
  null: "NULL",
};

/** A default as somebody would declare it, such that it resolves to the same SQL again. */
export function defaultOf(sql: string, type: TypeParameters): DefaultValue {
  if (sql === newUuid) return "new_uuid";
  const isText = type.type === "varchar" || type.type === "char" || type.type === "text";
  const text = isText ? /^'((?:[^']|'')*)'$/.exec(sql)?.[1]?.replaceAll("''", "'") : undefined;
  if (text !== undefined)
    return text === "" || text in namedDefaults || isExpression(text, type) ? { value: text } : text;
  if (!isText && String(Number(sql)) === sql && Number.isFinite(Number(sql))) return Number(sql);
  return isExpression(sql, type) ? sql : { sql };
}
