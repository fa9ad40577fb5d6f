import type { DeclaredNamespace } from "./declared.ts";
import { at, child, complain, isMapping, items, missing, type Part, readName, readText } from "./part.ts";
import { databasesKeys, readDatabases } from "./read-databases.ts";

export const namespaceKeys = ["name", "comment", ...databasesKeys] as const;

/** The `namespaces` of a file: names, or mappings that also describe them. */
export function readNamespaces(part: Part): readonly DeclaredNamespace[] {
  const found: DeclaredNamespace[] = [];
  for (const item of items(part, "namespace")) {
    const namespace = readNamespace(item);
    if (!namespace) continue;
    if (found.some(({ name }) => name === namespace.name))
      complain(item, `"${namespace.name}" is declared twice in this file`);
    else found.push(namespace);
  }
  return found;
}

function readNamespace(item: Part): DeclaredNamespace | undefined {
  const plain = typeof item.value !== "object" || Array.isArray(item.value);
  if (!plain && !isMapping(item, namespaceKeys)) return undefined;
  const name = readName(plain ? item : child(item, "name"));
  const comment = plain ? undefined : readText(child(item, "comment"));
  if (name === undefined) return plain ? undefined : missing(item, "name");
  if (name.includes("."))
    return void complain(item, `"${name}" has a dot in its name; what stands before a dot is a namespace already`);
  return { name, ...(comment !== undefined && { comment }), ...(plain ? {} : readDatabases(item)), at: at(item) };
}
