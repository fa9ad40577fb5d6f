import { ToolError } from "../errors.ts";
import { constraintFields, constraintsOf } from "./constraints.ts";
import { isInTree } from "./heritage.ts";
import { fieldsOfIndex, uniqueFields } from "./index-fields.ts";
import { checkIndexOptions } from "./index-options.ts";
import type { Constraint, ForeignKey, Index, Schema, Table } from "./model.ts";
import { findField, findTable, resolveType } from "./resolve.ts";
import { treeComplaints } from "./tree.ts";

/**
 * Holds a table of the schema against itself and the tables it refers to: no name twice, no field that is not there, every
 * type resolvable. Throws ToolError `state` with the first thing that does not fit.
 */
export function checkTable(schema: Schema, table: Table): void {
  const at = `table "${table.name}"`;
  if (isInTree(table)) checkTree(schema, table);
  if (table.fields.length === 0) throw new ToolError("state", `${at} needs at least one field`, { table: table.name });
  refuseTwice(table.fields, (name) => `${at} has two fields "${name}"`);
  refuseTwice(table.indexes, (name) => `${at} has two indexes "${name}"`);
  refuseTwice(table.foreignKeys, (name) => `${at} has two foreign keys "${name}"`);
  checkPrimaryKey(table);
  for (const index of table.indexes) checkIndex(table, index);
  const constraints = constraintsOf(table);
  if (constraints.length > 0)
    refuseTwice([...constraints, ...table.foreignKeys], (name) => `${at} has two constraints "${name}"`);
  for (const constraint of constraints) checkConstraint(table, constraint);
  if (table.options) checkIndexOptions(table);
  for (const key of table.foreignKeys) checkForeignKey(schema, table, key);
  for (const field of table.fields) if (field.type === "foreign_key") resolveType(schema, field);
}

function checkTree(schema: Schema, table: Table): void {
  const [wrong] = treeComplaints(schema, table);
  if (wrong) throw new ToolError("state", wrong.message, { table: table.name });
}

/** Throws ToolError `state` when the primary key names a field twice or one that the table does not have. */
export function checkPrimaryKey(table: Table): void {
  const { name, primaryKey = [], primaryKeyInclude = [] } = table;
  checkFields(table, [...primaryKey, ...primaryKeyInclude], `the primary key of table "${name}"`);
}

/** Throws ToolError `state` when the index names a field twice or one that the table does not have. */
export function checkIndex(table: Table, index: Index): void {
  const at = `index "${index.name}" of table "${table.name}"`;
  checkFields(table, fieldsOfIndex(index), at, { repeatable: index.fields.some((field) => typeof field !== "string") });
  checkFields(table, index.include ?? [], at);
}

/** Throws ToolError `state` when the constraint names a field that the table does not have. */
export function checkConstraint(table: Table, constraint: Constraint): void {
  const at = `constraint "${constraint.name}" of table "${table.name}"`;
  if ("unique" in constraint) {
    checkFields(table, constraint.unique, at);
    checkFields(table, constraint.include ?? [], at);
  } else checkFields(table, constraintFields(constraint), at, { repeatable: true });
}

/**
 * Throws ToolError `state` when the foreign key names fields that are not there, as many of one side as of the other are
 * not given, or the fields it refers to are neither the primary key of their table nor under a unique index.
 */
export function checkForeignKey(schema: Schema, table: Table, key: ForeignKey): void {
  const at = `foreign key "${key.name}" of table "${table.name}"`;
  checkFields(table, key.fields, at);
  const target = findTable(schema, key.references.table);
  const data = { table: table.name, foreignKey: key.name, references: key.references.table };
  if (!target) {
    throw new ToolError(
      "state",
      `${at} refers to table "${key.references.table}", which does not exist at this point`,
      data,
    );
  }
  const fields = key.references.fields ?? target.primaryKey;
  if (!fields) {
    const what = `${at} refers to the primary key of table "${target.name}", which has none`;
    throw new ToolError("state", `${what}; name the fields it refers to, which must be under a unique index`, data);
  }
  checkFields(target, fields, at);
  if (fields.length !== key.fields.length) {
    const what = `${at} ties ${key.fields.length} field(s) to ${fields.length} of table "${target.name}"`;
    throw new ToolError("state", `${what} (${quoted(fields)}); give as many of one side as of the other`, data);
  }
  if (!isUniqueIn(schema, target, fields)) {
    const what = `${at} refers to ${quoted(fields)} of table "${target.name}"`;
    throw new ToolError(
      "state",
      `${what}, which is neither its primary key nor under a unique index; add one first`,
      data,
    );
  }
}

/** Whether no two rows can agree on these fields: they are the primary key or the fields of a unique index, in any order. */
export function isUnique(table: Table, fields: readonly string[]): boolean {
  const same = (others: readonly string[]) =>
    others.length === fields.length && others.every((f) => fields.includes(f));
  if (table.primaryKey && same(table.primaryKey)) return true;
  return (
    table.indexes.some((index) => same(uniqueFields(index) ?? [])) ||
    constraintsOf(table).some((constraint) => "unique" in constraint && same(constraint.unique))
  );
}

/** Whether these fields are all that keeps rows of a table apart: nothing else is unique in it. */
export function isOnlyUnique(table: Table, fields: readonly string[]): boolean {
  const same = (others: readonly string[] | undefined) =>
    others?.length === fields.length && others.every((f) => fields.includes(f));
  return (
    isUnique(table, fields) &&
    (table.primaryKey === undefined || same(table.primaryKey)) &&
    table.indexes.every((index) => !index.unique || same(uniqueFields(index))) &&
    constraintsOf(table).every((constraint) => !("unique" in constraint) || same(constraint.unique))
  );
}

/** As `isUnique`, with what a partition has from above. */
export function isUniqueIn(
  schema: Schema,
  table: Table,
  fields: readonly string[],
  path: readonly Table[] = [],
): boolean {
  if (isUnique(table, fields)) return true;
  const above = table.partitionOf && findTable(schema, table.partitionOf.table);
  return above !== undefined && !path.includes(above) && isUniqueIn(schema, above, fields, [...path, table]);
}

function checkFields(table: Table, names: readonly string[], at: string, { repeatable = false } = {}): void {
  for (let i = 0; i < names.length; i++) {
    const name = names[i] ?? "";
    if (!findField(table, name)) {
      const what = `${at} names field "${name}", which table "${table.name}" does not have at this point`;
      throw new ToolError("state", what, { table: table.name, field: name });
    }
    if (!repeatable && names.indexOf(name) !== i) {
      throw new ToolError("state", `${at} names field "${name}" twice`, { table: table.name, field: name });
    }
  }
}

function refuseTwice(things: readonly { readonly name: string }[], message: (name: string) => string): void {
  if (things.length < 2) return;
  const seen = new Set<string>();
  for (const { name } of things) {
    if (seen.has(name)) throw new ToolError("state", message(name), { name });
    seen.add(name);
  }
}

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");
