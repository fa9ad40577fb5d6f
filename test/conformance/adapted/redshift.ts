interface Indexed {
  readonly indexes?: readonly { readonly unique?: boolean }[];
}

/** Examples as they can be there: keys that nobody carries out, nothing that sets itself, and no indexes in the tables that there are. */
export const adapt = <T>(example: T): T => adapted(example, (table) => ({ ...table, indexes: [] }));

/** Schemas as they can be there, or are refused: indexes that foreign keys may refer to stay. */
export const adaptSchema = <T>(schema: T): T =>
  adapted(schema, (table) => ({ ...table, indexes: (table.indexes ?? []).filter(({ unique }) => unique) }));

function adapted<T>(example: T, table: (table: Indexed) => object): T {
  if (Array.isArray(example)) return example.map((item) => adapted<unknown>(item, table)) as T;
  if (typeof example !== "object" || example === null || example instanceof Uint8Array) return example;
  const entries = Object.entries(example).filter(([key]) => key !== "autoUpdate" && key !== "onDeleteFields");
  const values = entries.map(([key, value]) => {
    if (key === "onDelete" || key === "onUpdate") return [key, "NO ACTION"];
    const inside = adapted<unknown>(value, table);
    return [key, key === "tables" && Array.isArray(inside) ? inside.map(table) : inside];
  });
  return Object.fromEntries(values) as T;
}
