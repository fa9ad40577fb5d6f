import { textOf } from "./attributes.ts";
import { fieldNamed } from "./columns.ts";
import type { PrismaModel } from "./document.ts";
import type { Expression } from "./parse.ts";
import { fault } from "./tokens.ts";

/** The condition of a partial index: `raw("x > 0")`, or `{ x: 1, deleted: null, y: { not: 2 } }`. Throws ToolError `schema` for any other. */
export function predicate(model: PrismaModel, where: Expression): string {
  const raw = where.kind === "call" && where.name === "raw" ? textOf(where.args[0]?.value) : undefined;
  if (raw !== undefined) return raw;
  if (where.kind !== "object") throw fault(where.at, `"where" is either raw("…") or { field: value }`);
  return where.entries
    .map(({ name = "", value }) => {
      const { column } = fieldNamed(model, name, value.at);
      const not = value.kind === "object" ? value.entries.find((entry) => entry.name === "not")?.value : undefined;
      return condition(`"${column.replaceAll('"', '""')}"`, not ?? value, not !== undefined);
    })
    .join(" AND ");
}

function condition(column: string, value: Expression, negated: boolean): string {
  if (value.kind === "word" && value.value === "null") return `${column} IS ${negated ? "NOT " : ""}NULL`;
  if (value.kind === "text") return `${column} ${negated ? "<>" : "="} '${value.value.replaceAll("'", "''")}'`;
  if (value.kind === "number" || value.kind === "word") return `${column} ${negated ? "<>" : "="} ${value.value}`;
  throw fault(value.at, "a condition compares a field with a value");
}
