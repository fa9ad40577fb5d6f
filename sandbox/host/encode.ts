/** Plain data as decode.ts reads it, and the guest too; it holds no key `__proto__`. */
export function encode(value: unknown): string {
  const state = { tagged: false };
  const text = JSON.stringify(tag(value, state));
  return `${state.tagged ? "~" : "="}${text}`;
}

function tag(value: unknown, state: { tagged: boolean }): unknown {
  if (Array.isArray(value)) return value.map((item) => tag(item, state));
  const tagged = (kind: string, inside: unknown): unknown => {
    state.tagged = true;
    return { $: kind, v: inside };
  };
  if (typeof value === "bigint") return tagged("bigint", `${value}`);
  if (value instanceof Uint8Array) return tagged("bytes", Buffer.from(value).toString("hex"));
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, tag(member, state)]));
  return Object.hasOwn(fields, "$") ? tagged("object", [fields]) : fields;
}
