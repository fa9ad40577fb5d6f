import type { Namespace } from "./model.ts";

/** The namespaces of all lists, each once, in the order in which they first appear; a later description wins. */
export function mergeNamespaces<N extends Namespace>(files: readonly (readonly N[])[]): readonly N[] {
  const found = new Map<string, N>();
  for (const namespace of files.flat()) found.set(namespace.name, { ...found.get(namespace.name), ...namespace });
  return [...found.values()];
}
