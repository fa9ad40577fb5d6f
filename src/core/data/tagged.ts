import { ToolError } from "../errors.ts";

/**
 * Plain data as JSON can hold it: a bigint becomes `{"$bigint": "5"}`, bytes `{"$bytes": "00ff"}`, and an object that would be taken for
 * one of these stands inside `{"$plain": …}`.
 */
export function tagged(value: unknown): unknown {
  if (typeof value === "bigint") return { $bigint: `${value}` };
  if (value instanceof Uint8Array) return { $bytes: hexOf(value) };
  if (Array.isArray(value)) return value.map(tagged);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const plain = Object.fromEntries(members.map(([key, member]) => [key, tagged(member)]));
  return tagOf(plain) === undefined ? plain : { $plain: plain };
}

/**
 * What `tagged` was given. Throws ToolError `params` for what it never makes: data nested deeper than any operation, the key
 * `__proto__`, a bigint or bytes that are none.
 */
export function untagged(value: unknown, depth = 0): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth > MAX_DEPTH) throw new ToolError("params", `is nested deeper than ${MAX_DEPTH} levels`);
  if (Array.isArray(value)) return untaggedItems(value, depth);
  const fields = value as Fields;
  const tag = tagOf(fields);
  if (tag === "$bigint") return bigintOf(fields[tag]);
  if (tag === "$bytes") return bytesOf(fields[tag]);
  if (tag === "$plain") return untaggedFields(asFields(fields[tag]), depth);
  return untaggedFields(fields, depth);
}

type Fields = Readonly<Record<string, unknown>>;

/** The sandbox lets no deeper data out. */
const MAX_DEPTH = 64;

const tags = ["$bigint", "$bytes", "$plain"] as const;

function tagOf(fields: Fields): (typeof tags)[number] | undefined {
  const keys = Object.keys(fields);
  return keys.length === 1 ? tags.find((tag) => tag === keys[0]) : undefined;
}

/** Most data holds nothing that is tagged, and is not copied then. */
function untaggedFields(fields: Fields, depth: number): Fields {
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(fields)) {
    if (key === "__proto__") throw new ToolError("params", 'has the key "__proto__"');
    const found = fields[key];
    const value = untagged(found, depth + 1);
    if (value === found) continue;
    copy ??= { ...fields };
    copy[key] = value;
  }
  return copy ?? fields;
}

function untaggedItems(items: readonly unknown[], depth: number): readonly unknown[] {
  const values = items.map((item) => untagged(item, depth + 1));
  return values.every((value, i) => value === items[i]) ? items : values;
}

function asFields(value: unknown): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  throw new ToolError("params", 'has a "$plain" that is no object');
}

function bigintOf(value: unknown): bigint {
  if (typeof value === "string" && /^(?:0|-?[1-9]\d{0,999})$/.test(value)) return BigInt(value);
  throw new ToolError("params", 'has a "$bigint" that is no number');
}

function bytesOf(value: unknown): Uint8Array {
  if (typeof value === "string" && /^(?:[0-9a-f]{2})*$/.test(value)) return fromHex(value);
  throw new ToolError("params", 'has "$bytes" that are none');
}

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

const fromHex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
