import { constraintsOf, constraintUses, keyComment } from "../schema/constraints.ts";
import type { FieldPath } from "../schema/dependents.ts";
import { indexUses } from "../schema/index-fields.ts";
import type { Field, Schema, Table } from "../schema/model.ts";
import { findField, getTable } from "../schema/resolve.ts";
import { mentionsName } from "../schema/sql-names.ts";
import { columnComment, indexComment } from "./comments.ts";
import type { Dialect } from "./dialect.ts";
import { columnImage, constraintImage, createIndex, foreignKeyImage } from "./image.ts";
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
function partsOn({ after, dialect }: Change, table: Table, fields: readonly Field[]): readonly Statement[] {
  const names = fields.map(({ name }) => name);
  const key = (table.primaryKey ?? []).some((name) => names.includes(name)) ? (table.primaryKey ?? []) : [];
  const named = table.primaryKeyName === undefined ? {} : { name: table.primaryKeyName };
  const indexes = table.indexes.filter((index) => names.some((name) => indexUses(index, name)));
  const constraints = constraintsOf(table).filter((c) => names.some((name) => constraintUses(c, name)));
  const foreignKeys = table.foreignKeys.filter((k) => k.fields.some((name) => names.includes(name)));
  return [
    ...(key.length > 0
      ? [
          {
            kind: "addPrimaryKey",
            table: table.name,
            columns: key,
            ...named,
            ...(dialect.capabilities.comments && keyComment(table)),
          } satisfies Statement,
        ]
      : []),
    ...indexes.flatMap((index): readonly Statement[] => [
      createIndex(after, table.name, index, dialect),
      ...indexComment(table.name, index, dialect),
    ]),
    ...constraints.map(
      (c): Statement => ({ kind: "addConstraint", table: table.name, constraint: constraintImage(c, dialect) }),
    ),
    ...foreignKeys.map(
      (k): Statement => ({ kind: "addForeignKey", table: table.name, foreignKey: foreignKeyImage(after, k, dialect) }),
    ),
  ];
}
