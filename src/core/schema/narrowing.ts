import { integerBase, isTimeType, type TypeParameters } from "./types.ts";

/**
 * Whether values of one type may not fit into another, or may change their meaning. Only conversions known to keep every
 * value are safe; anything else counts as narrowing.
 */
export function narrows(from: TypeParameters, to: TypeParameters): boolean {
  const a = integerBase(from.type);
  const b = integerBase(to.type);
  if (texts.has(a) && texts.has(b))
    return (b === "char" && a !== "char") || (to.length ?? unbounded(b)) < (from.length ?? unbounded(a));
  if (a === "decimal" && b === "decimal") return narrowsDecimal(from, to);
  if (b === "decimal" && digits.has(a)) return integerDigits(to) < (digits.get(a) ?? 0);
  if (b === "decimal" && a === "float") return to.precision !== undefined;
  if (isTimeType(a) && a === b) return (to.precision ?? microseconds) < (from.precision ?? microseconds);
  return a !== b && !widenings.get(a)?.includes(b);
}

const texts = new Set(["char", "varchar", "text"]);

/** A `char` without a length holds one character; the others have no bound. */
const unbounded = (type: string): number => (type === "char" ? 1 : Number.POSITIVE_INFINITY);

/** Decimal digits that hold every value of an integer type. */
const digits = new Map([
  ["smallint", 5],
  ["integer", 10],
  ["bigint", 19],
]);

/** Type → types that hold all its values. */
const widenings: ReadonlyMap<string, readonly string[]> = new Map([
  ["smallint", ["integer", "bigint", "float", "double"]],
  ["integer", ["bigint", "double"]],
  ["float", ["double"]],
  ["date", ["timestamp"]],
  ["json", ["text"]],
  ["uuid", ["text"]],
]);

/** Digits of a second that a time has where it does not say. */
const microseconds = 6;

const integerDigits = (type: TypeParameters): number =>
  type.precision === undefined ? Number.POSITIVE_INFINITY : type.precision - (type.scale ?? 0);

function narrowsDecimal(from: TypeParameters, to: TypeParameters): boolean {
  const scale = (type: TypeParameters) => (type.precision === undefined ? Number.POSITIVE_INFINITY : (type.scale ?? 0));
  return integerDigits(to) < integerDigits(from) || scale(to) < scale(from);
}
