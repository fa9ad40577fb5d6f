import type { Value } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import { lexemeAt } from "../../core/sql-files/lexeme.ts";
import { scriptSyntax } from "./script-syntax.ts";

/** What tedious says of a column of a result. */
export interface ResultColumn {
  readonly colName: string;
  readonly type: { readonly name: string };
  readonly scale?: number | undefined;
}

/** A value as godwit passes it on: integers of any size, texts, bytes; times as text. Throws ToolError `database` for a decimal whose digits are lost. */
export function plainValue(value: unknown, column: ResultColumn): unknown {
  if (value === null || value === undefined) return null;
  const kind = column.type.name;
  if (kind === "BigInt" || (kind === "IntN" && typeof value === "string"))
    return Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value as string);
  if (value instanceof Date) return momentOf(value as Moment, kind, column.scale ?? 7);
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (typeof value === "number" && /^(?:Numeric|Decimal|Money|SmallMoney)/.test(kind))
    return exactDecimal(value, column);
  return value;
}

/** A client's number has no room for more digits than 15 or 16; such a value has to be asked for as a text. */
function exactDecimal(value: number, { colName, type, scale }: ResultColumn): number {
  const digits = /Money/.test(type.name) ? 4 : (scale ?? 0);
  if (Math.abs(value) * 10 ** digits <= Number.MAX_SAFE_INTEGER) return value;
  throw new ToolError(
    "database",
    `column "${colName}" of the result has a decimal with more digits than a number here can have; ask for it as a text: CAST(${colName || "…"} AS NVARCHAR(50))`,
    { column: colName },
  );
}

/** tedious adds what is below a millisecond, in seconds. */
type Moment = Date & { readonly nanosecondsDelta?: number };

function momentOf(value: Moment, kind: string, scale: number): string {
  const [day = "", clock = ""] = value.toISOString().slice(0, -1).split("T");
  if (kind === "Date") return day;
  const below = Math.round((value.nanosecondsDelta ?? 0) * 1e7);
  const digits = `${clock.slice(9)}${String(below).padStart(4, "0")}`;
  const legacy = /^(?:Small)?DateTime(?:N)?$/.test(kind);
  const fraction = legacy ? clock.slice(9) : digits.slice(0, scale);
  const time = `${clock.slice(0, 8)}${fraction === "" ? "" : `.${fraction}`}`;
  if (kind === "Time") return time;
  return kind === "DateTimeOffset" ? `${day} ${time} +00:00` : `${day} ${time}`;
}

/** The type of a parameter, by its name in tedious, and the value as tedious wants it. */
export function boundValue(value: Value): {
  readonly type: "Bit" | "BigInt" | "Int" | "Float" | "NVarChar" | "VarBinary";
  readonly value: unknown;
} {
  if (typeof value === "boolean") return { type: "Bit", value };
  if (typeof value === "bigint")
    return BigInt.asIntN(64, value) === value ? { type: "BigInt", value } : { type: "NVarChar", value: String(value) };
  if (typeof value === "number") {
    if (!Number.isInteger(value)) return { type: "Float", value };
    if (Math.abs(value) < 2 ** 31) return { type: "Int", value };
    return Number.isSafeInteger(value) ? { type: "BigInt", value: BigInt(value) } : { type: "Float", value };
  }
  return value instanceof Uint8Array ? { type: "VarBinary", value: Buffer.from(value) } : { type: "NVarChar", value };
}

/** The SQL with NULL itself in the place of parameters that are: as one, it would have a type, and not every type becomes every other. */
export function withNulls(sql: string, parameters: readonly Value[]): string {
  if (!parameters.includes(null)) return sql;
  let text = "";
  for (let at = 0; at < sql.length; ) {
    const { kind, start, end } = lexemeAt(sql, at, scriptSyntax);
    const next =
      kind === "symbol" && sql[start] === "@" && end < sql.length ? lexemeAt(sql, end, scriptSyntax) : undefined;
    const number = next?.kind === "word" ? /^p(\d+)$/.exec(sql.slice(next.start, next.end))?.[1] : undefined;
    const isNull = number !== undefined && sql[start - 1] !== "@" && parameters[Number(number) - 1] === null;
    at = isNull && next ? next.end : end;
    text += isNull ? "NULL" : sql.slice(start, at);
  }
  return text;
}
