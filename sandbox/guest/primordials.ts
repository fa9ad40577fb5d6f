/**
 * The built-ins that the sandbox's own code needs, kept before a migration runs. A migration may replace any global or
 * prototype method; nothing below looks one up again.
 */
export const { apply, construct, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
export const { isArray } = Array;
export const { hasOwn } = Object;
export const { isFinite: isFiniteNumber } = Number;
export const { parse, stringify } = JSON;
export const objectPrototype: object = Object.prototype;
export const arrayPrototype: object = Array.prototype;
export const writtenAt: symbol = Symbol.for("godwit.written-at");

const { slice } = String.prototype;
const { has, add } = WeakSet.prototype;
const typedArrayPrototype = getPrototypeOf(Uint8Array.prototype) as object;
const typedArrayName = getter(typedArrayPrototype, Symbol.toStringTag);
const typedArrayLength = getter(typedArrayPrototype, "length");

const proxies = new WeakSet<object>();

/** The first `length` UTF-16 units. */
export function shorten(text: string, length: number): string {
  return apply(slice, text, [0, length]) as string;
}

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
