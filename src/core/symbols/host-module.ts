import { ToolError } from "../errors.ts";
import { parameterName } from "../shapes/declare.ts";
import { isName } from "../shapes/reserved-words.ts";
import { type Shape, specOf, type ValueOf, type ValuesOf } from "../shapes/shape.ts";
import { type ShapeSpec, specProblem } from "../shapes/spec.ts";

/** A function of the program around the sandbox, as it was registered. */
export interface HostFunction {
  /** What editors show of it. */
  readonly description?: string;
  readonly params: readonly ShapeSpec[];
  readonly result: ShapeSpec;
  /** Called with arguments that fit `params`; what it gives has to fit `result`. */
  run(...args: readonly unknown[]): unknown;
}

/** A module whose functions run in the program around the sandbox; nothing but plain data goes to them and comes back. */
export interface HostModule {
  readonly kind: "host";
  readonly exports: Readonly<Record<string, HostFunction>>;
  /** Changes when the functions answer otherwise. */
  readonly version?: string;
  /** The same arguments give the same result for as long as `version` stays the same, so that evaluations may be kept. */
  readonly pure?: boolean;
}

/** What `hostModule` says of the module itself. */
export type HostModuleOptions = Pick<HostModule, "version" | "pure">;

/**
 * Makes a module of functions that run outside of the sandbox. The types of `run` follow from the shapes:
 *
 *     hostModule({ next: { params: [shape.string({ name: "prefix" })], result: shape.string(), run: (prefix) => … } })
 */
export function hostModule<
  const P extends Readonly<Record<string, readonly Shape[]>>,
  const R extends Readonly<Record<string, Shape>>,
>(functions: HostFunctions<P, R>, options: HostModuleOptions = {}): HostModule {
  const exports = Object.entries(functions).map(([name, declared]) => {
    const { description, params, result, run } = declared as DeclaredHostFunction;
    const made = { params: params?.map?.(specOf), result: specOf(result), run };
    return [name, { ...made, ...(description !== undefined && { description }) }] as const;
  });
  const { version, pure } = options;
  return {
    kind: "host",
    exports: Object.fromEntries(exports),
    ...(version !== undefined && { version }),
    ...(pure !== undefined && { pure }),
  };
}

/** Functions by name, each with its parameters, its result and what it does. */
export type HostFunctions<
  P extends Readonly<Record<string, readonly Shape[]>>,
  R extends Readonly<Record<string, Shape>>,
> = {
  readonly [K in keyof P]: {
    readonly description?: string;
    readonly params: P[K];
    readonly run: (...args: ValuesOf<P[K]>) => ValueOf<R[K & keyof R]> | Promise<ValueOf<R[K & keyof R]>>;
  };
} & { readonly [K in keyof R]: { readonly result: R[K] } };

/** Throws ToolError `config` for a host module that was put together wrongly. */
export function checkHostModule(name: string, { exports, version, pure }: HostModule): void {
  const refuse = (what: string): never => {
    throw new ToolError("config", `host module "${name}": ${what}`, { module: name });
  };
  if (version !== undefined && typeof version !== "string") refuse(`"version" is ${kindOf(version)}; give a text`);
  if (pure === true && version === undefined)
    refuse('it is said to be pure, and has no "version", which would tell when its functions answer otherwise');
  for (const [name, declared] of Object.entries(exports)) {
    const problem = functionProblem(name, declared);
    if (problem !== undefined) refuse(problem);
  }
}

function functionProblem(name: string, { params, result, run }: HostFunction): string | undefined {
  if (!isName(name)) return `"${name}" cannot be the name of an exported function`;
  if (typeof run !== "function") return `"${name}" has no function "run"`;
  if (!Array.isArray(params)) return `"params" of "${name}" is ${kindOf(params)}; give a list of shapes`;
  const specs: readonly (readonly [string, ShapeSpec])[] = [
    ...params.map((spec: ShapeSpec, i) => [`parameter ${i + 1}`, spec] as const),
    ["result", result],
  ];
  for (const [what, spec] of specs) {
    const problem = specProblem(spec);
    if (problem !== undefined) return `the ${what} of "${name}": ${problem}`;
  }
  const names = params.map(parameterName);
  const twice = names.find((each, i) => names.indexOf(each) < i);
  return twice === undefined ? undefined : `two parameters of "${name}" are called "${twice}"`;
}

interface DeclaredHostFunction {
  readonly description?: string;
  readonly params: readonly Shape[];
  readonly result: Shape;
  run(...args: readonly unknown[]): unknown;
}

const kindOf = (value: unknown): string => (value === null ? "null" : `a ${typeof value}`);
