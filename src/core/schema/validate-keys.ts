import { type Check, checkLength, type Place, suggestion } from "./check.ts";
import type { Field, ForeignKey, Schema, Table } from "./model.ts";
import { namespaceNames } from "./namespaces.ts";
import { equalTypes, findField, findTable, resolveType } from "./resolve.ts";
import { isUniqueIn } from "./soundness.ts";
import { integerBase, type TypeParameters } from "./types.ts";

/** Checks the foreign keys of a table against the tables they refer to. */
export function checkForeignKeys(check: Check, table: Table): void {
  const names = new Set<string>();
  for (const key of table.foreignKeys) {
    const place: Place = { table: table.name, foreignKey: key };
    const title = titleOf(table, key);
    if (names.has(key.name)) check.wrong(`table "${table.name}" has two foreign keys named "${key.name}"`, place);
    names.add(key.name);
    checkLength(check, key.name, `foreign key "${key.name}" of table "${table.name}"`, place);
    const own = fieldsOf(check, table, key.fields, { title, place });
    const target = findTable(check.schema, key.references.table);
    if (target) checkTarget(check, { key, title, place, own, target });
    else
      check.wrong(
        `${title} refers to table "${key.references.table}", which is not declared${adviceFor(check.schema, key.references.table)}`,
        place,
      );
    checkActions(check, key, own, place);
  }
}

/** The tables of a chain of foreign_key fields that leads back to itself, if the type of a field hangs on one. */
export function chainOfKeys(schema: Schema, field: Field): readonly string[] | undefined {
  const path: string[] = [];
  let at: Field | undefined = field;
  while (at?.type === "foreign_key" && at.references !== undefined) {
    if (path.includes(at.references)) return [...path, at.references];
    path.push(at.references);
    const target = findTable(schema, at.references);
    at = target && target.primaryKey?.length === 1 ? findField(target, target.primaryKey[0] ?? "") : undefined;
  }
  return undefined;
}

interface Reference {
  readonly key: ForeignKey;
  readonly title: string;
  readonly place: Place;
  readonly own: readonly Field[];
  readonly target: Table;
}

function titleOf(table: Table, key: ForeignKey): string {
  return key.fields.length === 1
    ? `field "${table.name}.${key.fields[0]}"`
    : `foreign key (${key.fields.join(", ")}) of table "${table.name}"`;
}

/** What stands before a dot may be meant as a namespace. */
function adviceFor(schema: Schema, name: string): string {
  const near = suggestion(
    name,
    schema.tables.map((t) => t.name),
  );
  const namespace = name.slice(0, Math.max(name.indexOf("."), 0));
  if (near !== "" || namespace === "") return near;
  if (namespaceNames(schema).includes(namespace)) return "";
  return `; declare "${namespace}" among the namespaces, and the table with this name`;
}

function fieldsOf(
  check: Check,
  table: Table,
  names: readonly string[],
  { title, place }: { readonly title: string; readonly place: Place },
): readonly Field[] {
  return names.flatMap((name) => {
    const field = findField(table, name);
    if (field) return field;
    check.wrong(
      `${title} names field "${name}", which table "${table.name}" does not have${suggestion(
        name,
        table.fields.map((f) => f.name),
      )}`,
      place,
    );
    return [];
  });
}

function checkTarget(check: Check, { key, title, place, own, target }: Reference): void {
  const names = key.references.fields ?? target.primaryKey ?? [];
  if (names.length !== key.fields.length) {
    const has = key.references.fields
      ? `${names.length} fields`
      : names.length === 0
        ? "no primary key"
        : `a primary key of ${names.length} fields`;
    const advice = names.length > 1 ? `; declare it under "foreign_keys" of the table, with as many fields` : "";
    check.wrong(
      `${title} refers to table "${target.name}", ${key.references.fields ? "naming" : "which has"} ${has}${advice}`,
      place,
    );
    return;
  }
  const others = fieldsOf(check, target, names, { title, place });
  if (others.length !== names.length || own.length !== names.length) return;
  if (!isUniqueIn(check.schema, target, names)) {
    check.wrong(
      `${title} refers to (${names.join(", ")}) of table "${target.name}", which is neither its primary key nor under a unique index`,
      place,
    );
  }
  for (const [i, field] of own.entries()) {
    const [mine, theirs] = [concrete(check.schema, field), concrete(check.schema, others[i])];
    if (mine && theirs && !equalTypes(mine, theirs)) {
      check.odd(
        `${title} is "${mine.type}" and refers to "${target.name}.${others[i]?.name}", which is "${theirs.type}"; type foreign_key takes the right type by itself`,
        place,
      );
    }
  }
}

/** The type of a field that is not borrowed through a broken or endless chain. */
function concrete(schema: Schema, field: Field | undefined): TypeParameters | undefined {
  if (!field || field.type === "foreign_key") return undefined;
  const type = resolveType(schema, field);
  return { ...type, type: integerBase(type.type) };
}

function checkActions(check: Check, key: ForeignKey, own: readonly Field[], place: Place): void {
  for (const field of own.filter((f) => !f.nullable)) {
    for (const [name, action] of Object.entries({ on_delete: key.onDelete, on_update: key.onUpdate })) {
      const changed = (name === "on_delete" && key.onDeleteFields) || key.fields;
      if (action === "SET NULL" && changed.includes(field.name))
        check.odd(`field "${place.table}.${field.name}" has "${name}: SET_NULL" and cannot be NULL`, place);
    }
  }
}
