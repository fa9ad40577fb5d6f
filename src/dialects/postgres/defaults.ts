import { isExpression } from "../../core/ddl/default.ts";
import type { DefaultValue } from "../../core/schema/model.ts";
import { utf8 } from "../../core/schema/names.ts";
import { canonicalExpression, canonicalNumber } from "./expression.ts";
import { canonicalInterval } from "./interval.ts";
import { canonicalType, fieldType, isNumericType, isTextType } from "./types.ts";

/** Named defaults that need no declaration. */
export const namedDefaults: Readonly<Record<string, string>> = {
  blank: "''",
  array: "'[]'",
  object: "'{}'",
  zero: "0",
  now: "CURRENT_TIMESTAMP",
  today: "CURRENT_DATE",
  current_time: "CURRENT_TIME",
  new_uuid: "gen_random_uuid()",
  true: "TRUE",
  false: "FALSE",
  null: "NULL",
};

/**
 * The form in which two defaults are compared. The server keeps a literal as the value it read, so `'2026-01-01'` comes back as
 * `'2026-01-01 00:00:00'::timestamp without time zone` from a TIMESTAMP column.
 */
export function canonicalDefault(sql: string, type: string): string {
  const text = canonicalExpression(sql);
  const literal = stringOf(text);
  return literal === undefined ? text : canonicalLiteral(literal, canonicalType(type));
}

/** The form in which two predicates of indexes are compared. The server writes out the moments in them, too. */
export const canonicalPredicate = (sql: string): string => withMoments(canonicalExpression(sql));

/** The same with the casts in it that are not idle; see `Reader`. */
export const predicateWithCasts = (sql: string, idle: Parameters<typeof canonicalExpression>[1]): string =>
  withMoments(canonicalExpression(sql, idle));

const withMoments = (text: string): string =>
  text.replace(/'(\d{4}-\d\d-\d\d[^']*)'/g, (_, moment: string) => `'${canonicalTime(inUtc(moment))}'`);

/**
 * The default as somebody would declare it for a column of that type; `undefined` for NULL, which is the same as none. `sql` is as the
 * server writes it, and what is declared has to come back like that.
 */
export function defaultValue(sql: string, native: string): DefaultValue | undefined {
  const text = canonicalDefault(sql, native);
  if (text === "null") return undefined;
  if (sql === "true" || sql === "false") return sql === "true";
  if (sql === "now()") return sql;
  // The same moment in the words of the server, which it keeps.
  if (sql.includes("transaction_timestamp()")) return { sql };
  const name = Object.keys(declaredNames).find((key) => declaredNames[key] === text);
  if (name !== undefined && !sql.includes("::")) return name;
  if (isNumericType(native)) return numberValue(sql, canonicalType(native));
  const literal = stringOf(text);
  // What the server writes with another type than the column's is of that type.
  if (literal === undefined || !isPlainLiteral(sql, native)) return { sql };
  if (literal === "") return "blank";
  const plain = !Object.hasOwn(namedDefaults, literal) && !isExpression(literal, fieldType(native));
  return plain ? literal : { value: literal };
}

/** A number keeps its digits; one with a cast that the server would not write for it by itself is an expression. */
function numberValue(sql: string, type: string): DefaultValue {
  const [, quoted, cast, plain] = /^(?:'(-?[\d.]+)'::(\w+)|([\d.]+))$/.exec(sql) ?? [];
  const number = quoted ?? plain ?? "";
  if (number === "" || Number.isNaN(Number(number))) return { sql };
  if (cast !== undefined && cast !== castOf(number, type)) return { sql };
  return number === String(Number(number)) ? Number(number) : number;
}

/** The type that the server writes after a number which is the default of a column: after one below zero, and one beyond INTEGER. */
function castOf(number: string, column: string): string | undefined {
  if (!number.startsWith("-") && (number.includes(".") || Number(number) < 2 ** 31)) return undefined;
  if (["smallint", "integer", "bigint"].includes(column)) return column;
  if (number.includes(".")) return "numeric";
  const size = Math.abs(Number(number));
  return size <= 2 ** 31 ? "integer" : size < 2 ** 63 ? "bigint" : "numeric";
}

/** `'x'::text` for a TEXT column, `'x'::character varying` for one of VARCHAR(20): the server does not write lengths. */
function isPlainLiteral(sql: string, native: string): boolean {
  const cast = /^'(?:[^']|'')*'::(.+)$/.exec(sql)?.[1];
  const bare = (type: string): string => canonicalType(type).replace(/\([\d,]*\)/, "");
  // Of intervals alone the server writes what they are told.
  if (cast?.startsWith("interval")) return canonicalType(cast) === canonicalType(native);
  // A cast of a cast stands in parentheses.
  if (sql.startsWith("(")) return false;
  return cast === undefined || bare(cast) === bare(native) || bare(native) === "char";
}

const declaredNames: Readonly<Record<string, string>> = {
  now: "current_timestamp",
  today: "current_date",
  current_time: "current_time",
  new_uuid: "gen_random_uuid()",
};

/** The text that a string literal stands for. */
function stringOf(sql: string): string | undefined {
  const inner = /^'((?:[^']|'')*)'$/.exec(sql)?.[1];
  return inner?.replaceAll("''", "'");
}

function canonicalLiteral(text: string, type: string): string {
  const trimmed = text.trim();
  if (isNumericType(type) && /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(trimmed))
    return canonicalNumber(trimmed.replace(/^\+/, ""));
  if (type === "boolean" && /^(?:t|true|y|yes|on|1)$/i.test(trimmed)) return "true";
  if (type === "boolean" && /^(?:f|false|n|no|off|0)$/i.test(trimmed)) return "false";
  return `'${valueText(text, type).replaceAll("'", "''")}'`;
}

function valueText(text: string, type: string): string {
  if (isTextType(type)) return text;
  if (type === "uuid") return text.toLowerCase();
  if (type === "interval") return canonicalInterval(text);
  if (type === "bytea") return canonicalBytes(text);
  // JSON is kept as it is written.
  if (type === "jsonb") return canonicalJson(text);
  if (type === "timestamptz") return canonicalTime(inUtc(text));
  if (type.startsWith("time")) return canonicalTime(text);
  // `{"a", b}` and `{a,b}` are the same array; elements with characters that need their quotes keep them.
  if (type.endsWith("[]"))
    return text.replace(/"((?:[^"\\]|\\.)*)"|\s*([,{}])\s*/gs, (part, quoted: string | undefined, mark: string) =>
      quoted === undefined ? mark : /^\w+$/.test(quoted) && !/^null$/i.test(quoted) ? quoted : part,
    );
  return text;
}

/** Bytes come back as hexadecimal digits, unless the database says `bytea_output = escape`. */
function canonicalBytes(text: string): string {
  const digits = /^\\x((?:[0-9a-f]{2}|\s)*)$/i.exec(text)?.[1];
  if (digits !== undefined) return `\\x${digits.replace(/\s/g, "").toLowerCase()}`;
  const bytes = (text.match(/\\[0-7]{3}|\\\\|[^\\]+|\\/g) ?? []).flatMap((part) => {
    if (part.length === 4 && part.startsWith("\\")) return [Number.parseInt(part.slice(1), 8)];
    return utf8(part === "\\\\" ? "\\" : part);
  });
  return `\\x${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

function canonicalJson(text: string): string {
  try {
    return JSON.stringify(sorted(JSON.parse(text)));
  } catch {
    return text;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, sorted(item)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** A moment with an offset, `2026-01-01 00:30+02`, as it comes back to a session in UTC. */
function inUtc(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(:\d\d(?:\.\d+)?)?\s*([+-]\d\d)(?::?(\d\d))?$/.exec(text.trim());
  if (!match) return text;
  const [, date, clock, seconds = "", hours, minutes = "00"] = match;
  const moment = Date.parse(`${date}T${clock}:00${hours}:${minutes}`);
  if (Number.isNaN(moment)) return text;
  const [day, time = ""] = new Date(moment).toISOString().split("T");
  return `${day} ${time.slice(0, 5)}${seconds}`;
}

/** `2026-01-01` is midnight, `10:00` has no seconds; a zone of zero hours and trailing zeros of a second mean nothing. */
function canonicalTime(text: string): string {
  const match =
    /^(?:(\d{4}-\d\d-\d\d)(?:[ T]|$))?(?:(\d\d:\d\d)(?::(\d\d(?:\.\d+)?))?)?\s*(?:z|utc|[+-]00(?::?00)?)?$/i.exec(
      text.trim(),
    );
  if (!match) return text;
  const [, date = "", clock = "00:00", seconds = "00"] = match;
  return `${date} ${clock}:${seconds.includes(".") ? seconds.replace(/\.?0+$/, "") : seconds}`.trim();
}
