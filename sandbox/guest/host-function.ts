import {
  apply,
  construct,
  defineProperty,
  getOwnPropertyDescriptor,
  hasOwn,
  isArray,
  isProxy,
  parse,
} from "./primordials.ts";
import { serialize } from "./serialize.ts";

/** The host's own function: module, function, arguments with their number before them, stack → an answer, by its first character. */
type Call = (module: string, name: string, args: string, stack: string) => string;

/**
 * A function that runs outside of the sandbox, as migrations call it. Nothing but text goes out and comes in: `=` and `~` a value as the
 * serializer writes it, in a list, which is empty for undefined; `!` what is wrong with the arguments; `?` what it threw.
 */
export function hostFunction(call: Call, module: string, name: string): (...args: unknown[]) => unknown {
  const called = (...args: unknown[]): unknown => {
    const { length } = args;
    const given: Record<string, unknown> = {};
    for (let i = 0; i < length && i < MAX_ARGUMENTS; i++) {
      defineProperty(given, `${i}`, { __proto__: null, value: args[i], enumerable: true } as PropertyDescriptor);
    }
    const answer = call(module, name, `${length}:${serialize(given)}`, stackNow());
    const text = apply(slice, answer, [1]) as string;
    if (answer[0] === "!") throw new TypeError(text);
    if (answer[0] === "?") throw hostError(parse(text) as Thrown);
    return (untag(parse(text), answer[0] === "~") as unknown[])[0];
  };
  defineProperty(called, "name", { __proto__: null, value: name } as PropertyDescriptor);
  return called;
}

/** Number of the failure that an error is, or that it has as its cause; -1 for every other value. */
export function failureOf(thrown: unknown): number {
  let error = thrown;
  for (let depth = 0; depth < MAX_CAUSES; depth++) {
    if (typeof error !== "object" || error === null || isProxy(error)) return -1;
    const id = apply(get, failures, [error]) as number | undefined;
    if (id !== undefined) return id;
    const cause: PropertyDescriptor | undefined = getOwnPropertyDescriptor(error, "cause");
    if (cause === undefined || !hasOwn(cause, "value")) return -1;
    error = cause.value;
  }
  return -1;
}

/** More than any function declares; the host refuses by their number. */
const MAX_ARGUMENTS = 100;
const MAX_CAUSES = 8;

interface Thrown {
  readonly id: number;
  readonly name: string;
  readonly message: string;
}

const { slice } = String.prototype;
const { get, set } = WeakMap.prototype;
const failures = new WeakMap<object, number>();
const { Error, TypeError, RangeError, SyntaxError, URIError, EvalError, BigInt, Uint8Array } = globalThis;
const errors: Readonly<Record<string, ErrorConstructor>> = {
  TypeError,
  RangeError,
  SyntaxError,
  URIError,
  EvalError,
};

function hostError({ id, name, message }: Thrown): Error {
  const known = hasOwn(errors, name) ? errors[name] : undefined;
  const error = new (known ?? Error)(message);
  if (known === undefined && name !== "Error") {
    defineProperty(error, "name", {
      __proto__: null,
      value: name,
      writable: true,
      configurable: true,
    } as PropertyDescriptor);
  }
  apply(set, failures, [error, id]);
  return error;
}

function stackNow(): string {
  const { stack } = new Error();
  return typeof stack === "string" ? stack : "";
}

/** Puts values in the place of their tags. What was parsed has properties of its own, so that no setter is called. */
function untag(value: unknown, tagged: boolean): unknown {
  if (!tagged || typeof value !== "object" || value === null) return value;
  if (isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = untag(value[i], true);
    return value;
  }
  const fields = value as Record<string, unknown>;
  const tag = hasOwn(fields, "$") ? fields["$"] : undefined;
  if (tag === "bigint") return BigInt(fields["v"] as string);
  if (tag === "bytes") return bytesOf(fields["v"] as string);
  if (tag === "object") return untagFields((fields["v"] as Record<string, unknown>[])[0] as Record<string, unknown>);
  return untagFields(fields);
}

function untagFields(fields: Record<string, unknown>): unknown {
  for (const key in fields) if (hasOwn(fields, key)) fields[key] = untag(fields[key], true);
  return fields;
}

function bytesOf(digits: string): Uint8Array {
  const bytes = construct(Uint8Array, [digits.length / 2]) as Uint8Array;
  for (let i = 0; i < bytes.length; i++) bytes[i] = digitOf(digits[2 * i]) * 16 + digitOf(digits[2 * i + 1]);
  return bytes;
}

function digitOf(digit: string | undefined): number {
  for (let i = 0; i < 16; i++) if ("0123456789abcdef"[i] === digit) return i;
  return 0;
}
