/** A number as PostgreSQL gives the default of a column back that has this type: one below zero is a text with a type. */
export function storedNumber(digits: string, type: string): string {
  if (!digits.startsWith("-")) return digits;
  const whole = ["smallint", "integer", "bigint"].includes(type.toLowerCase());
  const cast = whole ? type.toLowerCase() : digits.includes(".") ? "numeric" : "integer";
  return `'${digits}'::${cast}`;
}
