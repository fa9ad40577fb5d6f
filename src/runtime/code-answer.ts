import type { Row } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";

/** Characters of one answer. The sandbox keeps it beside the rows that it makes of it. */
const MAX_LENGTH = 16 * 1024 * 1024;

/** Rows as sandbox/guest/answer.ts reads them. Throws ToolError `limit` for what is too large. */
export function answerRows(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  let text = `{"columns":${JSON.stringify(columns)},"rows":[`;
  for (const [i, row] of rows.entries()) {
    text += `${i === 0 ? "" : ","}[${columns.map((column) => written(row[column])).join(",")}]`;
    if (text.length > MAX_LENGTH)
      throw new ToolError(
        "limit",
        `the rows of one query are larger than ${MAX_LENGTH / 1024 / 1024} MiB; read them with db.batches(), and only the columns that you need`,
      );
  }
  return `${text}]}`;
}

export const answerChanges = ({ changes }: { readonly changes: number }): string =>
  JSON.stringify({ rowsAffected: changes });

/** A value as JSON; what JSON has no word for is an object with one key. */
function written(value: unknown): string {
  switch (typeof value) {
    case "string":
    case "boolean":
      return JSON.stringify(value);
    case "number":
      return Number.isFinite(value) ? JSON.stringify(value) : `{"f":"${value}"}`;
    case "bigint":
      return `{"n":"${value}"}`;
    case "object":
      if (value === null) return "null";
      if (value instanceof Uint8Array) return `{"b":"${Buffer.from(value).toString("hex")}"}`;
      // A driver of somebody's own may make objects of them.
      return JSON.stringify(value instanceof Date ? value.toISOString() : JSON.stringify(value));
    default:
      return "null";
  }
}
