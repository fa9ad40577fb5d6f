/** Without what TiDB does not have in an index, texts with a default as varchars, and with a character that names may have in the place of one that they may not. */
export function adapt<T>(example: T): T {
  if (typeof example === "string") return example.replaceAll("😀", "☃") as T;
  if (Array.isArray(example)) return example.map((item) => adapt<unknown>(item)) as T;
  if (typeof example !== "object" || example === null || example instanceof Uint8Array) return example;
  const entries = Object.entries(example).filter(([key]) => key !== "order" && key !== "where");
  const isText = entries.some(([key, value]) => key === "type" && value === "text") && "default" in example;
  const adapted = Object.fromEntries(entries.map(([key, value]) => [adapt(key), adapt<unknown>(value)]));
  return { ...adapted, ...(isText && { type: "varchar", length: 200 }) } as T;
}
