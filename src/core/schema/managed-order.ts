import { isRoutine, objectsOf, plainObjectName, viewsOf } from "./managed.ts";
import type { ManagedObject, Schema, View } from "./model.ts";
import { canonicalSql, headOf, mentions, sqlTokens } from "./sql-text.ts";

/** A view or a managed object, as something that needs others and that others need. */
export type Managed = Needing & (OfView | OfObject);

interface Needing {
  readonly id: string;
  /** By which others mention it. */
  readonly name: string;
  /** Types that come with it. */
  readonly further?: readonly string[];
  /** All that it says. */
  readonly text: string;
  /** What a database looks into when it is made, and holds on to. */
  readonly holding: string;
  readonly table?: string;
  readonly dependsOn: readonly string[];
}

interface OfView {
  readonly view: View;
  readonly object?: never;
}

interface OfObject {
  readonly view?: never;
  readonly object: ManagedObject;
}

/** The views and managed objects of a schema, kind by kind, as they are made where they do not need one another. */
export function managedIn(schema: Schema): readonly Managed[] {
  const rank = ({ view, object }: Managed) => kinds.indexOf(view ? "view" : object.kind);
  return [...objectsOf(schema).map(ofObject), ...viewsOf(schema).map(ofView)].sort((a, b) => rank(a) - rank(b));
}

/** Kinds that are not here come first: types and the like. */
const kinds = [
  "virtual_table",
  "function",
  "procedure",
  "aggregate",
  "operator",
  "cast",
  "view",
  "rule",
  "trigger",
  "policy",
  "grant",
  "event_trigger",
];

/** Whether an SQL text speaks of it, by whichever of its names. */
export const mentionsIt = (sql: string, { name, further = [] }: Managed): boolean =>
  mentions(sql, name) || further.some((other) => mentions(sql, other));

const ofView = (view: View): Managed => ({
  id: `view ${view.name}`,
  name: view.name,
  text: view.query,
  holding: view.query,
  dependsOn: view.dependsOn ?? [],
  view,
});

function ofObject(object: ManagedObject): Managed {
  const { kind, table, definition, dependsOn = [] } = object;
  return {
    id: JSON.stringify([kind, table ?? "", canonicalSql(object.name)]),
    name: plainObjectName(object),
    text: definition,
    holding: isRoutine(object) && !/\bbegin\s+atomic\b/i.test(definition) ? headOf(definition) : definition,
    ...(table !== undefined && { table }),
    ...(kind === "range_type" && { further: [multirangeOf(object)] }),
    dependsOn,
    object,
  };
}

/** https://www.postgresql.org/docs/current/sql-createtype.html#SQL-CREATETYPE-RANGE */
function multirangeOf({ name, definition }: ManagedObject): string {
  const given = /multirange_type_name\s*=\s*("(?:[^"]|"")+"|\w+)/i.exec(definition)?.[1];
  if (given !== undefined) return given.replace(/^"|"$/g, "");
  return name.includes("range") ? name.replace("range", "multirange") : `${name}_multirange`;
}

/** Whether a database would not let go of the other one while this one is there. */
export const holdsOn = (thing: Managed, other: Managed): boolean =>
  thing.id !== other.id &&
  (thing.dependsOn.includes(other.name) ||
    (thing.table === other.name && other.view !== undefined) ||
    (canMean(thing, other) && mentionsIt(thing.holding, other)));

/**
 * Whether the other's name means it. Nothing speaks of triggers, policies and rules, and what has the same name, such as a function with
 * other arguments, says its own.
 */
const canMean = (thing: Managed, other: Managed): boolean =>
  other.table === undefined && (thing.table !== undefined || thing.name !== other.name);

/** Each after what it needs; where things need one another, what they only call gives way. */
export function dependencyOrder<T extends Managed>(things: readonly T[]): readonly T[] {
  const order = new Set<T>();
  const open = new Set<T>();
  const visit = (thing: T): void => {
    if (open.has(thing)) return;
    open.add(thing);
    for (const other of things) if (holdsOn(thing, other)) visit(other);
    for (const other of things)
      if (other !== thing && canMean(thing, other) && mentionsIt(thing.text, other)) visit(other);
    order.add(thing);
  };
  things.forEach(visit);
  return [...order];
}

/** What is built on one of them, however far, each after what it needs; without that one. */
export const builtOn = (schema: Schema, isIt: (managed: Managed) => boolean): readonly Managed[] =>
  withBuiltOn(schema, isIt).filter((thing) => !isIt(thing));

/** What is true of, and what is built on that, however far, each after what it needs. */
export function withBuiltOn(schema: Schema, isIt: (managed: Managed) => boolean): readonly Managed[] {
  const all = managedIn(schema);
  const built = new Set(all.filter(isIt));
  for (const thing of built) for (const other of all) if (holdsOn(other, thing)) built.add(other);
  return dependencyOrder(all).filter((thing) => built.has(thing));
}

/** What shows or names one of these fields, and what is built on that. A star may be any field. */
export const builtOnFields = (
  schema: Schema,
  fields: readonly { readonly table: string; readonly field: string }[],
): readonly Managed[] =>
  withBuiltOn(schema, ({ holding }) =>
    fields.some(
      ({ table, field }) => mentions(holding, table) && (mentions(holding, field) || sqlTokens(holding).includes("*")),
    ),
  );
