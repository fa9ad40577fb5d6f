import type { Rows } from "./answer.ts";
import {
  asyncIteratorKey,
  defineProperty,
  getOwnPropertyDescriptor,
  hasOwn,
  isArray,
  NativeTypeError,
} from "./primordials.ts";

type Ask = (request: object) => Promise<Rows>;

const DEFAULT_SIZE = 1000;

/** The rows of a SELECT after one another: each batch begins behind the key of the last row of the one before. */
export function batchesOf(ask: Ask, sql: string, options: unknown): object {
  const { key, size, parameters } = optionsOf(options);
  const keys = isArray(key) ? key : [key];
  const iterate = () => {
    let after: unknown = null;
    let done = false;
    const end = (value?: unknown) => {
      done = true;
      return { done: true, value };
    };
    const next = async () => {
      if (done) return end();
      const request = { method: "batch", sql, parameters, keys, size, after };
      const rows = (await ask(request)) as readonly Readonly<Record<string, unknown>>[];
      if (rows.length < size) done = true;
      if (rows.length === 0) return end();
      after = keyOf(rows[rows.length - 1] as object, keys as readonly string[]);
      return { done: false, value: rows };
    };
    return { next, return: async (value: unknown) => end(value) };
  };
  const iterable = {};
  defineProperty(iterable, asyncIteratorKey, { value: iterate });
  return iterable;
}

interface Options {
  readonly key: unknown;
  readonly size: number;
  readonly parameters: unknown;
}

function optionsOf(options: unknown): Options {
  if (typeof options !== "object" || options === null)
    throw new NativeTypeError('db.batches() takes options: { key: "id", size: 1000 }');
  const { key, size = DEFAULT_SIZE, parameters = [] } = options as Partial<Options>;
  if (typeof key !== "string" && !isArray(key))
    throw new NativeTypeError("key of db.batches() is a column, or a list of columns");
  if (typeof size !== "number" || !(size >= 1 && size <= 10_000) || size % 1 !== 0)
    throw new NativeTypeError("size of db.batches() is a whole number from 1 to 10000");
  return { key, size, parameters };
}

function keyOf(row: object, keys: readonly string[]): readonly unknown[] {
  const values: unknown[] = [];
  for (let i = 0; i < keys.length; i++) {
    const slot = getOwnPropertyDescriptor(row, keys[i] as string);
    defineProperty(values, i, {
      value: slot !== undefined && hasOwn(slot, "value") ? slot.value : null,
      writable: true,
      configurable: true,
      enumerable: true,
    });
  }
  return values;
}
