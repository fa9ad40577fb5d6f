import type { Dialect } from "../ddl/dialect.ts";
import { ToolError } from "../errors.ts";
import type { RowValue } from "../operations/params.ts";
import { integerBase } from "../schema/types.ts";

/** What a file says of a value: texts as they stand, and what JSON has besides. */
export type GivenValue = null | string | number | boolean | readonly unknown[] | Readonly<Record<string, unknown>>;

/**
 * A value of a file as an operation has it, for a field of this type: whole numbers of any size, `true` and `false`, bytes as `\x00ff`. A text that the
 * type does not need read goes to the database as it stands. Throws ToolError `migration` for one that the type cannot be.
 */
export function givenValue(given: GivenValue, type: string, { rows }: Pick<Dialect, "rows">): RowValue {
  const base = integerBase(type);
  if (typeof given === "string") return (readers[base] ?? ofNative(base))?.(given, rows.infinity) ?? given;
  if (given === null || typeof given !== "object") return given;
  if (base === "json" || base === "jsonb") return JSON.stringify(given);
  throw wrong(`an object or a list is no value for the type ${type}; write the text that the database has for it`);
}

const wholeNumber = (text: string): RowValue => {
  if (/^[+-]?\d{1,40}$/.test(text)) return BigInt(text.replace("+", ""));
  throw wrong(`"${text}" is not a whole number`);
};

/** Numbers that no JSON has, such as NaN, are left to the database. */
const realNumber = (text: string, infinity: string | undefined): RowValue => {
  const [, minus, endless] = /^\+?(-?)(infinity|inf)$/i.exec(text) ?? [];
  if (endless && infinity !== undefined) return { defaultRef: `${minus}${infinity}` };
  const value = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : text;
};

const truth: Readonly<Record<string, boolean>> = { true: true, t: true, 1: true, false: false, f: false, 0: false };

const bytes = (text: string): RowValue => {
  if (/^\\x(?:[0-9a-f]{2})*$/i.test(text))
    return Uint8Array.from(text.slice(2).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  throw wrong(`"${text}" is not bytes; write them in hexadecimal, as \\x00ff`);
};

type Reader = (text: string, infinity: string | undefined) => RowValue;

const readers: Readonly<Record<string, Reader>> = {
  smallint: wholeNumber,
  integer: wholeNumber,
  bigint: wholeNumber,
  float: realNumber,
  double: realNumber,
  boolean: (text) => {
    const value = truth[text.toLowerCase()];
    if (value !== undefined) return value;
    throw wrong(`"${text}" is neither true nor false`);
  },
  bytes,
};

/** Types of bytes that databases call otherwise; a text that is none is one for the database. */
const ofNative = (type: string): Reader | undefined =>
  /^(?:(?:var)?binary\b|(?:tiny|medium|long)?blob\b|bytea$)/i.test(type)
    ? (text) => (text.startsWith("\\x") ? bytes(text) : text)
    : undefined;

const wrong = (message: string): ToolError => new ToolError("migration", message);
