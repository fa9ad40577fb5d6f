import type { DefaultValue } from "./model.ts";
import type { TypeParameters } from "./types.ts";

/** A type as people read it: `varchar(80)`, `decimal(10, 2)`. */
export function typeText({ type, length, precision, scale }: TypeParameters): string {
  const parameters = [length, precision, scale].filter((parameter) => parameter !== undefined);
  return parameters.length > 0 ? `${type}(${parameters.join(", ")})` : type;
}

/** A default as people read it: the SQL of an expression, a value as it is declared. */
export function defaultText(value: DefaultValue): string {
  if (typeof value !== "object") return value === "" ? "''" : String(value);
  return "sql" in value ? value.sql : `'${value.value}'`;
}
