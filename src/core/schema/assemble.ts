import { defaultActions } from "./actions.ts";
import { assembleLists, checkLists } from "./assemble-beside-tables.ts";
import { assembleField } from "./assemble-field.ts";
import type { LimitedDialects, Place } from "./check.ts";
import { freeName, keyName, type NamelessConstraint } from "./constraints.ts";
import type { At, DeclaredForeignKey, DeclaredIndex, DeclaredTable, RenameHints } from "./declared.ts";
import { databasesOf } from "./for-databases.ts";
import { withAllInherited } from "./heritage.ts";
import { junctionTables } from "./junction.ts";
import { sameObjectId } from "./managed.ts";
import type { Merged } from "./merge.ts";
import { managedProblems, objectOf, viewOf } from "./merge-managed.ts";
import type { Constraint, Field, ForeignKey, Index, Schema, Table } from "./model.ts";
import { foreignKeyName, objectName } from "./names.ts";
import { behindNamespace } from "./namespaces.ts";
import type { Notes, Problem } from "./problem.ts";
import { validateSchema } from "./validate.ts";
import { databaseProblems } from "./validate-databases.ts";
import { namespaceNotes } from "./validate-namespaces.ts";

export interface Assembled {
  readonly schema: Schema;
  readonly renames: RenameHints;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Makes the model of a merged declaration: types known, keys gathered, junction tables made, references checked. */
export function assemble(merged: Merged, dialects: LimitedDialects): Assembled {
  const notes: Notes = { problems: [], warnings: [] };
  const declared = merged.tables.map((table) => assembleTable(table, merged, notes));
  const junctions = junctionTables(
    merged.tables,
    notes,
    merged.namespaces.map(({ name }) => name),
  );
  const schema = withAllInherited({
    ...(merged.namespaces.length > 0 && { namespaces: merged.namespaces.map(({ at: _, ...namespace }) => namespace) }),
    tables: [...declared, ...junctions.tables],
    ...(merged.enums.length > 0 && { enums: merged.enums.map(({ at: _, ...e }) => e) }),
    ...assembleLists(merged, notes),
    defaults: merged.defaults,
    typeMappings: merged.typeMappings,
    ...(merged.views.length > 0 && { views: merged.views.map(viewOf) }),
    ...(merged.objects.length > 0 && { objects: merged.objects.map(objectOf) }),
  });
  notes.problems.push(...managedProblems(schema, merged));
  const places = namespaceNotes(merged, dialects);
  checkLists(schema, merged, notes);
  const at = locator(merged.tables, junctions.places);
  const checked = validateSchema(schema, { at, dialects });
  const renames = renameHints(merged.tables, notes);
  const apart = databaseProblems(schema, {
    at,
    check: (one) => [...managedProblems(one, managedOf(one, merged)), ...validateSchema(one, { at }).problems],
    known: [...notes.problems, ...checked.problems],
  });
  return {
    schema,
    renames: {
      tables: [...renames.tables, ...junctions.renames.tables],
      fields: [...renames.fields, ...junctions.renames.fields],
    },
    problems: [...notes.problems, ...places.problems, ...checked.problems, ...apart],
    warnings: [...notes.warnings, ...places.warnings, ...checked.warnings],
  };
}

/** The declarations of what a schema has of them. */
const managedOf = ({ views = [], objects = [] }: Schema, merged: Merged) => ({
  views: merged.views.filter(({ name }) => views.some((view) => view.name === name)),
  objects: merged.objects.filter((object) => objects.some((other) => sameObjectId(object, other))),
});

function assembleTable(table: DeclaredTable, merged: Merged, notes: Notes): Table {
  const fields: Field[] = [];
  const foreignKeys: ForeignKey[] = [];
  const constraints = constraintsFrom(table);
  const primaryKey = primaryKeyOf(table, notes);
  for (const declared of table.fields) {
    const part = assembleField(declared, table.name, { merged, notes, isKey: primaryKey.includes(declared.name) });
    if (part.field) fields.push(part.field);
    if (part.foreignKey) foreignKeys.push(part.foreignKey);
  }
  return {
    name: table.name,
    fields,
    ...(primaryKey.length > 0 && {
      primaryKey,
      ...keyName(table.name, table.primaryKeyName),
      ...(table.primaryKeyComment !== undefined && { primaryKeyComment: table.primaryKeyComment }),
      ...(table.primaryKeyDeferrable && { primaryKeyDeferrable: table.primaryKeyDeferrable }),
      ...(table.primaryKeyInclude && { primaryKeyInclude: table.primaryKeyInclude }),
    }),
    indexes: [...table.indexes.map(indexOf), ...fieldIndexes(table)],
    foreignKeys: [...foreignKeys, ...table.foreignKeys.map((key) => foreignKeyOf(table.name, key))],
    ...(table.options && { options: table.options }),
    ...(constraints.length > 0 && { constraints }),
    ...(table.comment !== undefined && { comment: table.comment }),
    ...(table.rowSecurity && { rowSecurity: table.rowSecurity }),
    ...(table.partitionBy && { partitionBy: table.partitionBy }),
    ...(table.partitionOf && { partitionOf: table.partitionOf }),
    ...(table.inherits && { inherits: table.inherits }),
    ...databasesOf(table),
  };
}

/** The indexes that stand at fields. */
const fieldIndexes = ({ name, fields }: DeclaredTable): readonly Index[] =>
  fields
    .filter((field) => field.index)
    .map((field) => ({
      name: objectName(behindNamespace(name), [field.name], "idx"),
      fields: [field.name],
      ...databasesOf(field),
    }));

/** The constraints that stand at fields, and those of the table; each with a name of its own. */
function constraintsFrom(table: DeclaredTable): readonly Constraint[] {
  if (table.constraints.length === 0 && !table.fields.some(({ unique, check }) => unique || check !== undefined))
    return [];
  const shorthands = table.fields.flatMap((field): readonly NamelessConstraint[] => [
    ...(field.unique ? [{ unique: [field.name], ...databasesOf(field) }] : []),
    ...(field.check === undefined ? [] : [{ check: field.check, ...databasesOf(field) }]),
  ]);
  const declared = table.constraints.map(({ at: _, ...constraint }) => constraint as NamelessConstraint);
  const taken = new Set(declared.flatMap(({ name }) => name ?? []));
  const fields = table.fields.map((field) => field.name);
  return [...shorthands, ...declared].map((constraint) => {
    const name = constraint.name ?? freeName(table.name, constraint, { fields, taken });
    taken.add(name);
    return { name, ...constraint } as Constraint;
  });
}

/** The `primary_key` list of the table, else its flagged fields. Both may be given when they name the same fields. */
function primaryKeyOf(table: DeclaredTable, notes: Notes): readonly string[] {
  const flagged = table.fields.filter((f) => f.primaryKey && f.type !== "many_to_many").map((f) => f.name);
  const listed = table.primaryKey;
  if (!listed) return flagged;
  const missing = flagged.filter((name) => !listed.includes(name));
  const extra = flagged.length > 0 ? listed.filter((name) => !flagged.includes(name)) : [];
  if (missing.length + extra.length > 0) {
    const position = table.at("primary_key");
    const message = `table "${table.name}" has the primary key (${listed.join(", ")}) and its fields flag (${flagged.join(", ")}); keep one of the two`;
    notes.problems.push({ message, position });
  }
  return listed;
}

function indexOf({ at: _, ...index }: DeclaredIndex): Index {
  return index;
}

const foreignKeyOf = (table: string, { at: _, ...key }: DeclaredForeignKey): ForeignKey => ({
  ...key,
  name: key.name ?? foreignKeyName(table, key.fields),
  onDelete: key.onDelete ?? defaultActions.onDelete,
  onUpdate: key.onUpdate ?? defaultActions.onUpdate,
});

function renameHints(tables: readonly DeclaredTable[], notes: Notes): RenameHints {
  const hints = {
    tables: tables.flatMap((t) => hint("table", t, notes)),
    fields: tables.flatMap((t) =>
      t.fields.flatMap((f) =>
        f.renamedFrom === undefined
          ? []
          : hint(`field of table "${t.name}"`, f, notes).map((h) => ({ table: t.name, ...h })),
      ),
    ),
  };
  reportShared("table", tables, notes);
  for (const table of tables) reportShared(`field of table "${table.name}"`, table.fields, notes);
  return hints;
}

interface Renamed {
  readonly name: string;
  readonly renamedFrom?: string;
  readonly at: At;
}

function hint(what: string, thing: Renamed, notes: Notes): { readonly from: string; readonly to: string }[] {
  if (thing.renamedFrom === undefined) return [];
  if (thing.renamedFrom !== thing.name) return [{ from: thing.renamedFrom, to: thing.name }];
  notes.problems.push({
    message: `"renamed_from" of ${what} "${thing.name}" is its present name; give the old one`,
    position: thing.at("renamed_from"),
  });
  return [];
}

function reportShared(what: string, things: readonly Renamed[], notes: Notes): void {
  const first = new Map<string, Renamed>();
  for (const thing of things) {
    if (thing.renamedFrom === undefined) continue;
    const other = first.get(thing.renamedFrom);
    first.set(thing.renamedFrom, thing);
    if (!other) continue;
    const message = `"${other.name}" and "${thing.name}" both have "renamed_from: ${thing.renamedFrom}"; only one ${what} can have had that name`;
    notes.problems.push({ message, position: thing.at("renamed_from") });
  }
}

/** Finds the part of the declaration that a part of the model comes from. */
function locator(tables: readonly DeclaredTable[], junctions: ReadonlyMap<string, At>) {
  const byName = new Map(tables.map((table) => [table.name, table]));
  return (place: Place) => {
    const table = byName.get(place.table);
    if (!table) return junctions.get(place.table)?.("name");
    if (place.field !== undefined) return table.fields.find((f) => f.name === place.field)?.at(place.key ?? "name");
    if (place.index !== undefined) return table.indexes.find((i) => i.name === place.index)?.at(place.key ?? "name");
    if (place.constraint !== undefined)
      return table.constraints.find((c) => c.name === place.constraint)?.at() ?? table.at("constraints");
    if (place.foreignKey) return foreignKeyPosition(table, place.foreignKey);
    return table.at(place.key ?? "name");
  };
}

function foreignKeyPosition(table: DeclaredTable, key: ForeignKey) {
  const field =
    key.fields.length === 1
      ? table.fields.find((f) => f.name === key.fields[0] && f.foreignKey?.table === key.references.table)
      : undefined;
  if (field) return field.at("foreign_key", "table");
  return table.foreignKeys
    .find((k) => k.fields.join("\0") === key.fields.join("\0") && k.references.table === key.references.table)
    ?.at();
}
