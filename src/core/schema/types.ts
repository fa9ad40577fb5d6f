/**
 * The field types that schemas and migrations may name. A dialect turns each into one of its column types; `foreign_key`
 * takes the type of the key it points at, `many_to_many` becomes a junction table and never a column.
 */
export const fieldTypes = [
  "varchar",
  "char",
  "text",
  "smallint",
  "integer",
  "bigint",
  "smallserial",
  "serial",
  "bigserial",
  "float",
  "double",
  "decimal",
  "boolean",
  "date",
  "time",
  "timestamp",
  "timestamptz",
  "uuid",
  "json",
  "jsonb",
  "bytes",
  "text[]",
  "foreign_key",
] as const;

export type KnownType = (typeof fieldTypes)[number];

/**
 * A known type, or the name of a native type of the target database (`citext`, `tsvector`): such a type is rendered as
 * it stands and must have the form of a type name.
 */
export type FieldType = KnownType | (string & {});

/** What the type of a field consists of. */
export interface TypeParameters {
  readonly type: FieldType;
  /** Characters, for `varchar` and `char`. */
  readonly length?: number;
  /** Digits in all, for `decimal`. */
  readonly precision?: number;
  /** Digits after the point, for `decimal`. */
  readonly scale?: number;
}

/** The integer type that a column has which refers to a key of an auto-incrementing type. */
export const serialBase: Readonly<Record<string, KnownType>> = {
  smallserial: "smallint",
  serial: "integer",
  bigserial: "bigint",
};

/** Whether the database numbers the rows itself in a field of this type. */
export const isSerial = (type: FieldType): boolean => Object.hasOwn(serialBase, type);

/** The type itself, or for an auto-incrementing type its integer type. */
export const integerBase = (type: FieldType): FieldType => (isSerial(type) ? (serialBase[type] ?? type) : type);

export const isKnownType = (name: string): name is KnownType => (fieldTypes as readonly string[]).includes(name);

/**
 * A native type name as databases spell it: words, an optional parameter list, an optional array suffix. Anything else
 * (quotes, semicolons, comments) is refused wherever a type is read, so that a type can be rendered unquoted.
 */
export const nativeTypePattern =
  /^[A-Za-z_][\w.]*(?: [A-Za-z_]\w*)*(?:\(\s*\w+(?:\s*,\s*-?\w+)*\s*\))?(?: [A-Za-z_]\w*)*(?:\[\])*$/;

export const isLengthType = (type: FieldType): boolean => type === "varchar" || type === "char";
