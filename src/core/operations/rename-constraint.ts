import * as v from "valibot";
import { dropConstraint, tableImage } from "../ddl/image.ts";
import type { Statement } from "../ddl/statement.ts";
import { ToolError } from "../errors.ts";
import { constraintsOf, indexOfUnique, keyComment, primaryKeyName, withConstraints } from "../schema/constraints.ts";
import { withPrimaryKey, withTable } from "../schema/edit.ts";
import { descendantsOf } from "../schema/heritage.ts";
import { withIndexRenamed } from "../schema/index-options.ts";
import type { Schema } from "../schema/model.ts";
import { findTable, getTable } from "../schema/resolve.ts";
import { defineOperation, type LowerContext } from "./define.ts";
import { clinic, clinicRows } from "./example-schema.ts";
import { described, name, tableName } from "./params.ts";

export default defineOperation({
  kind: "renameConstraint",
  summary: "Renames a constraint, a foreign key or the primary key of a table.",
  params: v.strictObject({
    table: tableName,
    from: described(name, "Its present name."),
    to: described(name, "Its new name."),
  }),
  risk: "safe",
  title: (p) => `rename constraint "${p.from}" of "${p.table}" to "${p.to}"`,
  table: (p) => p.table,
  apply: (schema, { table: owner, from, to }) => {
    const table = getTable(schema, owner);
    const key = table.primaryKey ? [primaryKeyName(table)] : [];
    const names = [...key, ...[...constraintsOf(table), ...table.foreignKeys].map((c) => c.name)];
    const complaint = names.includes(to)
      ? `a constraint "${to}" already`
      : names.includes(from)
        ? undefined
        : `no constraint "${from}"`;
    if (complaint)
      throw new ToolError("state", `table "${owner}" has ${complaint} at this point`, { table: owner, from, to });
    const renamed = <C extends { readonly name: string }>(c: C): C => (c.name === from ? { ...c, name: to } : c);
    if (key.includes(from))
      return withTable(schema, owner, (t) =>
        withPrimaryKey(withIndexRenamed(t, from, to), t.primaryKey ?? [], { name: to, ...keyComment(t) }),
      );
    return withTable(schema, owner, (t) => ({
      ...withConstraints(withIndexRenamed(t, from, to), constraintsOf(t).map(renamed)),
      foreignKeys: t.foreignKeys.map(renamed),
    }));
  },
  lower: (p, context) => {
    const owner = getTable(context.before, p.table);
    const isKey = owner.primaryKey && primaryKeyName(owner) === p.from;
    if (isKey && !context.dialect.capabilities.namesPrimaryKeys) return [];
    const constraint = getTable(context.before, p.table).constraints?.find((c) => c.name === p.from);
    if (constraint && "unique" in constraint && context.dialect.capabilities.uniqueConstraintsAreIndexes)
      return [{ kind: "renameIndex", table: p.table, from: indexOfUnique(constraint), to: p.to }];
    return context.dialect.capabilities.constraintsKeepNames
      ? remade(p, context)
      : [p.table, ...partsWithKey(context.before, p)].map((table) => ({ ...p, table, kind: "renameConstraint" }));
  },
  invert: (p) => [{ kind: "renameConstraint", table: p.table, from: p.to, to: p.from }],
  examples: [
    {
      title: "a check",
      before: clinic,
      rows: clinicRows,
      params: { table: "visits", from: "paid_or_free", to: "x; drop table y" },
    },
    {
      title: "a foreign key",
      before: clinic,
      rows: clinicRows,
      params: { table: "visits", from: "visit_patient", to: "visitor" },
    },
  ],
});

interface Renaming {
  readonly table: string;
  readonly from: string;
  readonly to: string;
}

/** Dropped, and added under its new name. */
function remade({ table, from, to }: Renaming, { before, after, dialect }: LowerContext): readonly Statement[] {
  const find = (schema: Schema, name: string) => {
    const image = tableImage(schema, table, dialect);
    return {
      constraint: image.constraints?.find((c) => c.name === name),
      foreignKey: image.foreignKeys.find((key) => key.name === name),
    };
  };
  const [old, now] = [find(before, from), find(after, to)];
  if (old.constraint && now.constraint)
    return [
      dropConstraint(before, table, old.constraint, dialect),
      { kind: "addConstraint", table, constraint: now.constraint },
    ];
  if (!old.foreignKey || !now.foreignKey) return [];
  return [
    { kind: "dropForeignKey", table, foreignKey: old.foreignKey },
    { kind: "addForeignKey", table, foreignKey: now.foreignKey },
  ];
}

/** The partitions that have a foreign key from their table, whose names there do not follow. */
const partsWithKey = (schema: Schema, { table, from }: { readonly table: string; readonly from: string }) =>
  getTable(schema, table).foreignKeys.some(({ name }) => name === from)
    ? descendantsOf(schema, table).filter((name) => findTable(schema, name)?.partitionOf)
    : [];
