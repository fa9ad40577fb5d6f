/** Names for a message, each in quotes; of many only the first. */
export function quoted(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => `"${name}"`);
  return [...shown, ...(names.length > 5 ? [`${names.length - 5} more`] : [])].join(", ");
}
