/** What `godwit compile` made: imported as JSON or as a module, alone or with its default export. `undefined` for everything else. */
export function compiledIn(files: unknown): unknown {
  const { format, default: inner } = Object(files) as { readonly format?: unknown; readonly default?: unknown };
  if (format === "godwit compiled") return files;
  return (Object(inner) as { readonly format?: unknown }).format === "godwit compiled" ? inner : undefined;
}

/** What kind of value something is, for messages. */
export const kindOf = (value: unknown): string => {
  if (value === null || value === undefined) return String(value);
  return Array.isArray(value) ? "a list" : `${typeof value === "object" ? "an" : "a"} ${typeof value}`;
};
