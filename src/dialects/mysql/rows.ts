import type { RowReading, Value } from "../../core/ddl/dialect.ts";
import type { Column } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { quote } from "./quote.ts";
import { canonicalType } from "./types.ts";

/** The driver gives numbers, texts and bytes as they are. A FLOAT would be written with six digits, so it is read as a DOUBLE. */
export const rows: RowReading = {
  begin: "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;\nSTART TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY",
  expression: ({ name, type }) =>
    canonicalType(type).startsWith("float") ? `CAST(${quote(name)} AS DOUBLE)` : quote(name),
  value: (found, column) => {
    if (found === null || found === undefined) return null;
    if (typeof found === "number") return numberIn(found, column);
    if (typeof found === "string" || typeof found === "bigint" || found instanceof Uint8Array) return found;
    throw new ToolError(
      "unsupported",
      `a migration cannot hold the values of column "${column.name}", which is ${column.type}; leave the rows out`,
      { column: column.name },
    );
  },
};

function numberIn(value: number, { type }: Column): Value {
  const name = canonicalType(type);
  if (name === "tinyint(1)" && (value === 0 || value === 1)) return value === 1;
  return name.startsWith("float") ? shortest(value) : value;
}

/** The shortest number that is the same in 32 bits. */
function shortest(value: number): number {
  for (let digits = 6; digits < 10; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === Math.fround(value) && Math.abs(short) <= largest) return short;
  }
  return value;
}

/** The largest FLOAT; the server refuses what is more, even if it would be rounded to it. */
const largest = Math.fround(3.4028234e38);
