/**
 * Where an operation was written: a stack text under a hidden key. The serializer reads it (and nothing else that is
 * hidden), so that an error found later can show the line of the operation it is about.
 */
export const WRITTEN_AT: symbol = Symbol.for("godwit.written-at");

/** One operation: plain, frozen data with a `kind`. Nothing is checked here but the shape of the call. */
export function operation<K extends string, P extends object>(kind: K, params: P): Readonly<P> & { readonly kind: K } {
  if (typeof params !== "object" || params === null || Array.isArray(params)) {
    throw new TypeError(`${kind}() takes one object with the operation's parameters`);
  }
  if ("kind" in params) throw new TypeError(`${kind}() sets the kind itself; leave "kind" out`);
  const data = { kind, ...params };
  Object.defineProperty(data, WRITTEN_AT, { value: new Error().stack });
  return Object.freeze(data);
}
