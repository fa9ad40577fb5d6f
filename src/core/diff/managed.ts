import type { Operation } from "../operations/index.ts";
import { paramsFromObject, paramsFromView } from "../operations/managed-params.ts";
import { sameDatabases } from "../schema/for-databases.ts";
import {
  canReplaceObject,
  canReplaceView,
  idOf,
  isRoutine,
  sameButComment,
  sameObject,
  sameView,
} from "../schema/managed.ts";
import { dependencyOrder, holdsOn, type Managed, managedIn, mentionsIt } from "../schema/managed-order.ts";
import type { Schema, Table } from "../schema/model.ts";
import type { Draft } from "./draft.ts";
import type { Impact } from "./impact.ts";

/** What happens to views and managed objects, before and after the tables change. */
export interface ManagedPlan {
  before(draft: Draft): void;
  after(draft: Draft): void;
}

/**
 * Views and managed objects that are gone, that are different and cannot be replaced, or that hold on to what changes under them go
 * before the tables change, each before what it is built on, and come afterwards in the other order. What tables themselves need comes
 * before them and goes after them.
 */
export function planManaged(from: Schema, to: Schema, impact: Impact): ManagedPlan {
  const [old, next] = [thingsOf(from), thingsOf(to)];
  const target = new Map(next.map((thing) => [thing.id, thing]));
  const [held, needed] = [usedByTables(old, from), usedByTables(next, to)];
  const leaving = leavingThings(old, target, impact);
  // What tables call before and after is made anew under them, as one operation.
  for (const thing of leaving) {
    const now = target.get(thing.id);
    const isCalled = now && held.has(thing) && needed.has(now) && thing.object && isRoutine(thing.object);
    if (isCalled && !impact.touches(thing.holding)) leaving.delete(thing);
  }
  const drops = dependencyOrder(old)
    .toReversed()
    .filter((thing) => leaving.has(thing));
  const stays = new Map(old.filter((thing) => !leaving.has(thing)).map((thing) => [thing.id, thing]));
  const makes = dependencyOrder(next).flatMap((thing): readonly Making[] => {
    const present = stays.get(thing.id);
    if (!present) return [{ thing, operation: thing.create }];
    return same(present, thing) ? [] : [{ thing, operation: thing.replace }];
  });
  const goes = (draft: Draft, late: boolean) => {
    for (const thing of drops) if (held.has(thing) === late) draft.add(thing.drop);
  };
  const comes = (draft: Draft, late: boolean) => {
    for (const { thing, operation } of makes) if (needed.has(thing) !== late) draft.add(operation);
  };
  // What tables hold, and is to be made again, cannot go late.
  const again = new Set(drops.filter((thing) => target.has(thing.id)));
  for (const thing of again) held.delete(thing);
  return {
    before: (draft) => {
      goes(draft, false);
      comes(draft, false);
    },
    after: (draft) => {
      comes(draft, true);
      goes(draft, true);
    },
  };
}

interface Making {
  readonly thing: Thing;
  readonly operation: Operation;
}

/** A view or a managed object, with the operations that make and drop it. */
type Thing = Managed & Ways;

interface Ways {
  readonly create: Operation;
  readonly replace: Operation;
  readonly drop: Operation;
}

const thingsOf = (schema: Schema): readonly Thing[] =>
  managedIn(schema).map((managed): Thing => ({ ...managed, ...operationsOf(managed) }));

function operationsOf({ view, object }: Managed): Ways {
  if (view) {
    const params = paramsFromView(view);
    return {
      create: { kind: "createView", ...params },
      replace: { kind: "replaceView", ...params },
      drop: { kind: "dropView", name: view.name },
    };
  }
  const params = paramsFromObject(object);
  return {
    create: { kind: "createObject", object: params },
    replace: { kind: "replaceObject", object: params },
    drop: { kind: "dropObject", object: idOf(object) },
  };
}

const same = (a: Managed, b: Managed): boolean =>
  a.view && b.view ? sameView(a.view, b.view) : Boolean(a.object && b.object && sameObject(a.object, b.object));

/** Nothing can be built on a trigger or a policy. Where a table goes with what stands on it, that has to go before. */
const replaceable = (a: Managed, b: Managed): boolean =>
  !sameDatabases(a.view ?? a.object ?? {}, b.view ?? b.object ?? {})
    ? false
    : a.view && b.view
      ? canReplaceView(a.view, b.view)
      : Boolean(
          a.object &&
            b.object &&
            (a.table !== undefined || sameButComment(a.object, b.object) || canReplaceObject(a.object, b.object)),
        );

/** What is to be dropped: by itself, or because it is built on such. */
function leavingThings(old: readonly Thing[], target: ReadonlyMap<string, Thing>, impact: Impact): Set<Thing> {
  const leaves = (thing: Thing): boolean => {
    const next = target.get(thing.id);
    if (!next || !(same(thing, next) || replaceable(thing, next))) return true;
    return (thing.table !== undefined && impact.isWhole(thing.table)) || impact.touches(thing.holding);
  };
  const leaving = new Set(old.filter(leaves));
  for (const gone of leaving)
    for (const thing of old) if (!leaving.has(thing) && holdsOn(thing, gone)) leaving.add(thing);
  return leaving;
}

/** What the tables of a schema use in types, defaults, constraints and indexes, and what that needs in turn. */
function usedByTables(things: readonly Thing[], { tables, defaults }: Schema): Set<Thing> {
  const named = Object.values(defaults).flatMap((entries) => Object.values(entries));
  const texts = [...named, ...tables.flatMap(expressionsOf)].join("\n");
  const candidates = things.filter(
    ({ table, view, object }) => table === undefined && !view && !afterTables.has(object?.kind ?? ""),
  );
  const used = new Set(candidates.filter((thing) => mentionsIt(texts, thing)));
  for (const thing of used) for (const other of candidates) if (mentionsIt(thing.text, other)) used.add(other);
  return used;
}

/** Kinds that nothing in a table can use. */
const afterTables: ReadonlySet<string> = new Set([
  "virtual_table",
  "foreign_table",
  "server",
  "foreign_data_wrapper",
  "event_trigger",
  "grant",
]);

/** All SQL in a table, and names that stand in it. */
function expressionsOf({ fields, indexes, constraints = [] }: Table): readonly string[] {
  return [
    ...fields.flatMap(({ type, default: value, generated, collation }) => [
      type,
      ...(collation === undefined ? [] : [collation]),
      ...(generated ? [generated.as] : []),
      ...(typeof value === "string" ? [value] : typeof value === "object" && "sql" in value ? [value.sql] : []),
    ]),
    ...indexes.flatMap(({ fields: elements, where }) => [
      ...elements.flatMap((e) =>
        typeof e === "object" ? [e.expression ?? "", e.collation ?? "", e.operatorClass ?? ""] : [],
      ),
      ...(where === undefined ? [] : [where]),
    ]),
    ...constraints.flatMap((c) => ("check" in c ? [c.check] : "exclude" in c ? [JSON.stringify(c.exclude)] : [])),
  ];
}
