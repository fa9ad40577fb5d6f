import { constraintsOf, primaryKeyName } from "../schema/constraints.ts";
import type { Index, Schema, Table } from "../schema/model.ts";
import { behindNamespace } from "../schema/namespaces.ts";
import { findTable } from "../schema/resolve.ts";
import { equalConstraints, sameConstraint, sameIndexBut, samePrimaryKey } from "./compare.ts";
import type { Draft } from "./draft.ts";
import { isRenamed, keyPairs } from "./key-pairs.ts";
import { changing } from "./unchanged.ts";

/**
 * Renames the indexes, constraints and keys that are what they were under another name. One waits until its name is free; a ring of names (a ↔ b) is
 * opened by giving one of its members a name for the moment. What something else keeps or takes is not renamed, but made anew.
 */
export function renameParts(draft: Draft, to: Schema): void {
  let waiting = [...changing(draft, to)].flatMap((after) => {
    const before = findTable(draft.state, after.name);
    return before ? renamesIn({ state: draft.state, before }, { to, after }) : [];
  });
  while (waiting.length > 0) {
    const taken = takenIn(draft.state);
    const ready = waiting.find((part) => !blocks(taken, part));
    const leaving = new Set(waiting.flatMap((part) => placesOf(part, part.from)));
    const stuck = waiting.filter((part) => placesOf(part, part.to).some((p) => taken.has(p) && !leaving.has(p)));
    if (ready) apply(draft, ready);
    if (ready) waiting = waiting.filter((part) => part !== ready);
    else if (stuck.length > 0) waiting = waiting.filter((part) => !stuck.includes(part));
    else waiting = parkFirst(draft, waiting, taken);
  }
}

/** What has a name in a table, and is to have another. */
interface Part {
  readonly table: string;
  readonly kind: "renameIndex" | "renameConstraint";
  /** It has an index, whose name no other index and no table of its namespace has. */
  readonly hasIndex: boolean;
  readonly from: string;
  readonly to: string;
}

interface Before {
  readonly state: Schema;
  readonly before: Table;
}

interface After {
  readonly to: Schema;
  readonly after: Table;
}

function renamesIn({ state, before }: Before, { to, after }: After): readonly Part[] {
  const table = after.name;
  const indexes = pairs(before.indexes, after.indexes, (a, b) => sameIndexBut("name", a, b));
  const constraints = pairs(constraintsOf(before), constraintsOf(after), equalConstraints, sameConstraint);
  const keys = keyPairs({ schema: state, table: before }, { schema: to, table: after });
  const [key, wanted] = [primaryKeyName(before), primaryKeyName(after)];
  const renamesKey = before.primaryKey && key !== wanted && samePrimaryKey(before, after);
  const part = (kind: Part["kind"], hasIndex: boolean, from: string, name: string): Part => ({
    table,
    kind,
    hasIndex,
    from,
    to: name,
  });
  return [
    ...constraints.map(({ old, now }) => part("renameConstraint", !("check" in old), old.name, now.name)),
    ...keys
      .filter((pair) => isRenamed(after, pair))
      .map(({ old, now }) => part("renameConstraint", false, old.name, now.name)),
    ...indexes.map(({ old, now }) => part("renameIndex", true, old.name, now.name)),
    ...(renamesKey ? [part("renameConstraint", true, key, wanted)] : []),
  ];
}

interface Pair<T> {
  readonly old: T;
  readonly now: T;
}

/** The things that are another one under a new name. What stays under its name is no candidate. */
function pairs<T extends Pick<Index, "name">>(
  before: readonly T[],
  after: readonly T[],
  equal: (old: T, now: T) => boolean,
  stays: (old: T, now: T) => boolean = (old, now) => old.name === now.name && equal(old, now),
): readonly Pair<T>[] {
  const kept = new Set(after.filter((now) => before.some((old) => stays(old, now))).map(({ name }) => name));
  const free = after.filter(({ name }) => !kept.has(name));
  return before.flatMap((old) => {
    const at = kept.has(old.name) ? -1 : free.findIndex((now) => equal(old, now));
    const [now] = at < 0 ? [] : free.splice(at, 1);
    return now ? [{ old, now }] : [];
  });
}

/** Where a name stands by itself: constraints in their table; indexes beside tables and other indexes. */
function placesOf({ table, kind, hasIndex }: Omit<Part, "from" | "to">, name: string): readonly string[] {
  return [
    ...(kind === "renameConstraint" ? [`${JSON.stringify(table)} ${name}`] : []),
    ...(hasIndex ? [beside(table, name)] : []),
  ];
}

const beside = (table: string, name: string): string =>
  `${JSON.stringify(table.slice(0, table.length - behindNamespace(table).length))} ${name}`;

const blocks = (taken: ReadonlySet<string>, part: Part): boolean =>
  placesOf(part, part.to).some((place) => taken.has(place));

function takenIn({ tables }: Schema): Set<string> {
  return new Set(
    tables.flatMap((table) => {
      const of = (kind: Part["kind"], hasIndex: boolean, name: string) =>
        placesOf({ table: table.name, kind, hasIndex }, name);
      return [
        beside(table.name, behindNamespace(table.name)),
        ...table.indexes.flatMap(({ name }) => of("renameIndex", true, name)),
        ...constraintsOf(table).flatMap((c) => of("renameConstraint", !("check" in c), c.name)),
        ...table.foreignKeys.flatMap(({ name }) => of("renameConstraint", false, name)),
        ...(table.primaryKey ? of("renameConstraint", true, primaryKeyName(table)) : []),
      ];
    }),
  );
}

const apply = (draft: Draft, { kind, table, from, to }: Part): void => draft.add({ kind, table, from, to });

function parkFirst(draft: Draft, waiting: readonly Part[], taken: ReadonlySet<string>): Part[] {
  const [first, ...others] = waiting;
  if (!first) return [];
  let n = 1;
  while (blocks(taken, { ...first, to: `swap_${n}` }) || waiting.some(({ to }) => to === `swap_${n}`)) n++;
  apply(draft, { ...first, to: `swap_${n}` });
  return [...others, { ...first, from: `swap_${n}` }];
}
