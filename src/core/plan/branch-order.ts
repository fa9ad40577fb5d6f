import type { Migration } from "./migration.ts";

/**
 * What merges say about the order of the branches that they join: migration → what runs before it besides its dependencies. `order` is any order in which
 * dependencies come first; what it has right already is left out.
 */
export function branchOrder(
  order: readonly Migration[],
  merges: readonly Migration[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const places = new Map(order.map((migration, i) => [migration.name, { migration, i }]));
  const before = new Map<string, Set<string>>();
  let isNews = false;
  for (const { dependencies } of merges)
    for (const [i, head] of dependencies.entries()) {
      const earlier = dependencies.slice(0, i);
      if (earlier.length === 0) continue;
      for (const name of firstOf(ownOf(head, earlier, places), places))
        for (const each of earlier) {
          before.set(name, (before.get(name) ?? new Set()).add(each));
          isNews ||= (places.get(each)?.i ?? 0) > (places.get(name)?.i ?? 0);
        }
    }
  return isNews ? before : new Map();
}

type Places = ReadonlyMap<string, { readonly migration: Migration; readonly i: number }>;

/**
 * What a head needs and the earlier ones do not, itself included. Both sides are walked back from the newest on, only as far as they differ, so that it takes as
 * long as the branches are and not as the history is.
 */
function ownOf(head: string, earlier: readonly string[], places: Places): ReadonlySet<string> {
  const [mine, theirs] = [new Set([head]), new Set(earlier)];
  const own = new Set<string>();
  const open = new Set([head, ...earlier]);
  // Whatever is open and not known to be theirs may still turn out to be.
  const isUndecided = (): boolean => [...open].some((name) => mine.has(name) && !theirs.has(name));
  while (isUndecided()) {
    let last: { readonly migration: Migration; readonly i: number } | undefined;
    for (const name of open) {
      const place = places.get(name);
      if (place && (!last || place.i > last.i)) last = place;
    }
    if (!last) break;
    const { name, dependencies } = last.migration;
    open.delete(name);
    if (mine.has(name) && !theirs.has(name)) own.add(name);
    for (const each of dependencies) {
      open.add(each);
      if (mine.has(name)) mine.add(each);
      if (theirs.has(name)) theirs.add(each);
    }
  }
  return own;
}

/** Those of them that need none of the others. */
const firstOf = (names: ReadonlySet<string>, places: Places): readonly string[] =>
  [...names].filter((name) => !places.get(name)?.migration.dependencies.some((each) => names.has(each)));
