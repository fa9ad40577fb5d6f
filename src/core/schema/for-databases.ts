import { canonicalJson } from "./canonical.ts";
import { withConstraints } from "./constraints.ts";
import type { Field, ForDatabases, Schema, Table } from "./model.ts";
import { resolveType, typeOf } from "./resolve.ts";

/** Whether something is for a database; `names` are those of the database and of what it is a variant of, nearest first. */
export function isFor({ only, except }: ForDatabases, names: readonly string[]): boolean {
  for (const name of names) {
    if (except?.includes(name)) return false;
    if (only?.includes(name)) return true;
  }
  return only === undefined;
}

/** What something says about databases, and nothing else. */
export const databasesOf = ({ only, except }: ForDatabases): ForDatabases => ({
  ...(only && { only }),
  ...(except && { except }),
});

export const isLimited = ({ only, except }: ForDatabases): boolean => only !== undefined || except !== undefined;

/** Whether two parts of a schema are for the same databases, in whatever order they name them. */
export const sameDatabases = (a: ForDatabases, b: ForDatabases): boolean => text(a) === text(b);

const text = ({ only, except }: ForDatabases): string => JSON.stringify([only?.toSorted(), except?.toSorted()]);

/** Whether there may be a database that had it and has it no longer. */
export const losesDatabases = (before: ForDatabases, after: ForDatabases): boolean =>
  (after.only ?? []).length > 0
    ? !before.only || before.only.some((name) => !after.only?.includes(name))
    : (after.except ?? []).some((name) => !before.except?.includes(name));

/** Whether there are words about databases in a schema: most have none, and plans ask for each operation. */
export const hasLimits = (schema: Schema): boolean =>
  schema.tables.some(hasLimitsIn) || lists.some((key) => schema[key]?.some(isLimited));

/** What a schema lists beside its tables. */
const lists = ["namespaces", "extensions", "enums", "domains", "sequences", "views", "objects"] as const;

function hasLimitsIn(table: Table): boolean {
  let known = limited.get(table);
  known ??= partsOf(table).some(isLimited);
  limited.set(table, known);
  return known;
}

/** A table never changes. */
const limited = new WeakMap<Table, boolean>();

const partsOf = (table: Table): readonly ForDatabases[] => [
  table,
  ...table.fields,
  ...table.indexes,
  ...table.foreignKeys,
  ...(table.constraints ?? []),
];

/** All words about databases in a schema. */
export const limitsOf = (schema: Schema): readonly ForDatabases[] => [
  ...schema.tables.flatMap(partsOf).filter(isLimited),
  ...lists.flatMap((key): readonly ForDatabases[] => schema[key] ?? []).filter(isLimited),
];

/**
 * The schema as one database is to have it: without what is not for it, and without words about databases. What nothing is said of stays the same thing, so that it need not be looked into.
 */
export function schemaFor(schema: Schema, names: readonly string[]): Schema {
  const { tables } = schema;
  const here = tables.flatMap((table) =>
    isFor(table, names) ? withOwnTypes(schema, table, withoutWords(tableFor(table, names)), names) : [],
  );
  const isWhole = here.length === tables.length && here.every((table, i) => table === tables[i]);
  const limited = lists.filter((key) => schema[key]?.some(isLimited));
  if (isWhole && limited.length === 0) return schema;
  return {
    ...schema,
    tables: here,
    ...Object.fromEntries(limited.map((key) => [key, kept<ForDatabases>(schema[key] ?? [], names)])),
  };
}

/** A field that borrows the type of a key keeps that without the foreign key; where the other table is for others, it has a type of its own. */
function withOwnTypes(schema: Schema, whole: Table, table: Table, names: readonly string[]): Table {
  const gone = whole.foreignKeys.filter(({ name }) => !table.foreignKeys.some((key) => key.name === name));
  if (gone.length === 0) return table;
  const borrows = ({ name, references }: Field): boolean =>
    references !== undefined &&
    !isThere(schema, references, names) &&
    gone.some(({ fields }) => fields.length === 1 && fields[0] === name);
  return { ...table, fields: table.fields.map((field) => (borrows(field) ? withOwnType(schema, field) : field)) };
}

/** Whether a table is for a database, and its key is as well. */
function isThere({ tables }: Schema, name: string, names: readonly string[]): boolean {
  const table = tables.find((each) => each.name === name);
  const key = table?.fields.find((field) => field.name === table.primaryKey?.[0]);
  return table !== undefined && key !== undefined && isFor(table, names) && isFor(key, names);
}

/** Whether two schemas are the same. Quick where most of one is part of the other. */
export const sameSchema = (a: Schema, b: Schema): boolean =>
  keysOf(a, b).every((key) => {
    const [here, there] = [a[key] ?? [], b[key] ?? []];
    if (here === there) return true;
    if (!Array.isArray(here) || !Array.isArray(there)) return canonicalJson(here) === canonicalJson(there);
    return (
      here.length === there.length &&
      here.every((part, i) => part === there[i] || canonicalJson(part) === canonicalJson(there[i]))
    );
  });

const keysOf = (a: Schema, b: Schema) => [...new Set([...Object.keys(a), ...Object.keys(b)])] as (keyof Schema)[];

/** A table is asked for before and after each operation, most of which are about other tables. */
const known = new WeakMap<Table, Map<string, Table>>();

function tableFor(table: Table, names: readonly string[]): Table {
  const key = names.join();
  const found = known.get(table)?.get(key);
  if (found) return found;
  const { constraints = [], fields, indexes, foreignKeys } = table;
  const parts = [...fields, ...indexes, ...foreignKeys, ...constraints];
  const made = parts.some(isLimited)
    ? withConstraints(
        {
          ...table,
          fields: kept(fields, names),
          indexes: kept(indexes, names),
          foreignKeys: kept(foreignKeys, names),
        },
        kept(constraints, names),
      )
    : table;
  known.set(table, (known.get(table) ?? new Map<string, Table>()).set(key, made));
  return made;
}

function withOwnType(schema: Schema, field: Field): Field {
  const { references: _, type: __, length: ___, precision: ____, scale: _____, ...rest } = field;
  return { ...rest, ...typeOf(resolveType(schema, field)) };
}

const kept = <T extends ForDatabases>(things: readonly T[], names: readonly string[]): readonly T[] =>
  things.some(isLimited) ? things.flatMap((thing) => (isFor(thing, names) ? withoutWords(thing) : [])) : things;

function withoutWords<T extends ForDatabases>(thing: T): T {
  if (!isLimited(thing)) return thing;
  const { only: _, except: __, ...rest } = thing;
  return rest as T;
}
