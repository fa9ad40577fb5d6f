/**
 * Whether two values of plain data say the same: what `canonicalJson` would write alike, without writing it. Members that are absent are like those
 * that are `undefined`, and members have no order.
 */
export function sameData(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && sameItems(a, b);
  return !Array.isArray(b) && sameMembers(a as Members, b as Members);
}

type Members = Readonly<Record<string, unknown>>;

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!sameData(a[i], b[i])) return false;
  return true;
}

/** All of one are in the other; where both have as many, there are no more. */
function sameMembers(a: Members, b: Members): boolean {
  let more = 0;
  for (const key in a) {
    if (a[key] === undefined) continue;
    if (!sameData(a[key], b[key])) return false;
    more++;
  }
  for (const key in b) if (b[key] !== undefined) more--;
  return more === 0;
}
