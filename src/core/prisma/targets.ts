import { nearest } from "../nearest.ts";
import { fault, type Place } from "./tokens.ts";

/** What Prisma Migrate makes of scalars on one of its databases. https://www.prisma.io/docs/orm/reference/prisma-schema-reference#model-field-scalar-types */
export interface Target {
  /** The dialect of that database. */
  readonly dialect: string;
  /** Bytes of a name; longer ones that Prisma makes up are cut before their suffix. */
  readonly maxName: number;
  readonly scalars: Readonly<Record<string, string>>;
  /** `@db.X` → its SQL, before parentheses. */
  readonly natives: Readonly<Record<string, string>>;
  /** How a column has the values of an enum: by a type of its own, by one that lists them, or as any text. */
  readonly enums: "types" | "inline" | "text";
  readonly lists: boolean;
  /** Primary keys have names. */
  readonly namesKeys: boolean;
  /** The key of the table between two others is a primary key; a unique index where it is not. */
  readonly junctionKey: boolean;
}

/** Throws ToolError `schema` with the place where a provider is named that godwit has no dialect for. */
export function targetNamed(name: string, at: Place): Target {
  const provider = Object.hasOwn(providers, name) ? providers[name] : undefined;
  if (provider) return provider;
  const near = nearest(name, Object.keys(providers));
  const hint = near ? `did you mean "${near}"?` : `a schema can be imported for ${Object.keys(providers).join(", ")}`;
  throw fault(at, `the provider is "${name}"; ${hint}`);
}

/** The provider of a dialect, for schemas without a datasource; `undefined` where Prisma has none. */
export const targetFor = (dialects: readonly string[]): Target | undefined =>
  Object.values(providers).find(({ dialect }) => dialects.includes(dialect));

/** `VarChar` is VARCHAR. */
const upper = (names: string): Readonly<Record<string, string>> =>
  Object.fromEntries(names.split(" ").map((name) => [name, name.toUpperCase()]));

const postgresql: Target = {
  dialect: "postgresql",
  maxName: 63,
  scalars: {
    String: "TEXT",
    Boolean: "BOOLEAN",
    Int: "INTEGER",
    BigInt: "BIGINT",
    Float: "DOUBLE PRECISION",
    Decimal: "DECIMAL(65,30)",
    DateTime: "TIMESTAMP(3)",
    Json: "JSONB",
    Bytes: "BYTEA",
  },
  natives: {
    ...upper(
      "SmallInt Integer BigInt Decimal Money Inet Oid Citext Real VarChar Char Text ByteA Timestamp Timestamptz Date",
    ),
    ...upper("Time Timetz Boolean Bit VarBit Uuid Xml Json JsonB"),
    DoublePrecision: "DOUBLE PRECISION",
  },
  enums: "types",
  lists: true,
  namesKeys: true,
  junctionKey: true,
};

const mysql: Target = {
  dialect: "mysql",
  maxName: 64,
  scalars: {
    String: "VARCHAR(191)",
    Boolean: "BOOLEAN",
    Int: "INTEGER",
    BigInt: "BIGINT",
    Float: "DOUBLE",
    Decimal: "DECIMAL(65,30)",
    DateTime: "DATETIME(3)",
    Json: "JSON",
    Bytes: "LONGBLOB",
  },
  natives: {
    ...upper("SmallInt TinyInt MediumInt BigInt Decimal Float Double Bit Char VarChar Binary VarBinary TinyBlob Blob"),
    ...upper("MediumBlob LongBlob TinyText Text MediumText LongText Date Time DateTime Timestamp Year Json"),
    Int: "INTEGER",
    UnsignedInt: "INTEGER UNSIGNED",
    UnsignedSmallInt: "SMALLINT UNSIGNED",
    UnsignedTinyInt: "TINYINT UNSIGNED",
    UnsignedMediumInt: "MEDIUMINT UNSIGNED",
    UnsignedBigInt: "BIGINT UNSIGNED",
  },
  enums: "inline",
  lists: false,
  namesKeys: false,
  junctionKey: false,
};

const sqlite: Target = {
  dialect: "sqlite",
  maxName: 10_000,
  scalars: {
    String: "TEXT",
    Boolean: "BOOLEAN",
    Int: "INTEGER",
    BigInt: "BIGINT",
    Float: "REAL",
    Decimal: "DECIMAL",
    DateTime: "DATETIME",
    Json: "JSONB",
    Bytes: "BLOB",
  },
  natives: {},
  enums: "text",
  lists: false,
  namesKeys: false,
  junctionKey: false,
};

/** By the names that Prisma has for them. */
const providers: Readonly<Record<string, Target>> = { postgresql, postgres: postgresql, mysql, sqlite };
