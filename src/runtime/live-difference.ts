import type { LiveSchema } from "../core/ddl/dialect.ts";
import { canonicalJson } from "../core/schema/canonical.ts";

/** The first thing that is not the same in two databases, in words; `undefined` where all is. */
export function differenceOf(one: LiveSchema, other: LiveSchema): string | undefined {
  const [here, there] = [thingsOf(one), thingsOf(other)];
  const different = [...new Set([...here.keys(), ...there.keys()])].find((name) => here.get(name) !== there.get(name));
  if (different === undefined) return undefined;
  if (!there.has(different)) return `${different} is missing`;
  return here.has(different) ? `${different} is another` : `${different} is too much`;
}

/** What it is called → what it is. Indexes, constraints and keys of a table have no order. */
function thingsOf({ tables, ...lists }: LiveSchema): ReadonlyMap<string, string> {
  const things = new Map(tables.map((table) => [`table "${table.name}"`, canonicalJson(sortedParts(table))]));
  for (const [kind, list = []] of Object.entries(lists))
    for (const thing of list) {
      const name = "name" in thing ? thing.name : thing.object;
      const owner = "table" in thing && thing.table !== undefined ? `${thing.table}.` : "";
      things.set(`${kind} "${owner}${name}"`, canonicalJson(thing));
    }
  return things;
}

const sortedParts = (table: LiveSchema["tables"][number]): object =>
  Object.fromEntries(
    Object.entries(table).map(([key, value]) => [
      key,
      Array.isArray(value) && key !== "columns" && key !== "primaryKey" ? value.map(canonicalJson).sort() : value,
    ]),
  );
