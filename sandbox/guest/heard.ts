import {
  apply,
  defineProperty,
  mapDelete,
  mapGet,
  mapHas,
  mapSet,
  NativeMap,
  NativePromise,
  nativeThen,
  speciesKey,
} from "./primordials.ts";

/** What promises were rejected with of which nobody has heard, by their number. */
const unheard = new NativeMap<number, unknown>();
let made = 0;
let count = 0;

/**
 * The same promise, watched: when it is rejected and nobody ever looks at it, `firstUnheard` knows. Awaiting a plain promise of one's own kind calls
 * nothing that could be noticed; one with another `constructor` is awaited by its `then`.
 */
export function heard(promise: Promise<unknown>): Promise<unknown> {
  const id = ++made;
  let looked = false;
  apply(nativeThen, promise, [
    undefined,
    (error: unknown) => {
      if (looked) return;
      mapSet(unheard, id, error);
      count++;
    },
  ]);
  const then = (done: unknown, failed: unknown): Promise<unknown> => {
    looked = true;
    if (mapHas(unheard, id)) {
      mapDelete(unheard, id);
      count--;
    }
    return heard(apply(nativeThen, promise, [done, failed]) as Promise<unknown>);
  };
  defineProperty(promise, "constructor", { value: another });
  defineProperty(promise, "then", { value: then });
  return promise;
}

/** What `then` and `finally` of such a promise make is a promise like any other. */
const another: object = defineSpecies();

function defineSpecies(): object {
  const species = {};
  defineProperty(species, speciesKey, { value: NativePromise });
  return species;
}

/** What the first of them was rejected with. */
export function firstUnheard(): { readonly error: unknown } | undefined {
  if (count === 0) return undefined;
  for (let id = 1; id <= made; id++) if (mapHas(unheard, id)) return { error: mapGet(unheard, id) };
  return undefined;
}
