/** What the sources use of JavaScript that Node 20 does not have yet, under the names that src/build/library.ts puts in their place. */

/** `Promise.withResolvers`, since Node 22. */
export function withResolvers<T>() {
  let resolve: (value: T | PromiseLike<T>) => void = () => undefined;
  let reject: (reason?: unknown) => void = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

/** `Map.groupBy`, since Node 21. */
export function groupInMap<K, T>(items: Iterable<T>, keyOf: (item: T, index: number) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** `Uint8Array.fromHex`, since Node 25. */
export const bytesFromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));
