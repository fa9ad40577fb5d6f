import * as v from "valibot";
import { referentialActions } from "../schema/model.ts";
import { nativeTypePattern } from "../schema/types.ts";

/**
 * Shapes that several operations share. Descriptions become the documentation of the author's editor types.
 */
const described = <S extends v.GenericSchema>(schema: S, text: string) => v.pipe(schema, v.description(text));

export const name = v.pipe(
  v.string(),
  v.nonEmpty("a name must not be empty"),
  v.check((text) => !text.includes("\0"), "a name must not contain the NUL character"),
);

export const action = v.picklist(referentialActions);

export const defaultValue = v.union([
  v.string(),
  v.pipe(v.number(), v.finite()),
  v.boolean(),
  v.strictObject({ sql: described(v.string(), "An SQL expression, used as it stands.") }),
  v.strictObject({ value: described(v.string(), "A literal text, quoted whatever it looks like.") }),
]);

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The properties of a field that `alterField` may set. */
export const plainFieldEntries = {
  name: described(name, "Name of the field."),
  type: described(v.pipe(v.string(), v.regex(nativeTypePattern, "not a type name")), "A field type, or a native type of the database."),
  length: v.exactOptional(described(v.pipe(count, v.minValue(1)), "Characters, for varchar and char.")),
  precision: v.exactOptional(described(v.pipe(count, v.minValue(1)), "Digits in all, for decimal.")),
  scale: v.exactOptional(described(count, "Digits after the point, for decimal.")),
  nullable: v.exactOptional(described(v.boolean(), "May be NULL. Absent: NOT NULL.")),
  default: v.exactOptional(described(defaultValue, "A named default, a literal, or { sql } for an expression.")),
  autoCreate: v.exactOptional(described(v.boolean(), "Set to the current time when a row is inserted.")),
  autoUpdate: v.exactOptional(described(v.boolean(), "Set to the current time when a row is updated.")),
};

export const foreignKeyOptions = v.strictObject({
  table: described(name, "The table it points at; the field takes the type of that table's key."),
  name: v.exactOptional(described(name, "Name of the constraint. Absent: fk_<table>_<field>.")),
  onDelete: v.exactOptional(described(action, "What happens to the rows when the row they point at goes. Absent: RESTRICT.")),
  onUpdate: v.exactOptional(described(action, "What happens when the key changes. Absent: NO ACTION.")),
});

export const fieldParams = v.strictObject({
  ...plainFieldEntries,
  primaryKey: v.exactOptional(described(v.boolean(), "Part of the primary key.")),
  foreignKey: v.exactOptional(described(foreignKeyOptions, "For type foreign_key: where it points.")),
});
export type FieldParams = v.InferOutput<typeof fieldParams>;

/** What `alterField` takes: a field without key and constraint, which have operations of their own. */
export const plainFieldParams = v.strictObject(plainFieldEntries);
export type PlainFieldParams = v.InferOutput<typeof plainFieldParams>;

export const indexParams = v.strictObject({
  name: described(name, "Name of the index."),
  fields: described(v.pipe(v.array(name), v.nonEmpty("an index needs at least one field")), "Fields, in order."),
  unique: v.exactOptional(described(v.boolean(), "No two rows may hold the same values.")),
  method: v.exactOptional(described(v.pipe(v.string(), v.regex(/^[A-Za-z_]\w*$/, "not an index method")), "Access method, such as gin.")),
  where: v.exactOptional(described(v.string(), "Predicate of a partial index, as SQL.")),
});
export type IndexParams = v.InferOutput<typeof indexParams>;

export const schemaOnly = v.exactOptional(described(v.boolean(), "Changes the state only; the database is left alone."));
export const ignoreErrors = v.exactOptional(described(v.boolean(), "If the database refuses, warn and go on."));
