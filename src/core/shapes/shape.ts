import type { Literal, ShapeSpec } from "./spec.ts";

/** What a value of type `T` has to be; made by the functions of `shape`. */
export interface Shape<out T = unknown> {
  readonly type: ShapeSpec["type"];
  /** Only for the compiler; never there. */
  readonly "~value"?: () => T;
}

/** A shape that may be left out: as a field, or as a parameter. */
export interface OptionalShape<out T = unknown> extends Shape<T | undefined> {
  readonly type: "optional";
}

/** The type of the values of a shape. */
export type ValueOf<S> = S extends Shape<infer T> ? T : never;

/** The same for a list of parameters. */
export type ValuesOf<P extends readonly Shape[]> = { readonly [K in keyof P]: ValueOf<P[K]> };

/** What may be said of every shape, for editors: the name of a parameter, and what it is. */
export interface Words {
  /** Of a parameter; what messages call it, too. */
  readonly name?: string;
  readonly description?: string;
}

/** The shapes of what goes between a migration and a host function: plain data, the same that may leave the sandbox. */
export const shape = {
  /** A text. */
  string: (words: Words = {}): Shape<string> => made({ type: "string", ...words }),
  /** A number without a fraction, between -(2^53 - 1) and 2^53 - 1. */
  integer: (words: Words = {}): Shape<number> => made({ type: "integer", ...words }),
  /** A finite number. */
  number: (words: Words = {}): Shape<number> => made({ type: "number", ...words }),
  boolean: (words: Words = {}): Shape<boolean> => made({ type: "boolean", ...words }),
  /** A bigint of 128 bits at most. */
  bigint: (words: Words = {}): Shape<bigint> => made({ type: "bigint", ...words }),
  bytes: (words: Words = {}): Shape<Uint8Array> => made({ type: "bytes", ...words }),
  /** The result of a function that gives none. */
  nothing: (): Shape<undefined> => made({ type: "nothing" }),
  /** One of a few texts, numbers or booleans. */
  oneOf: <const V extends readonly [Literal, ...Literal[]]>(values: V, words: Words = {}): Shape<V[number]> =>
    made({ type: "literal", values, ...words }),
  array: <T>(of: Shape<T>, words: Words = {}): Shape<readonly T[]> => made({ type: "array", of: specOf(of), ...words }),
  /** An object with any keys and values of one shape. */
  record: <T>(of: Shape<T>, words: Words = {}): Shape<Readonly<Record<string, T>>> =>
    made({ type: "record", of: specOf(of), ...words }),
  /** An object with exactly these keys; those of `optional` shapes may be absent. */
  object: <F extends Fields>(fields: F, words: Words = {}): Shape<ObjectOf<F>> => {
    const specs = Object.entries(fields).map(([key, field]) => [key, specOf(field)] as const);
    return made({ type: "object", fields: Object.fromEntries(specs), ...words });
  },
  /** The same or `null`. */
  nullable: <T>(of: Shape<T>, words: Words = {}): Shape<T | null> =>
    made({ type: "nullable", of: specOf(of), ...words }),
  /** The same or `undefined`: a field or a parameter that may be left out. */
  optional: <T>(of: Shape<T>, words: Words = {}): OptionalShape<T> =>
    made({ type: "optional", of: specOf(of), ...words }) as OptionalShape<T>,
} as const;

/** A shape as data. */
export const specOf = (of: Shape): ShapeSpec => of as ShapeSpec;

type Fields = Readonly<Record<string, Shape>>;

type OptionalKeys<F extends Fields> = { [K in keyof F]: F[K] extends OptionalShape ? K : never }[keyof F];

type ObjectOf<F extends Fields> = Simple<
  { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: ValueOf<F[K]> } & {
    readonly [K in OptionalKeys<F>]?: ValueOf<F[K]>;
  }
>;

/** Editors show what an intersection adds up to. */
type Simple<T> = { readonly [K in keyof T]: T[K] };

const made = <T>(spec: ShapeSpec): Shape<T> => Object.freeze(spec) as Shape<T>;
