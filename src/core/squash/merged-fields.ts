import type { Operation } from "../operations/index.ts";
import { canonicalJson } from "../schema/canonical.ts";
import type { Field } from "../schema/model.ts";

type Alter = Extract<Operation, { readonly kind: "alterField" }>;
type Add = Extract<Operation, { readonly kind: "addField" }>;

/**
 * Two changes of a field as one. Two where the values of rows were converted twice, because on the way they could have lost something, or filled in
 * twice.
 */
export function mergedAlters(
  first: Alter,
  second: Alter,
  { old, middle, last }: { readonly old: Field; readonly middle: Field; readonly last: Field },
): Alter | "neither" | undefined {
  const [once, again] = [!sameValues(old, middle), !sameValues(middle, last)];
  const [earlier, later] = [converts(first), converts(second)];
  if ((once && again) || (earlier && later) || (once && later) || (earlier && again)) return undefined;
  if (fills(first, old, middle) && (last.nullable || !sameDefault(middle, last))) return undefined;
  if (second.fill !== undefined && !old.nullable) return undefined;
  const { fill = second.fill, using = second.using, method = second.method } = first;
  const plain = !once && !again && fill === undefined && !fills(first, old, middle);
  if (plain && canonicalJson(old) === canonicalJson(last)) return "neither";
  return {
    kind: "alterField",
    table: second.table,
    field: second.field,
    ...(fill !== undefined && { fill }),
    ...(using !== undefined && { using }),
    ...(method !== undefined && { method }),
  };
}

/** A field that is added and then changed, as one that is added: where rows get the same from it, or NULL from both. */
export function mergedIntoNew(
  first: Add,
  second: Alter,
  { middle, last }: { readonly middle: Field; readonly last: Field },
): Add | undefined {
  const { foreignKey, primaryKey, inherited } = first.field;
  if (foreignKey || primaryKey || inherited || first.fill !== undefined || second.using !== undefined || second.method)
    return undefined;
  const empty = middle.nullable && middle.default === undefined && isPlain(middle);
  if (!isPlain(last) || (!empty && !sameValues(middle, last)) || !sameDefault(middle, last)) return undefined;
  if (second.fill !== undefined && !(empty && last.default === undefined)) return undefined;
  return {
    kind: "addField",
    table: first.table,
    field: second.field,
    ...(second.fill !== undefined && { fill: second.fill }),
  };
}

/** What decides on the values that are in rows already. */
function sameValues(one: Field, other: Field): boolean {
  const values = ({ nullable: _, default: __, comment: ___, ...rest }: Field) => canonicalJson(rest);
  return values(one) === values(other);
}

const sameDefault = (one: Field, other: Field): boolean =>
  canonicalJson(one.default ?? null) === canonicalJson(other.default ?? null);

const converts = ({ using, method, fill }: Alter): boolean =>
  using !== undefined || method !== undefined || fill !== undefined;

/** Whether rows without a value get one: that which is said, or the default. */
const fills = ({ fill }: Alter, old: Field, now: Field): boolean =>
  fill !== undefined || (old.nullable && !now.nullable && (now.default !== undefined || now.autoCreate === true));

/** Neither numbered nor computed by the database. */
const isPlain = ({ generated, identity, autoCreate, autoUpdate, type }: Field): boolean =>
  generated === undefined && identity === undefined && !autoCreate && !autoUpdate && !/serial$/.test(type);
