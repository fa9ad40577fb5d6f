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
  /** Digits in all, for `decimal`; digits of the fraction of a second, for `time`, `timestamp` and `timestamptz`. */
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

/** A native type name without types or texts among its parameters: words, an optional parameter list, an optional array suffix. */
export const plainTypePattern =
  /^[A-Za-z_][\w.]*(?: [A-Za-z_]\w*)*(?:\(\s*\w+(?:\s*,\s*-?\w+)*\s*\))?(?: [A-Za-z_]\w*)*(?:\[\])*$/;

/**
 * A native type name as databases spell it, which may be in double quotes; parameters may be types again and texts, four deep, as in `Map(String, Array(Nullable(UInt8)))` or
 * `Enum8('a' = 1)`, `` Tuple(`a b` String) ``. Anything else (semicolons, comments, quotes that do not close) is refused wherever a type is read, so that a type can be
 * rendered unquoted.
 */
export const nativeTypePattern = new RegExp(
  String.raw`^(?:(?:[A-Za-z_]\w*\.)?"(?:[^"\n]|"")+"|[A-Za-z_][\w.]*)(?: [A-Za-z_]\w*){0,5}(?:\(${parameterList(4)}\))?(?: [A-Za-z_]\w*){0,5}(?:\[\])*$`,
);

/** Each kind of parameter begins with a character of its own, so that there is one way only to read a text. */
function parameterList(depth: number): string {
  const inner = depth > 1 ? String.raw`(?:\(${parameterList(depth - 1)}\))?` : "";
  const item = String.raw`(?:-?\d\w*|'[^'\\\n]*'(?:\s*=\s*-?\d+)?|(?:\x60[^\x60\\\n]+\x60 )?[A-Za-z_][\w.]*(?: [A-Za-z_][\w.]*){0,3}(?:\s*=\s*\d+|${inner}))`;
  return String.raw`\s*${item}(?:\s*,\s*${item})*\s*`;
}

/** The types whose `precision` is the digits of a second's fraction. */
export const isTimeType = (type: FieldType): boolean =>
  type === "time" || type === "timestamp" || type === "timestamptz";

export const isLengthType = (type: FieldType): boolean => type === "varchar" || type === "char";
