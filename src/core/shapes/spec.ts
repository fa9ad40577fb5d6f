/**
 * What a value has to be, as data: kept in cache keys, compared between programs, and printed as TypeScript. `name` and `description` are for
 * people only.
 */
export type ShapeSpec = SpecOf & { readonly name?: string; readonly description?: string };

type SpecOf =
  | { readonly type: PlainType }
  | { readonly type: "literal"; readonly values: readonly Literal[] }
  | { readonly type: "array"; readonly of: ShapeSpec }
  | { readonly type: "record"; readonly of: ShapeSpec }
  | { readonly type: "object"; readonly fields: Readonly<Record<string, ShapeSpec>> }
  | { readonly type: "nullable"; readonly of: ShapeSpec }
  | { readonly type: "optional"; readonly of: ShapeSpec };

/** `integer` is a number without a fraction that is exact, `bytes` a Uint8Array, `nothing` is `undefined`. */
export type PlainType = (typeof plainTypes)[number];
export const plainTypes = ["string", "integer", "number", "boolean", "bigint", "bytes", "nothing"] as const;

export type Literal = string | number | boolean;

/**
 * What is wrong with something that should be a shape, for programs in JavaScript, which have no compiler that would say so: where in it, and
 * what; `undefined` when nothing is.
 */
export function specProblem(spec: unknown, path = "", depth = 0): string | undefined {
  const problem = (what: string): string => (path === "" ? what : `${path.slice(1)} ${what}`);
  if (typeof spec !== "object" || spec === null)
    return problem("is no shape; make one with shape.string() and the like");
  if (depth > MAX_DEPTH) return problem(`is nested deeper than ${MAX_DEPTH} levels`);
  const { type, of, fields, values } = spec as Readonly<Record<string, unknown>>;
  if (plainTypes.some((plain) => plain === type)) return undefined;
  switch (type) {
    case "literal":
      return Array.isArray(values) && values.length > 0 && values.every(isLiteral)
        ? undefined
        : problem("has to list texts, numbers or booleans");
    case "array":
    case "record":
    case "nullable":
    case "optional":
      return specProblem(of, `${path}.of`, depth + 1);
    case "object":
      if (typeof fields !== "object" || fields === null) return problem("has no fields");
      return Object.entries(fields)
        .map(([key, field]) =>
          key === "__proto__" ? problem('has the field "__proto__"') : specProblem(field, `${path}.${key}`, depth + 1),
        )
        .find((found) => found !== undefined);
    default:
      return problem(`is of the unknown type ${JSON.stringify(type) ?? "undefined"}`);
  }
}

/** Half of what the sandbox lets in and out, since each level of a shape may be a level of the value. */
const MAX_DEPTH = 32;

const isLiteral = (value: unknown): boolean =>
  typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));
