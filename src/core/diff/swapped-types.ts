import { enumParamsOf } from "../operations/enum-params.ts";
import { paramsOf } from "../operations/list-params.ts";
import { findListed, listed } from "../schema/beside-tables.ts";
import { constraintsOf } from "../schema/constraints.ts";
import { elementType, enumsOf, usersOf } from "../schema/enums.ts";
import { elementOf } from "../schema/index-fields.ts";
import type { Constraint, Domain, Schema, Table } from "../schema/model.ts";
import { getField, getTable } from "../schema/resolve.ts";
import { mentions } from "../schema/sql-text.ts";
import type { TypeParameters } from "../schema/types.ts";
import { plainField } from "./definition.ts";
import type { Draft } from "./draft.ts";

/** Whether an enum has the name of a domain that goes, or a domain that of an enum: a type cannot be of both kinds for a moment. */
export const isSwapped = (state: Schema, to: Schema, name: string): boolean =>
  (isEnum(to, name) && !isEnum(state, name) && isDomain(state, name)) ||
  (isDomain(to, name) && !isDomain(state, name) && isEnum(state, name));

/** Makes such types: fields have the plain type behind the old one until the new one is there. */
export function swapTypes(draft: Draft, to: Schema): void {
  for (const wanted of enumsOf(to)) {
    const old = findListed(draft.state, "domains", wanted.name);
    if (!old || !isSwapped(draft.state, to, wanted.name)) continue;
    leaveType(draft, wanted.name, typeBehind(old));
    draft.add({ kind: "dropDomain", name: wanted.name });
    draft.add({ kind: "createEnum", ...enumParamsOf(wanted) });
  }
  for (const wanted of listed(to, "domains")) {
    if (!isSwapped(draft.state, to, wanted.name)) continue;
    leaveType(draft, wanted.name, { type: "text" });
    draft.add({ kind: "dropEnum", name: wanted.name });
    draft.add({ kind: "createDomain", ...paramsOf<"domains">(wanted) });
  }
}

const isEnum = (schema: Schema, name: string): boolean => enumsOf(schema).some((e) => e.name === name);
const isDomain = (schema: Schema, name: string): boolean => findListed(schema, "domains", name) !== undefined;

function leaveType(draft: Draft, name: string, plain: TypeParameters): void {
  for (const table of draft.state.tables) dropMentions(draft, table, name);
  for (const { table, field } of usersOf(draft.state, name)) {
    const owner = getTable(draft.state, table);
    const old = getField(owner, field.name);
    // What a foreign key ties to a field has followed it.
    if (elementType(old.type) !== name) continue;
    const lists = old.type.slice(name.length);
    const next = lists === "" ? plain : { type: `${plain.length === undefined ? plain.type : "text"}${lists}` };
    draft.add({ kind: "alterField", table, field: plainField(draft.state, owner, { ...old, ...next }) });
  }
}

/** What says the name of the type says something else of the other one, and comes again as that. */
function dropMentions(draft: Draft, table: Table, name: string): void {
  const says = (texts: readonly (string | undefined)[]): boolean =>
    texts.some((text) => text !== undefined && mentions(text, name));
  for (const constraint of constraintsOf(table))
    if (says(textsOf(constraint))) draft.add({ kind: "dropConstraint", table: table.name, name: constraint.name });
  for (const index of table.indexes)
    if (says([index.where, ...index.fields.map((field) => elementOf(field).expression)]))
      draft.add({ kind: "dropIndex", table: table.name, name: index.name });
}

function textsOf(constraint: Constraint): readonly (string | undefined)[] {
  if ("check" in constraint) return [constraint.check];
  return "exclude" in constraint ? [constraint.where, ...constraint.exclude.map(({ expression }) => expression)] : [];
}

const typeBehind = ({ type, length, precision, scale }: Domain): TypeParameters => ({
  type,
  ...(length !== undefined && { length }),
  ...(precision !== undefined && { precision }),
  ...(scale !== undefined && { scale }),
});
