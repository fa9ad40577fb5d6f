import { qualifiedName } from "../schema/namespaces.ts";
import type { Quote } from "./sql.ts";

/** Between a namespace and a name: half of a surrogate pair, which no name has that an author gives or a database tells. */
const mark = "\uDC00";

/** The name as a statement has it that is about to be rendered, which tells `audit.events` in the namespace `audit` from the plain name. */
export function marked(name: string, namespaces: readonly string[]): string {
  const place = qualifiedName(name, namespaces);
  return place ? `${place.namespace}${mark}${place.name}` : name;
}

/** The namespace of a marked name; `undefined` where it is in none. */
export function namespaceOf(name: string): string | undefined {
  const at = name.indexOf(mark);
  return at < 0 ? undefined : name.slice(0, at);
}

/** A marked name without its namespace. */
export const localName = (name: string): string => name.slice(name.indexOf(mark) + 1);

/** A marked name as it stands in a schema. */
export const unmarked = (name: string): string => name.replace(mark, ".");

/** A further name in the namespace of a marked one: indexes and sequences are where their table is. */
export function beside(name: string, further: string): string {
  const namespace = namespaceOf(name);
  return namespace === undefined ? further : `${namespace}${mark}${further}`;
}

/** A quote that takes marked names, too. */
export const quoteQualified =
  (quote: Quote): Quote =>
  (name) =>
    name.includes(mark) ? name.split(mark).map(quote).join(".") : quote(name);
