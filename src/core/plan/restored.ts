import type { LowerContext } from "../operations/define.ts";
import type { Operation } from "../operations/index.ts";
import { constraintsOf } from "../schema/constraints.ts";
import { domainOf } from "../schema/enums.ts";
import { canonicalExpression } from "../schema/expression.ts";
import { uniqueFields } from "../schema/index-fields.ts";
import type { Schema, Table } from "../schema/model.ts";
import { findField, findTable } from "../schema/resolve.ts";

/**
 * What rolling back says of a field that it adds again: whether a key or something unique had it in one of the states that led to its end. Of a field
 * that pointed at rows of another table it says so, because no value would be right.
 */
export function restoredField(
  { table, field }: Extract<Operation, { kind: "addField" }>,
  states: readonly Schema[],
): LowerContext["restores"] {
  const tables = states.flatMap((state) => findTable(state, table) ?? []).filter((t) => findField(t, field.name));
  const key = tables.flatMap((t) => t.foreignKeys).find(({ fields }) => fields.includes(field.name));
  if (key) return { apart: false, refersTo: key.references.table };
  const rules = states.flatMap((state) => domainOf(state, field.type)?.checks ?? []).map(({ check }) => check);
  const checks = tables.flatMap(constraintsOf).flatMap((c) => ("check" in c ? [c.check] : []));
  const allowed = [...allowedBy(checks, field.name), ...allowedBy(rules, "VALUE")][0];
  const apart = tables.some((t) => uniqueLists(t).some((fields) => fields.includes(field.name)));
  return { apart, ...(allowed !== undefined && { allowed }) };
}

/** What plain checks of the field say: the first of a list, the least number. A guess: the database has the last word. */
function allowedBy(checks: readonly string[], name: string): readonly string[] {
  return checks.map(bare).flatMap((text) => {
    if (!text.toLowerCase().startsWith(`${name.toLowerCase()} `)) return [];
    const rest = text.slice(name.length + 1);
    const listed = /^(?:= any array|in|=) ('(?:[^']|'')*'|\d+)/i.exec(rest)?.[1];
    if (listed !== undefined) return [listed];
    const [, sign, least] = /^(>=?|between) (\d+)(?![\d.])/i.exec(rest) ?? [];
    return least === undefined ? [] : [sign === ">" ? String(Number(least) + 1) : least];
  });
}

/** Without parentheses, brackets, quotes of names and casts. */
const bare = (sql: string): string =>
  canonicalExpression(sql)
    .replace(/ ?:: ?[a-z]\w*(?: varying| precision)?(?: \[ ?\])?/gi, " ")
    .replace(/[()[\]"]/g, " ")
    .replace(/\s+/g, " ")
    .trim();

const uniqueLists = (table: Table): readonly (readonly string[])[] => [
  table.primaryKey ?? [],
  ...table.indexes.map((index) => uniqueFields(index) ?? []),
  ...constraintsOf(table).map((constraint) => ("unique" in constraint ? constraint.unique : [])),
];
