import type { TypeParameters } from "../../src/core/schema/types.ts";

/**
 * A schema in the making, in which things are told apart by ids that no edit changes, so that what was renamed is known. All other numbers are
 * choices from lists, taken modulo their length: whatever generates and shrinks them, `schemaOf` makes a sound schema of it.
 */
export interface Outline {
  readonly tables: readonly TableOutline[];
  readonly enums: readonly EnumOutline[];
  readonly views: readonly ViewOutline[];
  readonly triggers: readonly TriggerOutline[];
  /** Feature → what a schema has of it. */
  readonly extras: Readonly<Record<string, readonly ExtraOutline[]>>;
}

/** One of a feature, which alone knows what its numbers choose; `of` is a table or another thing that it belongs to. */
export interface ExtraOutline {
  readonly id: string;
  readonly name: number;
  readonly of: number;
  readonly field: number;
  readonly how: number;
  readonly more: number;
}

export interface TableOutline {
  readonly id: string;
  readonly name: number;
  readonly key: KeyOutline;
  readonly fields: readonly FieldOutline[];
  readonly indexes: readonly IndexOutline[];
  readonly constraints: readonly ConstraintOutline[];
  readonly foreignKeys: readonly ForeignKeyOutline[];
  readonly comment: number;
  readonly options: number;
}

/** `style`: one field, none, two fields, the first of the other fields, all fields of the foreign keys. */
export interface KeyOutline {
  readonly style: number;
  readonly type: number;
  readonly name: number;
  readonly reversed: boolean;
  readonly named: boolean;
}

export interface FieldOutline {
  readonly id: string;
  readonly name: number;
  readonly type: number;
  readonly required: boolean;
  readonly default: number;
  /** What it has beside: a collation, a comment, the time of insertion, an expression over field `of`. */
  readonly more: number;
  readonly of: number;
}

export interface IndexOutline {
  readonly id: string;
  readonly name: number;
  readonly elements: readonly { readonly field: number; readonly how: number }[];
  readonly unique: boolean;
  readonly where: number;
  readonly more: number;
}

export interface ConstraintOutline {
  readonly id: string;
  /** 0: the usual one. */
  readonly name: number;
  readonly unique: boolean;
  readonly fields: readonly number[];
  readonly check: number;
  readonly more: number;
}

export interface ForeignKeyOutline {
  readonly id: string;
  readonly name: number;
  readonly to: string;
  readonly required: boolean;
  readonly onDelete: number;
  readonly onUpdate: number;
  readonly named: boolean;
  readonly unique: boolean;
  readonly more: number;
}

export interface EnumOutline {
  readonly id: string;
  readonly name: number;
  readonly values: number;
}

export interface ViewOutline {
  readonly id: string;
  readonly name: number;
  readonly of: number;
  readonly fields: readonly number[];
  readonly more: number;
}

export interface TriggerOutline {
  readonly id: string;
  readonly name: number;
  readonly of: number;
  readonly field: number;
}

/** What the types of fields have in common that expressions, defaults and values depend on. */
export type Family = "number" | "text" | "boolean" | "time" | "bytes" | "json" | "other";

export interface TypeChoice {
  readonly type: TypeParameters;
  readonly family: Family;
  /** Whether keys and unique constraints may consist of it. */
  readonly key: boolean;
}

/** What random schemas for a database have. */
export interface Traits {
  readonly dialect: string;
  readonly types: readonly TypeChoice[];
  readonly keyTypes: readonly TypeParameters[];
  readonly collations: readonly string[];
  readonly comments: boolean;
  readonly enums: boolean;
  /** Those that some names are in. */
  readonly namespaces: readonly string[];
  readonly stored: readonly boolean[];
  readonly actions: number;
  /** Options of a table with this key, of fields of these types. */
  options(
    n: number,
    fields: readonly TypeParameters[],
    key: "none" | "numbered" | "other",
  ): Readonly<Record<string, string>>;
  readonly expressions: boolean;
  readonly rich: boolean;
  readonly views: boolean;
  readonly triggers: boolean;
  readonly checks: boolean;
}

export const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
