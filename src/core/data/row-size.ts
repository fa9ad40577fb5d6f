import type { RowValue } from "../operations/params.ts";
import type { DataRow } from "./order.ts";

/** About how many characters a migration has for a row, from above but for texts of odd characters. */
export function rowSize(row: DataRow): number {
  let size = 8;
  for (const name in row) size += name.length + 4 + valueSize(row[name] ?? null);
  return size;
}

function valueSize(value: RowValue): number {
  if (typeof value === "string") return value.length + 2;
  if (value instanceof Uint8Array) return value.length * 5 + 18;
  if (value !== null && typeof value === "object") return value.defaultRef.length + 20;
  return 20;
}
