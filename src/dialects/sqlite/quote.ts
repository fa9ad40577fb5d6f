import type { Value } from "../../core/ddl/dialect.ts";
import { stringLiteral } from "../../core/ddl/sql.ts";
import { ToolError } from "../../core/errors.ts";

/** SQLite itself bounds names only by the length of a statement (a million bytes by default). */
export const maxIdentifierBytes = 1_000_000;

/** `"name"`, quotes doubled. Throws ToolError `params` for a name with a NUL, at which SQLite would stop reading. */
export function quote(name: string): string {
  return `"${withoutNul(name).replaceAll('"', '""')}"`;
}

/**
 * The name between backticks. SQLite reads an unknown `"name"` as a string wherever an expression may stand, so that an
 * index on a column that is not there would silently index a constant; between backticks it is an error.
 */
export function quoteInExpression(name: string): string {
  return `\`${withoutNul(name).replaceAll("`", "``")}\``;
}

/**
 * A value as an SQL literal; booleans are 1 and 0. Throws ToolError `params` for numbers that are not finite and integers beyond 64 bits.
 * A text with a NUL is an expression, because SQL text ends at a NUL.
 */
export function literal(value: Value): string {
  if (value === null) return "NULL";
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value === "string") return textLiteral(value);
  if (typeof value === "bigint") return integerLiteral(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value))
      throw new ToolError("params", `${value} cannot be stored in SQLite; use null or a finite number`, {
        value: String(value),
      });
    return Object.is(value, -0) ? "-0.0" : String(value);
  }
  return `X'${Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("")}'`;
}

/** Whether the text is one SQL literal or word, which SQLite takes as a default without parentheses; there, a name is a text. */
export const isPlainDefault = (sql: string): boolean => plainDefault.test(sql);

/** Whether all rows there are could be given this default without evaluating anything. */
export const isConstantDefault = (sql: string): boolean =>
  plainDefault.test(sql) && !/^CURRENT_(?:TIMESTAMP|DATE|TIME)$/i.test(sql);

const plainDefault =
  /^(?:'(?:[^']|'')*'|X'(?:[0-9a-f]{2})*'|[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?|"(?:[^"]|"")*"|[a-z_]\w*)$/i;

function textLiteral(text: string): string {
  if (!text.includes("\0")) return stringLiteral(text);
  return `(${text.split("\0").map(stringLiteral).join(" || char(0) || ")})`;
}

function integerLiteral(value: bigint): string {
  if (BigInt.asIntN(64, value) !== value) {
    throw new ToolError("params", `${value} does not fit into the 64 bits of an SQLite integer; store it as text`, {
      value: String(value),
    });
  }
  // Written without its sign the smallest integer is too large, and would become a float.
  return value === -(2n ** 63n) ? "(-9223372036854775807 - 1)" : String(value);
}

function withoutNul(name: string): string {
  if (!name.includes("\0")) return name;
  throw new ToolError(
    "params",
    `the name ${JSON.stringify(name)} contains a NUL character, which SQLite cannot store; rename it`,
    { name },
  );
}
