import { ToolError } from "../errors.ts";
import { constraintsOf, constraintUses } from "./constraints.ts";
import { childrenOf } from "./heritage.ts";
import { elementOf, elementUses, indexUses } from "./index-fields.ts";
import type { ForeignKey, Schema, Table } from "./model.ts";
import { getTable, referencedFields } from "./resolve.ts";
import { mentionsName } from "./sql-names.ts";

/** A foreign key and the table that holds it. */
export interface HeldKey {
  readonly table: string;
  readonly key: ForeignKey;
}

/** A field by its table and name. */
export interface FieldPath {
  readonly table: string;
  readonly field: string;
}

/** The foreign keys that refer to a table, its own included, in the order of the schema. */
export function keysTo(schema: Schema, table: string): readonly HeldKey[] {
  const found: HeldKey[] = [];
  for (const holder of schema.tables) {
    for (const key of holder.foreignKeys) if (key.references.table === table) found.push({ table: holder.name, key });
  }
  return found;
}

/**
 * The fields that foreign keys tie to a field, directly or through one another: they have the type of that field and
 * change with it. The field itself is not among them.
 */
export function linkedFields(schema: Schema, start: FieldPath): readonly FieldPath[] {
  const found = [start];
  for (const { table, field } of found) {
    for (const { table: holder, key } of keysTo(schema, table)) {
      const linked = key.fields[referencedFields(schema, key.references).indexOf(field)];
      if (linked === undefined || found.some((f) => f.table === holder && f.field === linked)) continue;
      found.push({ table: holder, field: linked });
    }
  }
  return found.slice(1);
}

/** Throws ToolError `state`, naming what hangs on the table, when another table refers to it. */
export function refuseIfReferenced(schema: Schema, table: string): void {
  const users = keysTo(schema, table).filter((k) => k.table !== table);
  const children = childrenOf(schema, table).map(
    (child) => `${child.partitionOf ? "partition" : "inheriting table"} "${child.name}"`,
  );
  refuse(`table "${table}"`, [...children, ...users.map(describeKey)], { table });
}

/** Throws ToolError `state`, naming what hangs on the field, when a key, an index or a foreign key uses it. */
export function refuseIfUsed(schema: Schema, table: string, field: string): void {
  const owner = getTable(schema, table);
  const users = [
    ...(owner.primaryKey?.includes(field) || owner.primaryKeyInclude?.includes(field) ? ["the primary key"] : []),
    ...owner.indexes.filter((index) => indexUses(index, field)).map((index) => `index "${index.name}"`),
    ...constraintsOf(owner)
      .filter((constraint) => constraintUses(constraint, field))
      .map((constraint) => `constraint "${constraint.name}"`),
    ...owner.fields
      .filter(({ name, generated }) => name !== field && generated && mentionsName(generated.as, field))
      .map(({ name }) => `generated field "${name}"`),
    ...(owner.partitionBy?.by.some((element) => elementUses(elementOf(element), field)) ? ["the partition key"] : []),
    ...keysOn(owner, field).map((key) => `foreign key "${key.name}"`),
    ...keysTo(schema, table)
      .filter(
        ({ key }) =>
          referencedFields(schema, key.references).includes(field) &&
          !(owner.foreignKeys.includes(key) && key.fields.includes(field)),
      )
      .map(describeKey),
  ];
  refuse(`field "${field}" of table "${table}"`, users, { table, field });
}

/** The foreign keys of a table that constrain a field. */
export const keysOn = (table: Table, field: string): readonly ForeignKey[] =>
  table.foreignKeys.filter((key) => key.fields.includes(field));

export const describeKey = ({ table, key }: HeldKey): string => `foreign key "${key.name}" of table "${table}"`;

/** Throws ToolError `state` unless nothing depends on `what`. */
export function refuse(what: string, users: readonly string[], data: Readonly<Record<string, unknown>>): void {
  if (users.length === 0) return;
  throw new ToolError("state", `${what} is used by ${users.join(", ")}; drop or change that first`, {
    ...data,
    usedBy: users,
  });
}
