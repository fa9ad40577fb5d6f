import { apply, type Operation } from "../operations/index.ts";
import { findListed } from "../schema/beside-tables.ts";
import { linkedFields } from "../schema/dependents.ts";
import { enumsOf } from "../schema/enums.ts";
import { descendantsOf } from "../schema/heritage.ts";
import { isRoutine, plainObjectName } from "../schema/managed.ts";
import type { ManagedObject, Schema } from "../schema/model.ts";
import { findField, findTable, resolveType } from "../schema/resolve.ts";
import { mentionsName } from "../schema/sql-names.ts";
import { headOf, mentions, sqlTokens } from "../schema/sql-text.ts";

/** What operations do to tables that views and triggers over them do not survive. Names are those before all operations. */
export interface Impact {
  /** The table goes or gets another name. */
  isWhole(table: string): boolean;
  /** Whether an SQL text is about such a table, or about a field that goes, or gets another name or type. */
  touches(sql: string): boolean;
}

/** `objects` are those of the database, which `from` need not have. */
export function impactOf(operations: readonly Operation[], from: Schema, objects: readonly ManagedObject[]): Impact {
  const wholes = new Set<string>();
  const fields = new Map<string, Set<string>>();
  const types = new Set<string>();
  const names = new Map<string, string>();
  const former = (table: string): string => names.get(table) ?? table;
  const note = (table: string, field: string) => {
    const known = fields.get(former(table)) ?? new Set();
    fields.set(former(table), known.add(field));
  };
  const noteAll = (schema: Schema, table: string, field: string) => {
    for (const each of [table, ...descendantsOf(schema, table)]) note(each, field);
  };
  let state = from;
  for (const operation of operations) {
    const after = apply(state, operation);
    if (isOtherKind(operation, from)) types.add(operation.name);
    if (operation.kind === "dropTable") wholes.add(former(operation.name));
    if (operation.kind === "renameTable") {
      wholes.add(former(operation.from));
      names.set(operation.to, former(operation.from));
    }
    if (operation.kind === "renameField") noteAll(state, operation.table, operation.from);
    if (operation.kind === "dropField") noteAll(state, operation.table, operation.name);
    for (const { table, field } of retyped(operation, state, after)) noteAll(state, table, field);
    state = after;
  }
  const called = new Map([...fields.keys()].map((table) => [table, namesFor(objects, table)]));
  return {
    isWhole: (table) => wholes.has(table),
    touches: (sql) =>
      [...types].some((name) => mentions(sql, name)) ||
      [...wholes].some((table) => mentions(sql, table)) ||
      [...fields].some(
        ([table, list]) => called.get(table)?.some((name) => mentions(sql, name)) && mentionsAny(sql, list),
      ),
  };
}

/** Whether a type takes the name of one of the other kind. */
const isOtherKind = (
  operation: Operation,
  from: Schema,
): operation is Extract<Operation, { kind: "createEnum" | "createDomain" }> =>
  (operation.kind === "createEnum" && findListed(from, "domains", operation.name) !== undefined) ||
  (operation.kind === "createDomain" && enumsOf(from).some(({ name }) => name === operation.name));

/** The table, and functions that take or give its rows: whoever calls one of these may look at its fields. */
const namesFor = (objects: readonly ManagedObject[], table: string): readonly string[] => [
  table,
  ...objects.filter((object) => isRoutine(object) && mentions(headOf(object.definition), table)).map(plainObjectName),
];

/** A star may be any field. */
const mentionsAny = (sql: string, fields: ReadonlySet<string>): boolean =>
  sqlTokens(sql).includes("*") || [...fields].some((field) => mentions(sql, field));

interface Place {
  readonly table: string;
  readonly field: string;
}

/** The fields whose columns an operation gives another type, or makes anew. */
function retyped(operation: Operation, before: Schema, after: Schema): readonly Place[] {
  if (operation.kind === "setTypeMappings")
    return before.tables.flatMap(({ name: table, fields }) => fields.map(({ name: field }) => ({ table, field })));
  if (operation.kind !== "alterField") return [];
  const start = { table: operation.table, field: operation.field.name };
  const [old, next] = [before, after].map((schema) => columnText(schema, start));
  return old === next ? [] : [start, ...linkedFields(before, start)].flatMap((place) => withComputed(before, place));
}

/** The fields that are computed from a field are made anew with it. */
const withComputed = (schema: Schema, place: Place): readonly Place[] => [
  place,
  ...(findTable(schema, place.table)?.fields ?? [])
    .filter(({ generated }) => generated && mentionsName(generated.as, place.field))
    .map(({ name }) => ({ table: place.table, field: name })),
];

function columnText(schema: Schema, { table, field: name }: Place): string {
  const owner = findTable(schema, table);
  const field = owner && findField(owner, name);
  if (!field) return "";
  const { generated, collation } = field;
  return JSON.stringify([resolveType(schema, field), generated ?? null, collation ?? null]);
}
