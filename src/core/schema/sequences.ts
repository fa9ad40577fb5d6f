import { listed, withListed } from "./beside-tables.ts";
import type { Schema, Sequence, Table } from "./model.ts";
import { mentions } from "./sql-text.ts";

/** The field that a sequence belongs to. */
export interface SequenceOwner {
  readonly table: string;
  readonly field: string;
}

/** `audit.events.id` is the field `id` of `audit.events`. */
export function ownerOf({ ownedBy }: Pick<Sequence, "ownedBy">): SequenceOwner | undefined {
  if (ownedBy === undefined) return undefined;
  const at = ownedBy.lastIndexOf(".");
  return { table: ownedBy.slice(0, at), field: ownedBy.slice(at + 1) };
}

/** The sequences that belong to a table, or to one of its fields, for messages. */
export const ownedTitles = (schema: Schema, table: string, field?: string): readonly string[] =>
  listed(schema, "sequences")
    .filter((sequence) => {
      const owner = ownerOf(sequence);
      return owner?.table === table && (field === undefined || owner.field === field);
    })
    .map(({ name }) => `sequence "${name}", which belongs to it`);

/** The schema in which sequences follow a table, or a field of it, that got another name. */
export function withOwnersRenamed(schema: Schema, rename: (owner: SequenceOwner) => SequenceOwner): Schema {
  const sequences = listed(schema, "sequences");
  if (sequences.length === 0) return schema;
  return withListed(
    schema,
    "sequences",
    sequences.map((sequence) => {
      const owner = ownerOf(sequence);
      if (!owner) return sequence;
      const { table, field } = rename(owner);
      return { ...sequence, ownedBy: `${table}.${field}` };
    }),
  );
}

/** The fields whose defaults name a sequence, for messages. */
export const numberedBy = (schema: Schema, name: string): readonly string[] =>
  schema.tables.flatMap((table) =>
    defaultsOf(table)
      .filter(({ sql }) => mentions(sql, name))
      .map(({ field }) => `the default of field "${field}" of table "${table.name}"`),
  );

/** What is quoted in `nextval('counter'::regclass)` counts as a name. */
const defaultsOf = ({ fields }: Table): readonly { readonly field: string; readonly sql: string }[] =>
  fields.flatMap(({ name: field, default: value }) => {
    const sql = typeof value === "object" && "sql" in value ? value.sql : value;
    return typeof sql === "string" && /^nextval\(/i.test(sql) ? [{ field, sql: sql.replaceAll("'", " ") }] : [];
  });
