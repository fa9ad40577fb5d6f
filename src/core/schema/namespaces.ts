import { ToolError } from "../errors.ts";
import type { Namespace, Schema } from "./model.ts";

/** The namespaces that a schema declares. */
export const namespacesOf = (schema: Pick<Schema, "namespaces">): readonly Namespace[] => schema.namespaces ?? [];

/** The schema with other namespaces; an empty list means none. */
export function withNamespaces(schema: Schema, namespaces: readonly Namespace[]): Schema {
  const { namespaces: _, ...rest } = schema;
  return namespaces.length > 0 ? { ...rest, namespaces } : rest;
}

/** Throws ToolError `state` when there is no such namespace. */
export function getNamespace(schema: Schema, name: string): Namespace {
  const found = namespacesOf(schema).find((each) => each.name === name);
  if (!found) throw new ToolError("state", `there is no namespace "${name}" at this point`, { namespace: name });
  return found;
}

/** A name and the namespace that it is in. */
export interface QualifiedName {
  readonly namespace: string;
  readonly name: string;
}

/** The parts of a name whose first one is a namespace; `undefined` for any other, which may well have dots in it. */
export function qualifiedName(name: string, namespaces: readonly string[]): QualifiedName | undefined {
  const at = namespaces.length > 0 ? name.indexOf(".") : -1;
  if (at < 0 || at === name.length - 1) return undefined;
  const namespace = name.slice(0, at);
  return namespaces.includes(namespace) ? { namespace, name: name.slice(at + 1) } : undefined;
}

/** The names of the namespaces that a schema declares. */
export const namespaceNames = (schema: Pick<Schema, "namespaces">): readonly string[] =>
  namespacesOf(schema).map(({ name }) => name);

/** The name of an index of a table as it stands beside the names of tables: it is in the namespace of its own. */
export function placeOf(name: string, table: string, namespaces: readonly string[]): string {
  const place = qualifiedName(table, namespaces);
  return place ? `${place.namespace}.${name}` : name;
}

/**
 * What constraints and indexes that have no name are called after: the name of their table without its namespace. What a name means cannot be
 * known everywhere, so whatever stands before a first dot counts as one.
 */
export function behindNamespace(name: string): string {
  const at = name.indexOf(".");
  return at > 0 && at < name.length - 1 ? name.slice(at + 1) : name;
}

/** All names in a schema that may be in a namespace. */
export const namesInSchema = ({
  tables,
  views = [],
  enums = [],
  objects = [],
  ...lists
}: Schema): readonly string[] => [
  ...tables.map(({ name }) => name),
  ...views.map(({ name }) => name),
  ...[...enums, ...(lists.domains ?? []), ...(lists.sequences ?? [])].map(({ name }) => name),
  ...objects.flatMap(({ name, table }) => (table === undefined ? [name] : [])),
];
