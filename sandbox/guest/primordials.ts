/**
 * The built-ins that the sandbox's own code needs, kept before a migration runs. A migration may replace any global or
 * prototype method; nothing below looks one up again.
 */
export const { apply, construct, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
export const { isArray } = Array;
export const { hasOwn } = Object;
export const { isFinite: isFiniteNumber } = Number;
export const { parse, stringify } = JSON;
export const {
  BigInt: toBigInt,
  Error: NativeError,
  Map: NativeMap,
  Number: toNumber,
  Promise: NativePromise,
  TypeError: NativeTypeError,
  WeakMap: NativeWeakMap,
} = globalThis;
export const speciesKey: symbol = Symbol.species;
export const asyncIteratorKey: symbol = Symbol.asyncIterator;
export const objectPrototype: object = Object.prototype;
export const arrayPrototype: object = Array.prototype;
export const writtenAt: symbol = Symbol.for("godwit.written-at");

const { slice } = String.prototype;
const { has, add } = WeakSet.prototype;
const { get, set, has: hasKey, delete: remove } = Map.prototype;
const { get: getWeak, set: setWeak } = WeakMap.prototype;
export const { then: nativeThen } = Promise.prototype;
const { freeze } = Object;
const NativeBytes = Uint8Array;
const typedArrayPrototype = getPrototypeOf(Uint8Array.prototype) as object;
const typedArrayName = getter(typedArrayPrototype, Symbol.toStringTag);
const typedArrayLength = getter(typedArrayPrototype, "length");

const proxies = new WeakSet<object>();

/** The first `length` UTF-16 units. */
export function shorten(text: string, length: number): string {
  return apply(slice, text, [0, length]) as string;
}

export const mapGet = (map: object, key: unknown): unknown => apply(get, map, [key]);
export const mapSet = (map: object, key: unknown, value: unknown): unknown => apply(set, map, [key, value]);
export const mapHas = (map: object, key: unknown): boolean => apply(hasKey, map, [key]) as boolean;
export const mapDelete = (map: object, key: unknown): unknown => apply(remove, map, [key]);
export const weakGet = (map: object, key: object): unknown => apply(getWeak, map, [key]);
export const weakSet = (map: object, key: object, value: unknown): unknown => apply(setWeak, map, [key, value]);

/** So many zeros. */
export const makeBytes = (length: number): Uint8Array => new NativeBytes(length);

/** What a lower-case hexadecimal digit means. */
export function hexValue(digit: string | undefined): number {
  for (let i = 0; i < 16; i++) if (digits[i] === digit) return i;
  return 0;
}

const digits = "0123456789abcdef";

/** The same value, with all that it holds frozen; only for what holds no more than itself. */
export function freezeDeep<T extends object>(value: T): T {
  const keys = ownKeys(value);
  for (let i = 0; i < keys.length; i++) {
    const inner: unknown = getOwnPropertyDescriptor(value, keys[i] as PropertyKey)?.value;
    if ((typeof inner === "object" && inner !== null) || typeof inner === "function") freezeDeep(inner);
  }
  return freeze(value);
}

/** From one UTF-16 unit up to another. */
export const cut = (text: string, from: number, to: number): string => apply(slice, text, [from, to]) as string;

/** True for a typed array of exactly this class, whatever its prototype says now. */
export function isBytes(value: object): value is Uint8Array {
  return apply(typedArrayName, value, []) === "Uint8Array";
}

/** Number of elements of a typed array, whatever its properties say. */
export function byteCount(value: Uint8Array): number {
  return apply(typedArrayLength, value, []) as number;
}

/** A Proxy cannot be told from its target, so those made here are written down when they are made. */
export function isProxy(value: object): boolean {
  return apply(has, proxies, [value]) as boolean;
}

/** Puts a `Proxy` in place that behaves like the real one and is remembered. */
export function watchProxies(): void {
  const Native = globalThis.Proxy;
  const { revocable } = Native;
  function Proxy(target: object, handler: ProxyHandler<object>): object {
    if (new.target === undefined) throw new TypeError("Proxy must be called with new");
    return remember(new Native(target, handler));
  }
  Proxy.revocable = (target: object, handler: ProxyHandler<object>) => {
    const made = apply(revocable, Native, [target, handler]) as { proxy: object; revoke: () => void };
    remember(made.proxy);
    return made;
  };
  defineProperty(globalThis, "Proxy", { value: Proxy, writable: true, configurable: true });
}

function remember(proxy: object): object {
  apply(add, proxies, [proxy]);
  return proxy;
}

function getter(owner: object, key: PropertyKey): () => unknown {
  return getOwnPropertyDescriptor(owner, key)?.get as () => unknown;
}
