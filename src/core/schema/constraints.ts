import { ToolError } from "../errors.ts";
import { elementUses, fieldsOfIndex, renameInElement } from "./index-fields.ts";
import { columnNames } from "./index-names.ts";
import type { Constraint, Index, Table } from "./model.ts";
import { objectName } from "./names.ts";
import { behindNamespace } from "./namespaces.ts";
import { mentionsName, renameInSql } from "./sql-names.ts";

/** The constraints of a table, beside its primary key and its foreign keys. */
export const constraintsOf = (table: Table): readonly Constraint[] => table.constraints ?? [];

/** The table with other constraints; an empty list means none. */
export function withConstraints(table: Table, constraints: readonly Constraint[]): Table {
  const { constraints: _, ...rest } = table;
  return constraints.length > 0 ? { ...rest, constraints } : rest;
}

/** Throws ToolError `state` when the table has no such constraint. */
export function getConstraint(table: Table, name: string): Constraint {
  const constraint = constraintsOf(table).find((c) => c.name === name);
  if (constraint) return constraint;
  const what = `table "${table.name}" has no constraint "${name}" at this point`;
  throw new ToolError("state", what, { table: table.name, constraint: name });
}

/** What the primary key of a table is called, where databases name it: as PostgreSQL would, unless somebody says otherwise. */
export const primaryKeyName = ({ name, primaryKeyName: given }: Pick<Table, "name" | "primaryKeyName">): string =>
  given ?? objectName(behindNamespace(name), [], "pkey");

/** The name as tables have it: absent where it is the usual one. */
export const keyName = (table: string, name: string | undefined): Pick<Table, "primaryKeyName"> =>
  name === undefined || name === primaryKeyName({ name: table }) ? {} : { primaryKeyName: name };

/** What a table's primary key says beside its fields and its name, as operations and statements have it. */
export const keyComment = ({
  primaryKeyComment: comment,
  primaryKeyDeferrable: deferrable,
  primaryKeyInclude: include,
}: Pick<Table, "primaryKeyComment" | "primaryKeyDeferrable" | "primaryKeyInclude">) => ({
  ...(include && { include: [...include] }),
  ...(deferrable && { deferrable }),
  ...(comment !== undefined && { comment }),
});

/** `check`, `unique` or `exclusion`. */
export const constraintKind = (constraint: Constraint): "check" | "unique" | "exclusion" =>
  "check" in constraint ? "check" : "unique" in constraint ? "unique" : "exclusion";

/** The fields that a constraint names, not counting what its expressions mention. */
export function constraintFields(constraint: Constraint): readonly string[] {
  if ("check" in constraint) return [];
  if ("unique" in constraint) return [...constraint.unique, ...(constraint.include ?? [])];
  return fieldsOfIndex({ fields: constraint.exclude });
}

/** Whether a constraint is about a field, be it in an expression. */
export function constraintUses(constraint: Constraint, field: string): boolean {
  if ("check" in constraint) return mentionsName(constraint.check, field);
  if ("unique" in constraint) return [...constraint.unique, ...(constraint.include ?? [])].includes(field);
  const { exclude, where } = constraint;
  return exclude.some((e) => elementUses(e, field)) || (where !== undefined && mentionsName(where, field));
}

/** The constraint after a field of its table got another name. */
export function renameInConstraint(constraint: Constraint, from: string, to: string): Constraint {
  const names = (list: readonly string[]) => list.map((name) => (name === from ? to : name));
  if ("check" in constraint) return { ...constraint, check: renameInSql(constraint.check, from, to) };
  if ("unique" in constraint)
    return {
      ...constraint,
      unique: names(constraint.unique),
      ...(constraint.include && { include: names(constraint.include) }),
    };
  return {
    ...constraint,
    exclude: constraint.exclude.map((element) => renameInElement(element, from, to)),
    ...(constraint.where !== undefined && { where: renameInSql(constraint.where, from, to) }),
  };
}

/** A constraint that has no name, or perhaps one. */
export type NamelessConstraint = Unnamed<Constraint> & { readonly name?: string };
type Unnamed<C> = C extends Constraint ? Omit<C, "name"> : never;

/**
 * The name of a constraint that has none: PostgreSQL's for the like, which numbers those that would have the same. `fields` are all of
 * the table.
 */
export function freeName(
  table: string,
  constraint: NamelessConstraint,
  { fields, taken }: { readonly fields: readonly string[]; readonly taken: ReadonlySet<string> },
): string {
  const [named, suffix] = nameParts(constraint, fields);
  for (let n = 0; ; n++) {
    const name = objectName(behindNamespace(table), named, n === 0 ? suffix : `${suffix}${n}`);
    if (!taken.has(name)) return name;
  }
}

/** Whether it is a name that `freeName` gives, so that nobody need have written it. */
export const isDefaultName = (table: string, constraint: Constraint, fields: readonly string[]): boolean => {
  const [named, suffix] = nameParts(constraint, fields);
  return constraint.name.replace(/\d+$/, "") === objectName(behindNamespace(table), named, suffix);
};

function nameParts(constraint: NamelessConstraint, fields: readonly string[]): readonly [readonly string[], string] {
  if ("unique" in constraint) return [columnNames(constraint.unique, constraint.include), "key"];
  if ("exclude" in constraint) return [columnNames(constraint.exclude), "excl"];
  // A check of one field is called after it, and a check of several after the table.
  const about = fields.filter((name) => mentionsName(constraint.check, name));
  return [about.length === 1 ? about : [], "check"];
}

/** A unique constraint as the unique index that databases make of it. */
export const indexOfUnique = (constraint: Extract<Constraint, { readonly unique: unknown }>): Index => ({
  name: constraint.name,
  fields: constraint.unique,
  unique: true,
  ...(constraint.include && { include: constraint.include }),
  ...(constraint.nullsNotDistinct && { nullsNotDistinct: true }),
});
