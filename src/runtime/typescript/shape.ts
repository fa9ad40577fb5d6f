import type { Expression, TSType } from "@babel/types";
import type { Position } from "../../core/errors.ts";
import type { Problem } from "../../core/schema/problem.ts";
import type { KnownType } from "../../core/schema/types.ts";
import type { Module, TypeDeclaration } from "./modules.ts";
import type { Doc, Tag } from "./tags.ts";

/** What the values of a type are, as far as a column cares. */
export type Shape =
  | {
      readonly kind: "scalar";
      readonly type: KnownType;
      readonly length?: number;
      readonly precision?: number;
      readonly scale?: number;
    }
  /** A list of literals; `name` is that of the type that lists them. */
  | { readonly kind: "values"; readonly values: readonly (string | number)[]; readonly name?: string }
  /** A value without columns of its own. */
  | { readonly kind: "json" }
  /** A row of another table. */
  | { readonly kind: "table"; readonly of: TypeDeclaration }
  /** The key of a row of another table: `User["id"]`. */
  | { readonly kind: "key"; readonly of: TypeDeclaration }
  | { readonly kind: "array"; readonly of: Shape }
  /** Nothing that a row can hold; `reason` completes the sentence "it is left out because …". */
  | { readonly kind: "none"; readonly reason: string };

/** A type that was read. */
export interface Typed {
  readonly shape: Shape;
  /** Whether `null` or `undefined` are among its values. */
  readonly nullable: boolean;
  /** What the comments of the aliases say that it was written with, outermost last. */
  readonly tags: readonly Tag[];
}

/** Where a type is written: names in it mean what they mean there. */
export interface Scope {
  readonly module: Module;
  /** Type parameters → what was given for them. */
  readonly parameters: ReadonlyMap<string, Bound>;
  /** How many types it is inside of, so that those which never end are noticed. */
  readonly depth: number;
}

export interface Bound {
  readonly node: TSType;
  readonly scope: Scope;
}

/** A property of an object type. */
export interface Member {
  readonly name: string;
  /** Absent where only the value says it. */
  readonly type?: TSType;
  /** Where its type is written. */
  readonly scope: Scope;
  readonly optional: boolean;
  readonly doc: Doc;
  readonly at: Position;
  /** What a class gives it at first. */
  readonly value?: Expression;
}

/** What an object type has. */
export interface Members {
  readonly members: readonly Member[];
  /** What it has and no list of properties says. */
  readonly left: readonly Left[];
}

/** Something that is not read, with its reason. */
export interface Left {
  readonly kind: string;
  readonly object: string;
  readonly reason: string;
  readonly at: Position;
}

/** What is known of the types of all files. */
export interface Types {
  readonly modules: readonly Module[];
  /** Takes what is wrong. */
  readonly problems: Problem[];
  /** How many more types are read, so that few lines cannot keep it busy for ever. */
  readonly budget: { left: number };
  /** Types whose properties are known. */
  readonly read: Map<TypeDeclaration, Members | undefined>;
  /** Whether a type is a table, so that a value of it is a reference to a row. */
  isTable(type: TypeDeclaration): boolean;
  /** Names of the properties that are the key of a table. */
  keyOf(type: TypeDeclaration): readonly string[];
}

export const MAX_DEPTH = 60;

export const none = (reason: string): Typed => typed({ kind: "none", reason });

export const typed = (shape: Shape, nullable = false): Typed => ({ shape, nullable, tags: [] });

/** Types that a program has without declaring or importing from a file, as the columns that hold their values. */
export const wellKnown: Readonly<Record<string, Shape>> = {
  Date: { kind: "scalar", type: "timestamp" },
  "Temporal.Instant": { kind: "scalar", type: "timestamptz" },
  "Temporal.ZonedDateTime": { kind: "scalar", type: "timestamptz" },
  "Temporal.PlainDateTime": { kind: "scalar", type: "timestamp" },
  "Temporal.PlainDate": { kind: "scalar", type: "date" },
  "Temporal.PlainTime": { kind: "scalar", type: "time" },
  Buffer: { kind: "scalar", type: "bytes" },
  ArrayBuffer: { kind: "scalar", type: "bytes" },
  Uint8Array: { kind: "scalar", type: "bytes" },
  UUID: { kind: "scalar", type: "uuid" },
  Decimal: { kind: "scalar", type: "decimal", precision: 19, scale: 2 },
  "Prisma.Decimal": { kind: "scalar", type: "decimal", precision: 19, scale: 2 },
  Big: { kind: "scalar", type: "decimal", precision: 19, scale: 2 },
  BigNumber: { kind: "scalar", type: "decimal", precision: 19, scale: 2 },
  String: { kind: "scalar", type: "varchar", length: 255 },
  Number: { kind: "scalar", type: "integer" },
  BigInt: { kind: "scalar", type: "bigint" },
  Boolean: { kind: "scalar", type: "boolean" },
  Capitalize: { kind: "scalar", type: "varchar", length: 255 },
  Uncapitalize: { kind: "scalar", type: "varchar", length: 255 },
  Uppercase: { kind: "scalar", type: "varchar", length: 255 },
  Lowercase: { kind: "scalar", type: "varchar", length: 255 },
  Object: { kind: "json" },
  Record: { kind: "json" },
  Map: { kind: "json" },
  ReadonlyMap: { kind: "json" },
  Partial: { kind: "json" },
  Pick: { kind: "json" },
  Omit: { kind: "json" },
  JSONColumnType: { kind: "json" },
  Function: { kind: "none", reason: "a row holds no functions" },
};

/** Types that hold one value of their first parameter, such as those with which object mappers load it later or query builders say how it is written. */
export const wrappers = new Set([
  "Readonly",
  "Required",
  "NonNullable",
  "Awaited",
  "Promise",
  "Relation",
  "Ref",
  "Rel",
  "Reference",
  "Loaded",
  "ColumnType",
  "Generated",
  "GeneratedAlways",
]);

/** Types that hold many of them. */
export const lists = new Set(["Array", "ReadonlyArray", "Set", "ReadonlySet", "Collection"]);
