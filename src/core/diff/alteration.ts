import type { Field, Schema } from "../schema/model.ts";
import { resolveType } from "../schema/resolve.ts";
import { defaultText, typeText } from "../schema/text.ts";

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
  ({ field }) => (field.default === undefined ? "no default" : `default ${defaultText(field.default)}`),
  ({ field }) => (field.autoCreate ? "set when a row is made" : "not set when a row is made"),
  ({ field }) => (field.autoUpdate ? "set at every update" : "not set at updates"),
];
