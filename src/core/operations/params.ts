import * as v from "valibot";
import { rowSecurities } from "../schema/model.ts";
import { nativeTypePattern } from "../schema/types.ts";
import {
  action,
  constraintComment,
  databasesEntries,
  deferrable,
  described,
  fieldNames,
  name,
  notValid,
  sequenceEntries,
  sequenceType,
  sqlExpression,
  text,
} from "./basic-params.ts";
import { constraintParams } from "./constraint-params.ts";
import { include, indexParams } from "./index-params.ts";
import { treeEntries } from "./partition-params.ts";
import { record } from "./record.ts";

export { described, fieldNames, name, sqlExpression, text } from "./basic-params.ts";
export {
  type ConstraintParams,
  checkConstraintParams,
  constraintParams,
  exclusionConstraintParams,
  exclusionElementParams,
  uniqueConstraintParams,
} from "./constraint-params.ts";
export { type IndexParams, indexElementParams, indexParams } from "./index-params.ts";

export const defaultValue = v.union([
  text,
  v.pipe(v.number(), v.finite()),
  v.boolean(),
  v.strictObject({ sql: described(text, "An SQL expression, used as it stands.") }),
  v.strictObject({ value: described(text, "A literal text, quoted whatever it looks like.") }),
]);

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A map per dialect, as the model keeps it: dialect name → key → SQL text or type template. */
export const perDialect = record(name, record(name, v.string()));

const ownSequenceEntries = {
  name: v.exactOptional(described(name, "Name of the sequence. Absent: the one that PostgreSQL gives it.")),
  type: v.exactOptional(described(sequenceType, "Type in which it counts. Absent: that of the field.")),
  ...sequenceEntries,
  comment: v.exactOptional(described(text, "What the database keeps as the description of the sequence.")),
};
export const ownSequenceParams = v.strictObject(ownSequenceEntries);
export const identityParams = v.strictObject({
  always: v.exactOptional(described(v.boolean(), "Rows cannot give a number of their own.")),
  ...ownSequenceEntries,
});

export const generatedParams = v.strictObject({
  as: described(sqlExpression, "SQL expression over other fields of the row."),
  stored: v.exactOptional(described(v.boolean(), "Kept with the row. Absent: computed whenever it is read.")),
});

/** The properties of a field that `alterField` may set. */
export const plainFieldEntries = {
  name: described(name, "Name of the field."),
  type: described(
    v.pipe(v.string(), v.regex(nativeTypePattern, "not a type name")),
    "A field type, or a native type of the database.",
  ),
  length: v.exactOptional(described(v.pipe(count, v.minValue(1)), "Characters, for varchar and char.")),
  precision: v.exactOptional(
    described(count, "Digits in all, for decimal; digits of the fraction of a second, for times."),
  ),
  scale: v.exactOptional(described(count, "Digits after the point, for decimal.")),
  nullable: v.exactOptional(described(v.boolean(), "May be NULL. Absent: NOT NULL.")),
  default: v.exactOptional(described(defaultValue, "A named default, a literal, or { sql } for an expression.")),
  autoCreate: v.exactOptional(described(v.boolean(), "Set to the current time when a row is inserted.")),
  autoUpdate: v.exactOptional(described(v.boolean(), "Set to the current time when a row is updated.")),
  generated: v.exactOptional(described(generatedParams, "Computed by the database from other fields of the row.")),
  identity: v.exactOptional(
    described(identityParams, "Numbered by the database as an identity column, in place of a serial type."),
  ),
  sequence: v.exactOptional(
    described(ownSequenceParams, "For serial types: what is unusual about the sequence behind the field (PostgreSQL)."),
  ),
  collation: v.exactOptional(described(name, "Name of the order in which its texts are compared.")),
  options: v.exactOptional(
    described(perDialect, "How a database is to keep its values, in its own words: dialect → option → SQL text."),
  ),
  comment: v.exactOptional(described(text, "What the database keeps as its description.")),
  ...databasesEntries,
};

/** What a foreign key may say beside its actions. */
const constraintEntries = {
  onDeleteFields: v.exactOptional(
    described(
      fieldNames("name at least one field"),
      "The fields that SET NULL or SET DEFAULT change. Absent: all of the key.",
    ),
  ),
  deferrable: v.exactOptional(deferrable),
  notValid: v.exactOptional(notValid),
  matchFull: v.exactOptional(described(v.boolean(), "Either all fields of the key are NULL or none is.")),
  comment: v.exactOptional(constraintComment),
  ...databasesEntries,
};

export const foreignKeyOptions = v.strictObject({
  table: described(name, "The table it points at; the field takes the type of that table's key."),
  name: v.exactOptional(described(name, "Name of the constraint. Absent: fk_<table>_<field>.")),
  onDelete: v.exactOptional(
    described(action, "What happens to the rows when the row they point at goes. Absent: RESTRICT."),
  ),
  onUpdate: v.exactOptional(described(action, "What happens when the key changes. Absent: NO ACTION.")),
  ...constraintEntries,
});

export const fieldParams = v.strictObject({
  ...plainFieldEntries,
  primaryKey: v.exactOptional(described(v.boolean(), "Part of the primary key.")),
  foreignKey: v.exactOptional(described(foreignKeyOptions, "For type foreign_key: where it points.")),
  inherited: v.exactOptional(
    described(v.literal(true), "The table has it from the one that it inherits from, with something changed."),
  ),
});
export type FieldParams = v.InferOutput<typeof fieldParams>;

/** What `alterField` takes: a field without key and constraint, which have operations of their own. */
export const plainFieldParams = v.strictObject(plainFieldEntries);
export type PlainFieldParams = v.InferOutput<typeof plainFieldParams>;

/** What makes a table, in `createTable`. */
export const tableEntries = {
  name: described(name, "Name of the table."),
  fields: described(
    v.array(fieldParams),
    "Fields, in order. Those that it has from another table need not be repeated.",
  ),
  primaryKey: v.exactOptional(
    described(
      v.pipe(v.array(name), v.nonEmpty()),
      "Fields of the key in its order, when the order of the fields will not do.",
    ),
  ),
  primaryKeyName: v.exactOptional(
    described(name, "Name of the key's constraint, where the database has such names. Absent: <table>_pkey."),
  ),
  primaryKeyDeferrable: v.exactOptional(deferrable),
  primaryKeyInclude: v.exactOptional(include),
  primaryKeyComment: v.exactOptional(described(text, "What the database keeps as the description of the key.")),
  indexes: v.exactOptional(described(v.array(indexParams), "Indexes to create with it.")),
  options: v.exactOptional(
    described(perDialect, "How a database is to keep it, in its own words: dialect → option → SQL text."),
  ),
  constraints: v.exactOptional(described(v.array(constraintParams), "What else its rows must satisfy.")),
  comment: v.exactOptional(described(text, "What the database keeps as its description.")),
  rowSecurity: v.exactOptional(
    described(
      v.picklist(rowSecurities),
      "Policies decide which rows somebody may see and change: all but its owner, or its owner too (forced).",
    ),
  ),
  ...treeEntries,
  ...databasesEntries,
};
const tableParams = v.strictObject(tableEntries);
export type TableParams = v.InferOutput<typeof tableParams>;

/** The table that an operation changes. */
export const tableName = described(name, "Name of the table.");

const noFields = "a foreign key needs at least one field";

const references = v.strictObject({
  table: described(name, "The table it points at."),
  fields: v.exactOptional(
    described(fieldNames(noFields), "Fields under a unique index there. Absent: the primary key."),
  ),
});

/** A foreign key as `addForeignKey` takes it. */
export const foreignKeyEntries = {
  table: tableName,
  name: v.exactOptional(described(name, "Name of the constraint. Absent: fk_<table>_<fields>.")),
  fields: described(fieldNames(noFields), "Fields of the table, in the order of those they point at."),
  references: described(references, "Where it points."),
  onDelete: v.exactOptional(
    described(action, "What happens to the rows when the row they point at goes. Absent: RESTRICT."),
  ),
  onUpdate: v.exactOptional(described(action, "What happens when the key changes. Absent: NO ACTION.")),
  ...constraintEntries,
};
const foreignKeyParams = v.strictObject(foreignKeyEntries);
export type ForeignKeyParams = v.InferOutput<typeof foreignKeyParams>;

/** SQL text, either for every database or one per dialect. */
export const sqlText = v.union([v.string(), record(name, v.string())]);

/** A value of a row in `upsertData` and `deleteData`. */
export const rowValue = v.union([
  v.null(),
  text,
  v.pipe(v.number(), v.finite()),
  v.boolean(),
  v.bigint(),
  v.instance(Uint8Array),
  v.strictObject({
    defaultRef: described(v.string(), "Key of a named default, whose SQL is the value; another text is SQL itself."),
  }),
]);
export type RowValue = v.InferOutput<typeof rowValue>;

export const rows = v.array(record(name, rowValue));
export const rowKeys = described(
  fieldNames("name at least one field that identifies a row"),
  "Fields that identify a row.",
);

/** In place of a way back. */
export const irreversible = v.strictObject({
  irreversible: described(v.pipe(v.string(), v.nonEmpty("say why there is no way back")), "Why there is no way back."),
});

/**
 * A function of the migration file, which stays in the sandbox: which of the operation's two it is, and SHA-256 of the code that it is part
 * of. Authors write the function itself.
 */
export const codeFunction = v.strictObject({
  function: v.picklist(["forward", "backward"]),
  code: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "not a SHA-256")),
});
export type CodeFunction = v.InferOutput<typeof codeFunction>;

export const schemaOnly = v.exactOptional(
  described(v.boolean(), "Changes the state only; the database is left alone."),
);
export const ignoreErrors = v.exactOptional(described(v.boolean(), "If the database refuses, warn and go on."));

export const concurrently = v.exactOptional(
  described(
    v.boolean(),
    "Without stopping those who write to the table, where the database has that (PostgreSQL). It then stands alone, outside of the migration's transactions.",
  ),
);

export const touches = v.exactOptional(
  described(
    v.array(name),
    "The tables, or fields as table.field, that it reads or changes, by which branches are told apart. Absent: it may be anything. No part of the checksum.",
  ),
);

/** The two flags of an operation, when set, for its inverse. */
export const flagsOf = (p: { readonly schemaOnly?: boolean; readonly ignoreErrors?: boolean }): typeof p => ({
  ...(p.schemaOnly && { schemaOnly: true }),
  ...(p.ignoreErrors && { ignoreErrors: true }),
});

/** The same for `concurrently`. */
export const concurrentlyOf = (p: { readonly concurrently?: boolean }): { readonly concurrently?: true } =>
  p.concurrently ? { concurrently: true } : {};

export const elidable = v.exactOptional(
  described(
    v.boolean(),
    "A squash may leave it out, because it is about rows that a new database does not have. No part of the checksum.",
  ),
);

/** The same for `touches`. */
export const touchesOf = (p: { readonly touches?: string[] }): typeof p => (p.touches ? { touches: p.touches } : {});
