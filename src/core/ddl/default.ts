import type { DefaultValue, PerDialect, Schema } from "../schema/model.ts";
import type { TypeParameters } from "../schema/types.ts";
import type { Dialect } from "./dialect.ts";

/** What a default is for: the field's type, and the native type of its column. */
export interface DefaultTarget {
  readonly type: TypeParameters;
  readonly native: string;
}

/**
 * The SQL of a field's default, or `undefined` for none.
 *
 * A string is, in this order: the key of a named default (the project's, then the dialect's own); an SQL literal that is quoted already
 * (`'x'`, `'{}'::jsonb`); an SQL keyword such as `CURRENT_TIMESTAMP`; one function call (`gen_random_uuid()`); else the text
 * itself, quoted and escaped. `{ sql }` and `{ value }` say which is meant. The order keeps the meaning of the predecessor's
 * schemas where it was valid SQL.
 */
export function resolveDefault(
  value: DefaultValue | undefined,
  { type, native }: DefaultTarget,
  schema: Schema,
  dialect: Dialect,
): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "object")
    return "sql" in value ? value.sql || undefined : literalFor(value.value, type, native, dialect);
  if (typeof value !== "string") return literalFor(value, type, native, dialect);
  const named = namedDefault(schema, value, dialect);
  if (named !== undefined) return named || undefined;
  return isExpression(value, type) ? value : literalFor(value, type, native, dialect);
}

/** The SQL of a named default: the project's, then the dialect's own; an empty text when the database has nothing like it. */
export function namedDefault(schema: Schema, key: string, dialect: Dialect): string | undefined {
  return entryFor(schema.defaults, key, dialect) ?? own(dialect.namedDefaults, key);
}

/** The entry of a map per dialect: that of the dialect's name, of one of its other spellings, or of a dialect that it is a variant of. */
export function entryFor(map: PerDialect, key: string, dialect: Dialect): string | undefined {
  // Most projects have no such map, and fields are many.
  for (const _ in map) return entryIn(map, key, dialect);
  return undefined;
}

function entryIn(map: PerDialect, key: string, dialect: Dialect): string | undefined {
  for (const name of namesOf(dialect)) {
    const entry = own(own(map, name) ?? {}, key);
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** What a record of dialect names has for a dialect, under its name, one of its other spellings, or a dialect that it is a variant of. */
export function forDialect<T>(map: Readonly<Record<string, T>>, dialect: Dialect): T | undefined {
  const name = namesOf(dialect).find((spelling) => Object.hasOwn(map, spelling));
  return name === undefined ? undefined : map[name];
}

const namesOf = ({ name, aliases, variantOf = [] }: Dialect): readonly string[] => [name, ...aliases, ...variantOf];

/** Keys are words of the author's: `constructor` must not find what every object inherits. */
const own = <T>(map: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(map, key) ? map[key] : undefined;

/** Whether a default given as plain text reads as SQL rather than as a literal of its type. */
export function isExpression(text: string, type: TypeParameters): boolean {
  return quotedLiteral.test(text) || isKeyword(text, type) || isCall(text);
}

const textTypes = new Set(["varchar", "char", "text"]);
const numericTypes = new Set([
  "smallint",
  "integer",
  "bigint",
  "smallserial",
  "serial",
  "bigserial",
  "float",
  "double",
  "decimal",
]);
const quotedLiteral = /^'(?:[^']|'')*'(?:::[\w ]+(?:\(\d+(?:,\s*\d+)?\))?(?:\[\])?)?$/;
const keyword =
  /^(?:NULL|CURRENT_TIMESTAMP|CURRENT_DATE|CURRENT_TIME|LOCALTIME|LOCALTIMESTAMP|CURRENT_USER|SESSION_USER)$/;

/** In a text field only the upper-case spelling is SQL: `null` and `current_date` are words somebody may want to store. */
function isKeyword(text: string, type: TypeParameters): boolean {
  return keyword.test(textTypes.has(type.type) ? text : text.toUpperCase());
}

/** One function call with balanced parentheses, perhaps cast, and nothing after it. */
function isCall(text: string): boolean {
  const head = /^[A-Za-z_][\w.]*\(/.exec(text);
  if (!head) return false;
  let depth = 0;
  let quoted = false;
  for (let i = head[0].length - 1; i < text.length; i++) {
    const c = text[i];
    if (c === "'") quoted = !quoted;
    if (quoted) continue;
    if (c === ";") return false;
    if (c === "(") depth++;
    if (c === ")" && --depth === 0) return /^(?:::[\w ]+(?:\[\])?)?$/.test(text.slice(i + 1));
  }
  return false;
}

/** A number keeps its digits in a numeric field (`0.10` stays `0.10`); words for true and false become the dialect's in a boolean one. */
function literalFor(value: string | number | boolean, type: TypeParameters, native: string, dialect: Dialect): string {
  if (type.type === "boolean" && (value === 0 || value === 1)) return dialect.literal(value === 1, native);
  if (typeof value !== "string") return dialect.literal(textTypes.has(type.type) ? String(value) : value, native);
  if (numericTypes.has(type.type) && /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(value))
    return value.replace(/^\+/, "");
  if (type.type === "boolean" && /^(?:true|t|yes|1)$/i.test(value)) return dialect.literal(true, native);
  if (type.type === "boolean" && /^(?:false|f|no|0)$/i.test(value)) return dialect.literal(false, native);
  return dialect.literal(value, native);
}
