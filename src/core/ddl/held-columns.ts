import { constraintsOf, constraintUses, indexOfUnique } from "../schema/constraints.ts";
import type { FieldPath } from "../schema/dependents.ts";
import { elementOf, indexUses } from "../schema/index-fields.ts";
import type { Constraint, Field, Index, Schema, Table } from "../schema/model.ts";
import { findField, getField, getTable } from "../schema/resolve.ts";
import { mentionsName } from "../schema/sql-names.ts";
import { columnComment, indexComment } from "./comments.ts";
import { constraintDropped, constraintMade } from "./constraint-statements.ts";
import type { Dialect } from "./dialect.ts";
import { columnImage, createIndex, enumCheck, indexImage } from "./image.ts";
import { partsOfFields } from "./remade-columns.ts";
import type { Statement } from "./statement.ts";

interface Change {
  readonly before: Schema;
  readonly after: Schema;
  readonly dialect: Dialect;
}

export interface Around {
  readonly drop: readonly Statement[];
  readonly make: readonly Statement[];
}

/**
 * What tables have on columns that change, for databases in which it has to go while they do (`dependentsHold`). What stands on one of `computed`, which
 * are dropped in between, goes before them and is made again with them. A primary key that is another one afterwards is left to whoever changes it.
 */
export function dependentsAround(change: Change, held: readonly FieldPath[], computed: readonly FieldPath[]): Around {
  const tables = [...new Set([...held, ...computed].map(({ table }) => table))];
  const around = tables.map((table): Around => {
    const of = (paths: readonly FieldPath[]) => paths.filter((p) => p.table === table).map(({ field }) => field);
    const [names, others] = [of(held), of(computed)];
    const checks = enumChecks(change, table, names);
    const isKept = keptKey(change, table);
    return {
      drop: [...checks.drop, ...partsOfFields(change, table, [...names, ...others]).drop.filter(isKept)],
      make: [...partsOfFields(change, table, names, others).make.filter(isKept), ...checks.make],
    };
  });
  return { drop: around.flatMap(({ drop }) => drop), make: around.flatMap(({ make }) => make) };
}

const keptKey = ({ before, after }: Change, table: string): ((statement: Statement) => boolean) => {
  const [old, now] = [getTable(before, table).primaryKey, getTable(after, table).primaryKey];
  const isSame = old?.join("\0") === now?.join("\0");
  return ({ kind }) => isSame || (kind !== "dropPrimaryKey" && kind !== "addPrimaryKey");
};

/** Those that stay what they are; whoever changes one drops it and makes it. */
function enumChecks({ before, after, dialect }: Change, table: string, names: readonly string[]): Around {
  const checks = names.flatMap((name) => {
    const [old, now] = [before, after].map((schema) => {
      const owner = getTable(schema, table);
      return enumCheck(schema, owner, getField(owner, name), dialect);
    });
    return old && now && old.check === now.check ? [now] : [];
  });
  return aroundConstraints(table, checks, checks);
}

const aroundConstraints = (table: string, old: readonly Constraint[], now: readonly Constraint[]): Around => ({
  drop: old.map((constraint) => ({ kind: "dropConstraint", table, constraint })),
  make: now.map((constraint) => ({ kind: "addConstraint", table, constraint })),
});

/** The same around another name for a field: expressions name it, in checks, computed fields and predicates of indexes. */
export function expressionsAround(
  change: Change,
  table: string,
  { from, to }: { readonly from: string; readonly to: string },
): Around {
  if (!change.dialect.capabilities.dependentsHold) return { drop: [], make: [] };
  const [old, now] = [getTable(change.before, table), getTable(change.after, table)];
  const { before, after, dialect } = change;
  const [was, is] = [holdersOf(old, from, dialect), holdersOf(now, to, dialect)];
  const checks = renamedEnumCheck(change, table, { from, to });
  return {
    drop: [
      ...was.constraints.map((c) => constraintDropped({ schema: before, table, dialect }, c)),
      ...checks.drop,
      ...was.indexes.map((index): Statement => ({ kind: "dropIndex", table, index: indexImage(index, dialect) })),
      ...was.computed.map(
        (field): Statement => ({ kind: "dropColumn", table, column: columnImage(before, old, field, dialect) }),
      ),
    ],
    make: [
      ...is.computed.flatMap((field) => {
        const column = columnImage(after, now, field, dialect);
        return [{ kind: "addColumn", table, column } satisfies Statement, ...columnComment(table, column, dialect)];
      }),
      ...is.indexes.flatMap((index) => [
        createIndex(after, table, index, dialect),
        ...indexComment(table, index, dialect),
      ]),
      ...is.constraints.map((c) => constraintMade({ schema: after, table, dialect }, c)),
      ...checks.make,
    ],
  };
}

/** What expressions of a table hold a field by. */
function holdersOf(table: Table, name: string, { capabilities }: Dialect) {
  const computed = table.fields.filter(({ generated }) => generated && mentionsName(generated.as, name));
  const names = computed.map((field) => field.name);
  const isOpen = (index: Index): boolean =>
    index.unique === true && table.fields.some((f) => f.nullable && indexUses(index, f.name));
  const predicateHolds = (index: Index): boolean =>
    (index.where !== undefined && mentionsName(index.where, name)) || (isOpen(index) && indexUses(index, name));
  const indexHolds = (index: Index): boolean =>
    names.some((each) => indexUses(index, each)) ||
    index.fields.some((f) => elementOf(f).expression !== undefined && indexUses(index, name)) ||
    (capabilities.predicatesHold === true && predicateHolds(index));
  const constraints = constraintsOf(table).filter((c) =>
    "unique" in c
      ? indexHolds(indexOfUnique(c))
      : constraintUses(c, name) || names.some((each) => constraintUses(c, each)),
  );
  return { computed, constraints, indexes: table.indexes.filter(indexHolds) };
}

function renamedEnumCheck(
  { before, after, dialect }: Change,
  table: string,
  { from, to }: { readonly from: string; readonly to: string },
): Around {
  const check = (schema: Schema, name: string) => {
    const owner = getTable(schema, table);
    const field: Field | undefined = findField(owner, name);
    return field ? enumCheck(schema, owner, field, dialect) : undefined;
  };
  const [old, now] = [check(before, from), check(after, to)];
  return aroundConstraints(table, old ? [old] : [], now ? [now] : []);
}
