import type { Field, OwnSequence, Schema, Sequence, SequenceType, Table } from "./model.ts";
import { objectName } from "./names.ts";
import { namespaceNames, placeOf, qualifiedName } from "./namespaces.ts";
import { integerBase, isSerial } from "./types.ts";

/** The sequence behind a field of a serial type, as it would be one of the schema; `undefined` for any other field. */
export function ownSequenceOf(schema: Schema, table: Table, field: Field): Sequence | undefined {
  if (!isSerial(field.type) || field.inherited) return undefined;
  const { name: _, type, ...told } = field.sequence ?? {};
  const counting = type ?? integerBase(field.type);
  return {
    name: ownSequenceName(schema, table, field),
    ...(counting !== "bigint" && { type: counting as SequenceType }),
    ...told,
  };
}

/** What the sequence behind a field is called, or would be, as it stands beside the names of tables. */
export const ownSequenceName = (schema: Schema, table: Table, field: Field): string =>
  placeOf(
    (field.sequence ?? field.identity)?.name ?? usualName(schema, table, field),
    table.name,
    namespaceNames(schema),
  );

/** The name that PostgreSQL gives it. */
const usualName = (schema: Schema, { name }: Table, field: Field): string =>
  objectName(qualifiedName(name, namespaceNames(schema))?.name ?? name, [field.name], "seq");

/** The field when the sequence that was behind it is one of the schema: that still numbers it, by way of its default. */
export function freed({ sequence: _, ...field }: Field, { name }: Sequence): Field {
  return { ...field, type: integerBase(field.type), default: { sql: `nextval('${nameInText(name)}'::regclass)` } };
}

/** Whether a sequence of the schema may become the one behind a field. */
export function takesSequence(
  schema: Schema,
  table: Table,
  { field, sequence }: { readonly field: Field; readonly sequence: Sequence },
): boolean {
  const names = namespaceNames(schema);
  const place = (name: string) => qualifiedName(name, names)?.namespace;
  const isFree = !field.identity && !field.generated && !field.references && !field.inherited;
  return isFree && serialTypes[field.type] !== undefined && place(table.name) === place(sequence.name);
}

/** The field with that sequence behind it. */
export function numberedWith(
  schema: Schema,
  table: Table,
  { field, sequence }: { readonly field: Field; readonly sequence: Sequence },
): Field {
  const { default: _, ...plain } = field;
  const { name, type = "bigint", ownedBy: __, ...told } = sequence;
  const own: OwnSequence = {
    ...(name !== ownSequenceName(schema, table, plain) && {
      name: qualifiedName(name, namespaceNames(schema))?.name ?? name,
    }),
    ...(type !== field.type && { type }),
    ...told,
  };
  return {
    ...plain,
    type: serialTypes[field.type] ?? field.type,
    ...(Object.keys(own).length > 0 && { sequence: own }),
  };
}

/** An identity of such a type as a field of a serial type; any other field as it is. */
export function serialOf({ identity, ...field }: Field): Field {
  if (!identity) return field;
  const { always: _, ...told } = identity;
  return {
    ...field,
    type: serialTypes[field.type] ?? field.type,
    ...(Object.keys(told).length > 0 && { sequence: told }),
  };
}

const serialTypes: Readonly<Record<string, string>> = {
  smallint: "smallserial",
  integer: "serial",
  bigint: "bigserial",
};

/** As it stands in the text that is an argument of `nextval`. */
const nameInText = (name: string): string =>
  (/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`).replaceAll(
    "'",
    "''",
  );
