import type { Column } from "../../core/ddl/statement.ts";
import type { Field } from "../../core/schema/model.ts";
import { isKnownType, isLengthType, type KnownType, type TypeParameters } from "../../core/schema/types.ts";
import { withoutParentheses } from "../../core/sql-files/parentheses.ts";
import { defaultOf } from "./defaults.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { tokenize } from "./tokens.ts";

/**
 * Field type → declared type of the column.
 *
 * SQLite stores what it is given and only prefers a storage class, the *affinity*, by words in the declared type
 * (https://www.sqlite.org/datatype3.html §3.1). So a declared type has to lead to the right affinity and should say
 * what was meant. `UUID` or `JSON` alone would be numeric, which turns an all-digit uuid or a JSON number into a
 * number: hence `UUID TEXT`. DECIMAL is numeric: digits are exact up to the fifteen of a double; for more, map it to TEXT.
 */
const declaredTypes: Readonly<Record<Exclude<KnownType, "foreign_key">, string>> = {
  varchar: "VARCHAR",
  char: "CHAR",
  text: "TEXT",
  smallint: "SMALLINT",
  integer: "INTEGER",
  bigint: "BIGINT",
  smallserial: "SMALLINT",
  serial: "INTEGER",
  bigserial: "BIGINT",
  float: "REAL",
  double: "DOUBLE",
  decimal: "DECIMAL",
  boolean: "BOOLEAN",
  date: "DATE",
  time: "TIME",
  timestamp: "TIMESTAMP",
  timestamptz: "TIMESTAMPTZ",
  uuid: "UUID TEXT",
  json: "JSON TEXT",
  jsonb: "JSONB TEXT",
  bytes: "BLOB",
  "text[]": "TEXT ARRAY",
};

export function columnType({ type, length, precision, scale }: TypeParameters): string {
  if (type === untyped) return "";
  const declared = (declaredTypes as Readonly<Record<string, string>>)[type] ?? type;
  if (length !== undefined && (type === "varchar" || type === "char")) return `${declared}(${length})`;
  if (precision !== undefined && type === "decimal") return `${declared}(${precision}${scale ? `,${scale}` : ""})`;
  return declared;
}

/** The native type of a column that is declared without one, which keeps every value as it is given. */
export const untyped = "untyped";

/** Spellings of other tools, beside those of `declaredTypes`. */
const otherSpellings: Readonly<Record<string, KnownType>> = {
  "CHARACTER VARYING": "varchar",
  NVARCHAR: "varchar",
  CHARACTER: "char",
  NCHAR: "char",
  CLOB: "text",
  INT: "integer",
  MEDIUMINT: "integer",
  TINYINT: "smallint",
  INT2: "smallint",
  INT8: "bigint",
  FLOAT: "float",
  "DOUBLE PRECISION": "double",
  NUMERIC: "decimal",
  BOOL: "boolean",
  DATETIME: "timestamp",
  "TIMESTAMP WITH TIME ZONE": "timestamptz",
  "TIMESTAMP WITHOUT TIME ZONE": "timestamp",
  UUID: "uuid",
  JSON: "json",
  JSONB: "jsonb",
};

const fieldTypeOf = new Map<string, KnownType>([
  ...Object.entries(otherSpellings),
  ...Object.entries(declaredTypes)
    .filter(([type]) => !type.endsWith("serial"))
    .map(([type, declared]): [string, KnownType] => [declared, type as KnownType]),
]);

/**
 * The type that a column would be declared as: a field type where that gives the declared type again, but for case and blanks, else the
 * declared type as it is written. In upper case it is never taken for a field type that SQLite has another name for.
 */
export function typeOfColumn(declared: string): TypeParameters {
  const text = declared
    .trim()
    .replace(/\s+(?=[(),])|(?<=[(,])\s+/g, "")
    .replace(/\s+/g, " ");
  if (text === "") return { type: untyped };
  const meant = meaningOf(text);
  const says = spelled(columnType(meant)) === spelled(text);
  const lacksLength = isLengthType(meant.type) && meant.length === undefined;
  if (says && !lacksLength) return meant;
  return { type: isKnownType(text.toLowerCase()) ? text.toUpperCase() : text };
}

/** Neither case nor blanks around parentheses and commas make another type. */
const spelled = (type: string): string => type.toUpperCase().replace(/\s*([(),])\s*/g, "$1");

/** The field type that says what a declared type is for; the declared type itself when none does. */
export function meaningOf(declared: string): TypeParameters {
  const { name, numbers } = parseType(declared);
  const type = fieldTypeOf.get(name);
  if (type === undefined) return { type: declared.trim() || "bytes" };
  const [first, second] = numbers;
  if ((type === "varchar" || type === "char") && first) return { type, length: first };
  if (type === "decimal" && first) return { type, precision: first, ...(second && { scale: second }) };
  return { type };
}

export function fieldOf(column: Column): Omit<Field, "references"> {
  const type = typeOfColumn(column.type);
  return {
    name: column.name,
    // SQLite has one kind of self-numbering key, whatever size the author asked for.
    ...(column.autoIncrement ? { type: "serial" } : type),
    nullable: column.nullable,
    ...(column.default !== undefined && { default: defaultOf(column.default, type) }),
    ...(column.autoUpdate && { autoUpdate: true }),
  };
}

/**
 * Types that SQLite treats alike are the same: it ignores lengths and precisions and tells neither integers by size nor
 * texts by purpose. What distinguishes dates, times and numbers for people is kept. This is also what lets databases of other tools
 * (`TEXT`, `INTEGER`, `DATETIME`) match the same schema.
 */
export function canonicalType(declared: string): string {
  const { name } = parseType(declared);
  const known = fieldTypeOf.get(name);
  if (known === "boolean") return "INTEGER";
  if (known === "timestamp" || known === "timestamptz") return "TIMESTAMP";
  const affinity = affinityOf(name);
  if (affinity !== "NUMERIC") return affinity;
  return known === "decimal" ? "DECIMAL" : name;
}

/** A default in one spelling: `( 0 )`, `+0` → `0`; `current_timestamp` → upper case; TRUE → 1. */
export function canonicalDefault(sql: string, type: string): string {
  const bare = withoutParentheses(sql, scriptSyntax);
  if (/^'[+-]?\d+(?:\.\d+)?'$/.test(bare) && canonicalType(type) !== "TEXT" && affinityOf(type) !== "BLOB")
    return bare.slice(1, -1).replace(/^\+/, "");
  if (/^\+\d/.test(bare)) return bare.slice(1);
  if (/^true$/i.test(bare)) return "1";
  if (/^false$/i.test(bare)) return "0";
  return joined(bare, (word) => (/^(?:null|current_(?:timestamp|date|time))$/i.test(word) ? word.toUpperCase() : word));
}

/** A predicate in one spelling: keywords and plain names in lower case, names unquoted where possible, single spaces. */
export function canonicalPredicate(sql: string): string {
  return joined(withoutParentheses(sql, scriptSyntax), (word) => word.toLowerCase(), true);
}

/** Storage class a declared type prefers; the order of the rules is SQLite's. */
function affinityOf(declared: string): "INTEGER" | "TEXT" | "BLOB" | "REAL" | "NUMERIC" {
  const type = declared.toUpperCase();
  if (type.includes("INT")) return "INTEGER";
  if (/CHAR|CLOB|TEXT/.test(type)) return "TEXT";
  if (type === "" || type.includes("BLOB")) return "BLOB";
  return /REAL|FLOA|DOUB/.test(type) ? "REAL" : "NUMERIC";
}

/** `Decimal ( 10,2 )` → DECIMAL, [10, 2]. */
function parseType(declared: string): { readonly name: string; readonly numbers: readonly number[] } {
  const name = declared
    .replace(/\([^)]*\)/g, " ")
    .trim()
    .replace(/\s+/g, " ")
    .toUpperCase();
  const numbers = /\(([^)]*)\)/.exec(declared)?.[1]?.split(",").map(Number) ?? [];
  return { name, numbers: numbers.filter(Number.isInteger) };
}

function joined(sql: string, spell: (word: string) => string, unquote = false): string {
  return tokenize(sql)
    .map((t) =>
      t.kind === "word"
        ? spell(t.text)
        : unquote && t.kind === "name" && /^[a-z_]\w*$/i.test(t.value)
          ? t.value.toLowerCase()
          : t.text,
    )
    .join(" ");
}
