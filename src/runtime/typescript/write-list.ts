import { snakeCase } from "../../core/schema/snake-case.ts";
import type { TableType } from "./choose-tables.ts";
import { type Draft, type Entry, type Property, words } from "./draft.ts";
import { propertiesOf } from "./field-type.ts";
import { hasTag, tagOf } from "./tags.ts";
import { leaveOut } from "./write-field.ts";

/**
 * A property with rows of another table. Where both have such of each other, it is a many_to_many field of the one that is first; where the
 * other one refers to this table, nothing is to be added; anything else is listed.
 */
export function writeList(property: Property, table: TableType, draft: Draft): Entry | undefined {
  const other = property.target;
  if (!other) return undefined;
  const leave = (reason: string) => void leaveOut(property, { draft, table, kind: "list", reason });
  if (!draft.wanted(other.name)) return leave(`it holds rows of table "${other.name}", which is left out`);
  const through = throughOf(property);
  const self = table === other;
  const [mine, theirs] = [peers(table, other, through, draft), self ? [] : peers(other, table, through, draft)];
  const all = [...mine, ...theirs];
  const unclear = `it is not clear which of the lists between "${table.of.name}" and "${other.of.name}" belong together; give both of each pair a @through of their own`;
  const asked = through !== undefined || all.some(({ typed }) => hasTag(typed, "manyToMany"));
  const explained = referencesTo(table, other, draft) > 0;
  const relations = self ? Math.floor(mine.length / 2) : Math.min(mine.length, theirs.length);
  if (asked && (self ? mine.length > 2 : mine.length > 1 || theirs.length > 1)) return leave(unclear);
  if (!asked && (relations > 1 || (self && relations > 0 && explained))) return leave(unclear);
  if (!asked && mine.length > relations * (self ? 2 : 1) && !explained)
    return leave(
      relations > 0
        ? unclear
        : `no property of "${other.of.name}" refers to "${table.of.name}"; add one, or say @manyToMany`,
    );
  if (!asked && relations === 0) return undefined;
  const wide = [table, other].find(({ key }) => key.length > 1);
  if (wide) return leave(`the key of "${wide.of.name}" has several fields; declare the table between the two`);
  return isFirst(property, all, draft) ? manyToMany(property, other, through, draft) : undefined;
}

/** The lists of a table with rows of another one that name this junction table, or none. */
const peers = (table: TableType, other: TableType, through: string | undefined, draft: Draft): readonly Property[] =>
  propertiesOf(table, draft).filter((one) => one.kind === "list" && one.target === other && throughOf(one) === through);

const throughOf = ({ typed }: Property): string | undefined => {
  const name = words(tagOf(typed, "through")?.text ?? "")[0];
  return name === undefined ? undefined : snakeCase(name);
};

/** How many properties of the other table refer to this one. */
const referencesTo = (table: TableType, other: TableType, draft: Draft): number =>
  propertiesOf(other, draft).filter((one) => one.kind === "reference" && one.target === table).length;

/** One relation is one field, be it seen from both sides. */
function isFirst(property: Property, sides: readonly Property[], draft: Draft): boolean {
  const order = draft.tables.flatMap((table) => propertiesOf(table, draft)).filter((one) => sides.includes(one));
  return order[0] === property;
}

function manyToMany({ member }: Property, other: TableType, through: string | undefined, draft: Draft): Entry {
  const entry: Entry = {
    name: snakeCase(member.name),
    type: "many_to_many",
    many_to_many: { table: other.name, ...(through !== undefined && { through }) },
  };
  draft.places.set(entry, { at: member.at });
  return entry;
}
