import type { ShapeSpec } from "./spec.ts";

/** The value that was asked for, made anew of nothing but what the shape declares, or what is wrong with it and where. */
export type Fit = { readonly value: unknown } | { readonly path: string; readonly problem: string };

/** Holds a value against a shape. What the value's own getters throw is passed on. */
export function fitShape(spec: ShapeSpec, value: unknown): Fit {
  try {
    return { value: fitted(spec, value, "") };
  } catch (error) {
    if (error instanceof Misfit) return { path: error.path, problem: error.problem };
    throw error;
  }
}

/** What a shape asks for, in words: "a text", "a list of integers". */
export function wordsOf(spec: ShapeSpec): string {
  switch (spec.type) {
    case "string":
      return "a text";
    case "integer":
      return "a whole number";
    case "number":
      return "a finite number";
    case "boolean":
      return "true or false";
    case "bigint":
      return "a bigint of at most 128 bits";
    case "bytes":
      return "a Uint8Array";
    case "nothing":
      return "undefined";
    case "literal":
      return `${spec.values.length > 1 ? "one of " : ""}${spec.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "array":
      return "a list";
    case "record":
    case "object":
      return "a plain object";
    case "nullable":
      return `${wordsOf(spec.of)} or null`;
    case "optional":
      return wordsOf(spec.of);
  }
}

class Misfit extends Error {
  readonly path: string;
  readonly problem: string;

  constructor(path: string, problem: string) {
    super(problem);
    this.path = path;
    this.problem = problem;
  }
}

/** `asked` is the whole of what a choice like `nullable` allows. */
function fitted(spec: ShapeSpec, value: unknown, path: string, asked = spec): unknown {
  switch (spec.type) {
    case "nullable":
      return value === null ? null : fitted(spec.of, value, path, asked);
    case "optional":
      return value === undefined ? undefined : fitted(spec.of, value, path, asked);
    case "array":
      return Array.isArray(value) ? fittedItems(spec.of, value, path) : refuse(asked, value, path);
    case "record":
      return isPlain(value) ? fittedEntries(spec.of, value, path) : refuse(asked, value, path);
    case "object":
      return isPlain(value) ? fittedFields(spec.fields, value, path) : refuse(asked, value, path);
    case "bytes":
      return value instanceof Uint8Array ? Uint8Array.from(value) : refuse(asked, value, path);
    default:
      return isSimply(spec, value) ? value : refuse(asked, value, path);
  }
}

function isSimply(spec: ShapeSpec, value: unknown): boolean {
  switch (spec.type) {
    case "integer":
      return Number.isSafeInteger(value);
    case "number":
      return Number.isFinite(value);
    case "bigint":
      return typeof value === "bigint" && value >= -(2n ** 127n) && value < 2n ** 127n;
    case "nothing":
      return value === undefined;
    case "literal":
      return spec.values.some((one) => one === value);
    default:
      return typeof value === spec.type;
  }
}

/** Holes are read as what they are: undefined. */
const fittedItems = (of: ShapeSpec, items: readonly unknown[], path: string): readonly unknown[] =>
  Array.from(items, (item, i) => fitted(of, item, `${path}[${i}]`));

function fittedEntries(of: ShapeSpec, value: Plain, path: string): Plain {
  const entries = Object.entries(value).map(([key, member]) => {
    if (key === "__proto__") throw new Misfit(below(path, key), "is a key that is not allowed");
    return [key, fitted(of, member, below(path, key))] as const;
  });
  return present(entries);
}

function fittedFields(fields: Readonly<Record<string, ShapeSpec>>, value: Plain, path: string): Plain {
  const stray = Object.keys(value).find((key) => !Object.hasOwn(fields, key));
  if (stray !== undefined) {
    const known = Object.keys(fields).map((key) => `"${key}"`);
    throw new Misfit(
      below(path, stray),
      `is not declared; there ${known.length === 1 ? "is" : "are"} ${known.join(", ") || "no fields"}`,
    );
  }
  return present(
    Object.entries(fields).map(([key, spec]) => {
      const member = Object.hasOwn(value, key) ? value[key] : undefined;
      return [key, fitted(spec, member, below(path, key))] as const;
    }),
  );
}

type Plain = Readonly<Record<string, unknown>>;

const present = (entries: readonly (readonly [string, unknown])[]): Plain =>
  Object.fromEntries(entries.filter(([, value]) => value !== undefined));

const below = (path: string, key: string): string => {
  const shown = /^[\w$]{1,100}$/.test(key) ? key : JSON.stringify(key.slice(0, 100));
  return path === "" ? shown : `${path}.${shown}`;
};

function isPlain(value: unknown): value is Plain {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function refuse(spec: ShapeSpec, value: unknown, path: string): never {
  throw new Misfit(path, `${foundOf(value)}, and has to be ${wordsOf(spec)}`);
}

function foundOf(value: unknown): string {
  switch (typeof value) {
    case "undefined":
      return "is missing";
    case "string":
      return `is the text ${JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)}`;
    case "number":
    case "boolean":
      return `is ${String(value)}`;
    case "bigint":
      return value > -(2n ** 127n) && value < 2n ** 127n ? `is the bigint ${value}` : "is a bigint beyond 128 bits";
    case "object":
      return `is ${objectOf(value)}`;
    default:
      return `is a ${typeof value}`;
  }
}

function objectOf(value: object | null): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (value instanceof Uint8Array) return "a Uint8Array";
  if (isPlain(value)) return "a plain object";
  const { name } = (value.constructor ?? {}) as { readonly name?: unknown };
  return typeof name === "string" && name !== "" ? `an instance of ${name.slice(0, 60)}` : "an instance of a class";
}
