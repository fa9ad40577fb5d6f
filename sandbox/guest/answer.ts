import { defineProperty, hexValue, makeBytes, parse, toBigInt, toNumber } from "./primordials.ts";

/** The rows of a query. */
export type Rows = readonly object[];

/** What the host says to a call: see sandbox/host/code-data.ts, which writes it. */
export type Answer =
  | { readonly value: unknown }
  | { readonly error: { readonly message: string; readonly code: string } };

interface Written {
  readonly error?: { readonly message: string; readonly code: string };
  readonly columns?: readonly string[];
  readonly rows?: readonly (readonly unknown[])[];
  readonly rowsAffected?: number;
}

export function parseAnswer(text: string): Answer {
  const { error, columns, rows, rowsAffected } = parse(text) as Written;
  if (error !== undefined) return { error };
  if (columns === undefined || rows === undefined) return { value: { rowsAffected } };
  const list: object[] = [];
  for (let i = 0; i < rows.length; i++) put(list, i, rowOf(columns, rows[i] as readonly unknown[]));
  return { value: list };
}

/** A column may have any name: `__proto__` too is only a key. */
function rowOf(columns: readonly string[], values: readonly unknown[]): object {
  const row = {};
  for (let i = 0; i < columns.length; i++) put(row, columns[i] as string, valueOf(values[i]));
  return row;
}

/** Assigning would call a setter that the author may have planted on a prototype. */
function put(owner: object, key: string | number, value: unknown): void {
  defineProperty(owner, key, { value, writable: true, configurable: true, enumerable: true });
}

/** Whatever JSON has no word for is an object with one key. */
function valueOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { n, b, f } = value as { readonly n?: string; readonly b?: string; readonly f?: string };
  if (n !== undefined) return toBigInt(n);
  return b === undefined ? toNumber(f) : bytesOf(b);
}

function bytesOf(hex: string): Uint8Array {
  const bytes = makeBytes(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = hexValue(hex[2 * i]) * 16 + hexValue(hex[2 * i + 1]);
  return bytes;
}
