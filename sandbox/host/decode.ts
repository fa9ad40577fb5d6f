/** What came out of the guest's serializer. `places` leads from a path in the value to a guest stack. */
export type Decoded =
  | { readonly value: unknown; readonly places: Places }
  | { readonly path: string; readonly problem: string; readonly places: Places };

export type Places = readonly (readonly [path: string, stack: string])[];

/** Stands where the value has a function, which stays in the sandbox; nothing that is plain data is this. */
export const functionMark: object = Object.freeze({ function: true });

/** Reads the text that sandbox/guest/serialize.ts describes. */
export function decode(text: string): Decoded {
  const end = text.lastIndexOf("\n");
  const places = JSON.parse(text.slice(end + 1)) as Places;
  const body: unknown = JSON.parse(text.slice(1, end));
  if (text.startsWith("!")) return { ...(body as { path: string; problem: string }), places };
  return { value: text.startsWith("~") ? untag(body) : body, places };
}

/** A value without bigints and bytes, as the guest's serializer writes it when it notes no places. */
export const encodePlain = (value: unknown): string => `=${JSON.stringify(value)}\n[]`;

function untag(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(untag);
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Readonly<Record<string, unknown>>;
  switch (fields["$"]) {
    case undefined:
      return untagFields(fields);
    case "bigint":
      return BigInt(fields["v"] as string);
    case "function":
      return functionMark;
    case "bytes":
      return Uint8Array.fromHex(fields["v"] as string);
    default:
      return untagFields((fields["v"] as readonly Readonly<Record<string, unknown>>[])[0] ?? {});
  }
}

function untagFields(fields: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, untag(value)]));
}
