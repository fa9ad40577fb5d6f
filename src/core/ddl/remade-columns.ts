import { constraintsOf, constraintUses, keyComment } from "../schema/constraints.ts";
import type { FieldPath } from "../schema/dependents.ts";
import { indexUses } from "../schema/index-fields.ts";
import type { Constraint, Field, Index, Schema, Table } from "../schema/model.ts";
import { findField, getTable } from "../schema/resolve.ts";
import { mentionsName } from "../schema/sql-names.ts";
import { columnComment, indexComment } from "./comments.ts";
import { constraintDropped, constraintMade } from "./constraint-statements.ts";
import type { Dialect } from "./dialect.ts";
import { columnImage, createIndex, dropPrimaryKey, indexImage } from "./image.ts";
import { addForeignKey } from "./key-indexes.ts";
import type { AddPrimaryKey } from "./key-statements.ts";
import type { Column, Statement } from "./statement.ts";

/** Columns that change: the same column before and after. */
interface Changed {
  readonly table: string;
  readonly before: Column;
  readonly after: Column;
}

interface Change {
  readonly before: Schema;
  readonly after: Schema;
  readonly dialect: Dialect;
}

/**
 * For databases that do not change the type of a column which another one is computed from: that one is dropped, and made again afterwards with
 * all that went with it. Nothing is lost, because its values are computed anew. `remade`: columns for which the same is done whatever they are computed from.
 */
export function remadeColumns(
  change: Change,
  changed: readonly Changed[],
  remade: readonly Changed[] = [],
): {
  readonly drop: readonly Statement[];
  readonly make: readonly Statement[];
  readonly columns: readonly FieldPath[];
} {
  const { before, after, dialect } = change;
  if (!dialect.capabilities.generatedColumnsHoldTypes) return { drop: [], make: [], columns: [] };
  const tables = [...new Set([...changed, ...remade].map(({ table }) => table))].map((name) => {
    const now = getTable(after, name);
    const computed = computedFrom(now, changed);
    const own = now.fields.filter((f) => remade.some((c) => c.table === name && c.after.name === f.name));
    return { old: getTable(before, name), now, fields: [...new Set([...computed, ...own])] };
  });
  return {
    columns: tables.flatMap(({ now, fields }) => fields.map(({ name: field }) => ({ table: now.name, field }))),
    drop: tables.flatMap(({ old, now, fields }) =>
      fields.map(
        ({ name }): Statement => ({
          kind: "dropColumn",
          table: now.name,
          column: columnImage(before, old, findField(old, name) ?? { name, type: "text", nullable: true }, dialect),
        }),
      ),
    ),
    make: tables.flatMap(({ now, fields }) => [
      ...fields.flatMap((field): readonly Statement[] => {
        const column = columnImage(after, now, field, dialect);
        return [{ kind: "addColumn", table: now.name, column }, ...columnComment(now.name, column, dialect)];
      }),
      ...partsOn(change, now, fields),
    ]),
  };
}

const computedFrom = ({ name, fields }: Table, changed: readonly Changed[]): readonly Field[] =>
  fields.filter(({ generated }) =>
    changed.some((c) => generated && c.table === name && mentionsName(generated.as, c.after.name)),
  );

/** What a table has on fields, and loses with them. */
function partsOn(change: Change, table: Table, fields: readonly Field[]): readonly Statement[] {
  const names = fields.map(({ name }) => name);
  const foreignKeys = table.foreignKeys.filter((k) => k.fields.some((name) => names.includes(name)));
  return [
    ...partsOfFields(change, table.name, names).make,
    ...foreignKeys.map((key) => addForeignKey(change.after, table.name, key, change.dialect)),
  ];
}

/**
 * What takes all that a table has on fields away and makes it again: its key, indexes and constraints, but for those on one of `others`. Foreign keys are not
 * among it.
 */
export function partsOfFields(
  change: Change,
  table: string,
  names: readonly string[],
  others: readonly string[] = [],
): { readonly drop: readonly Statement[]; readonly make: readonly Statement[] } {
  const on = (uses: (name: string) => boolean): boolean => names.some(uses) && !others.some(uses);
  const partsIn = (of: Table): Parts => ({
    key: on((name) => [...(of.primaryKey ?? []), ...(of.primaryKeyInclude ?? [])].includes(name))
      ? (of.primaryKey ?? [])
      : [],
    indexes: of.indexes.filter((index) => on((name) => indexUses(index, name))),
    constraints: constraintsOf(of).filter((c) => on((name) => constraintUses(c, name))),
  });
  const old = partsIn(getTable(change.before, table));
  const { dialect } = change;
  return {
    drop: [
      ...old.constraints.map((c) => constraintDropped({ schema: change.before, table, dialect }, c)),
      ...old.indexes.map((index): Statement => ({ kind: "dropIndex", table, index: indexImage(index, dialect) })),
      ...(old.key.length > 0 ? dropPrimaryKey(getTable(change.before, table), dialect) : []),
    ],
    make: madeParts(change, table, partsIn(getTable(change.after, table))),
  };
}

interface Parts {
  readonly key: readonly string[];
  readonly indexes: readonly Index[];
  readonly constraints: readonly Constraint[];
}

function madeParts({ after, dialect }: Change, name: string, parts: Parts): readonly Statement[] {
  const table = getTable(after, name);
  const key: AddPrimaryKey = {
    kind: "addPrimaryKey",
    table: name,
    columns: parts.key,
    ...(table.primaryKeyName !== undefined && { name: table.primaryKeyName }),
    ...keyComment(table),
  };
  const { comment: _, ...uncommented } = key;
  return [
    ...(parts.key.length > 0 ? [dialect.capabilities.comments ? key : uncommented] : []),
    ...parts.indexes.flatMap((index): readonly Statement[] => [
      createIndex(after, name, index, dialect),
      ...indexComment(name, index, dialect),
    ]),
    ...parts.constraints.map((c) => constraintMade({ schema: after, table: name, dialect }, c)),
  ];
}
