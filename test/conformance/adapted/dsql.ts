/**
 * Examples as they can be there: what is added to a table may be NULL, keys and types stay as they were made, and no predicate names the type of
 * an enum.
 */
export function adapt<T>(example: T): T {
  if (typeof example === "string") return example.replace("::audit.level", "") as T;
  if (Array.isArray(example)) return example.filter(isSupported).map((item) => adapt<unknown>(item)) as T;
  if (typeof example !== "object" || example === null || example instanceof Uint8Array) return example;
  const { kind, field } = example as { readonly kind?: string; readonly field?: object };
  if (kind === "addField") return { ...example, field: { ...field, nullable: true, autoUpdate: false } };
  return Object.fromEntries(Object.entries(example).map(([key, value]) => [key, adapt<unknown>(value)])) as T;
}

const isSupported = (item: unknown): boolean => {
  const { kind } = item as { readonly kind?: string };
  return kind !== "alterField" && kind !== "alterPrimaryKey";
};
