import { ToolError } from "../errors.ts";
import { canonicalJson } from "./canonical.ts";
import type { Domain, Extension, Schema, Sequence } from "./model.ts";

/** What a schema lists beside its tables and is told apart by names. */
export interface Listed {
  readonly extensions: Extension;
  readonly domains: Domain;
  readonly sequences: Sequence;
}
export type ListKey = keyof Listed;

/** Each with the word for one of them, in the order in which they are made. */
export const listWords = { extensions: "extension", domains: "domain", sequences: "sequence" } as const;
export const listKeys = Object.keys(listWords) as readonly ListKey[];

export const listed = <K extends ListKey>(schema: Pick<Schema, ListKey>, key: K): readonly Listed[K][] =>
  (schema[key] ?? []) as readonly Listed[K][];

export const findListed = <K extends ListKey>(schema: Schema, key: K, name: string): Listed[K] | undefined =>
  listed(schema, key).find((thing) => thing.name === name);

/** Throws ToolError `state` when there is none of that name. */
export function getListed<K extends ListKey>(schema: Schema, key: K, name: string): Listed[K] {
  const found = findListed(schema, key, name);
  if (found) return found;
  throw new ToolError("state", `${listWords[key]} "${name}" does not exist at this point`, { [listWords[key]]: name });
}

/** The schema with another list; an empty one means none. */
export function withListed<K extends ListKey>(schema: Schema, key: K, list: readonly Listed[K][]): Schema {
  const { [key]: _, ...rest } = schema;
  return (list.length > 0 ? { ...rest, [key]: list } : rest) as Schema;
}

/** The schema with one more. Throws ToolError `state` when the name is taken. */
export function withNew<K extends ListKey>(schema: Schema, key: K, thing: Listed[K]): Schema {
  if (!findListed(schema, key, thing.name)) return withListed(schema, key, [...listed(schema, key), thing]);
  throw new ToolError("state", `${listWords[key]} "${thing.name}" exists already at this point`, {
    [listWords[key]]: thing.name,
  });
}

/** The schema with one in the place of that of its name. Throws ToolError `state` when there is none, or it is the same. */
export function withChanged<K extends ListKey>(schema: Schema, key: K, thing: Listed[K]): Schema {
  const old = getListed(schema, key, thing.name);
  if (canonicalJson(old) === canonicalJson(thing))
    throw new ToolError("state", `${listWords[key]} "${thing.name}" is like this already at this point`, {
      [listWords[key]]: thing.name,
    });
  return withListed(
    schema,
    key,
    listed(schema, key).map((other) => (other === old ? thing : other)),
  );
}

/** The schema without one. Throws ToolError `state` when there is none of that name. */
export function withoutListed<K extends ListKey>(schema: Schema, key: K, name: string): Schema {
  const old = getListed(schema, key, name);
  return withListed(
    schema,
    key,
    listed(schema, key).filter((other) => other !== old),
  );
}
