import type { DefaultValue, Field, Schema } from "../schema/model.ts";
import { resolveType } from "../schema/resolve.ts";
import type { TypeParameters } from "../schema/types.ts";

/** What is different about a field in words: `varchar(80) → varchar(40), NULL → NOT NULL`. Each schema is the one its field is of. */
export function alterationText(before: Placed, after: Placed): string {
  return aspects
    .map((aspect) => [aspect(before), aspect(after)])
    .filter(([old, now]) => old !== now)
    .map(([old, now]) => `${old} → ${now}`)
    .join(", ");
}

export interface Placed {
  readonly schema: Schema;
  readonly field: Field;
}

const aspects: readonly ((placed: Placed) => string)[] = [
  ({ schema, field }) => typeText(resolveType(schema, field)),
  ({ field }) => (field.nullable ? "NULL" : "NOT NULL"),
  ({ field }) => defaultText(field.default),
  ({ field }) => (field.autoCreate ? "set when a row is made" : "not set when a row is made"),
  ({ field }) => (field.autoUpdate ? "set at every update" : "not set at updates"),
];

/** `varchar(80)`, `decimal(10, 2)`. */
function typeText({ type, length, precision, scale }: TypeParameters): string {
  const parameters = [length, precision, scale].filter((parameter) => parameter !== undefined);
  return parameters.length > 0 ? `${type}(${parameters.join(", ")})` : type;
}

function defaultText(value: DefaultValue | undefined): string {
  if (value === undefined) return "no default";
  if (typeof value !== "object") return `default ${value === "" ? "''" : value}`;
  return "sql" in value ? `default ${value.sql}` : `default '${value.value}'`;
}
