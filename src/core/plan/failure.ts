import { ToolError } from "../errors.ts";
import type { Action } from "./plan.ts";

/**
 * The error of a statement with all a person needs to find it: migration, operation, the SQL and a caret where the
 * database says the mistake is. `data` gains migration, operation (from 0), title, line and column (from 1); for a migration in SQL also
 * the file, whose lines and columns these are then.
 */
export function failureOf(error: ToolError, migration: string, action?: Action): ToolError {
  const { sql, offset, detail, hint, code } = error.data;
  const source = action?.source;
  const where = action && !source ? `, operation ${action.operation + 1} (${action.title})` : "";
  const indent = (source?.column ?? 1) - 1;
  const text = typeof sql === "string" ? " ".repeat(indent) + sql : undefined;
  const position = text !== undefined && typeof offset === "number" ? positionIn(text, indent + offset) : undefined;
  const firstLine = source?.line ?? 1;
  const place = position ? { line: firstLine + position.line - 1, column: position.column } : source;
  const lines = [
    `${source && place ? `${source.file}:${place.line}:${place.column}: ` : ""}migration "${migration}"${where}: ${error.message}${typeof code === "string" && code ? ` [${code}]` : ""}`,
    ...(text === undefined ? [] : excerpt(text, position, firstLine)),
    ...(typeof detail === "string" ? [`detail: ${detail}`] : []),
    ...(typeof hint === "string" ? [`hint: ${hint}`] : []),
  ];
  const data = {
    ...error.data,
    migration,
    ...(action && { operation: action.operation, title: action.title }),
    ...(source && { file: source.file }),
    // Of what a function sent, its own place says more than that in the SQL.
    ...(place && error.data["file"] === undefined && { line: place.line, column: place.column }),
  };
  return new ToolError(error.code, lines.join("\n"), data, { cause: error });
}

interface LineColumn {
  readonly line: number;
  readonly column: number;
}

function positionIn(sql: string, offset: number): LineColumn {
  const before = sql.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** The line in question with its neighbours and a caret below it; without a position, the beginning. Lines count from `firstLine`. */
function excerpt(sql: string, position: LineColumn | undefined, firstLine: number): readonly string[] {
  const lines = sql.trimEnd().split(/\r?\n/);
  const first = position ? Math.max(1, position.line - 2) : 1;
  const last = Math.min(lines.length, position ? position.line + 1 : maxLines);
  const gutter = String(firstLine + last - 1).length + 2;
  const shown = lines.slice(first - 1, last).flatMap((text, i) => {
    const line = first + i;
    const at = position?.line === line ? position.column : undefined;
    const { part, column } = window(text, at);
    const row = `${String(firstLine + line - 1).padStart(gutter)} | ${part}`;
    return at === undefined ? [row] : [row, `${" ".repeat(gutter)} | ${" ".repeat(column - 1)}^ column ${at}`];
  });
  return last < lines.length && !position
    ? [...shown, `${" ".repeat(gutter)} | … ${lines.length - last} more lines`]
    : shown;
}

const maxLines = 8;
const maxWidth = 110;

/** A part of a long line around a column. */
function window(text: string, column = 1): { readonly part: string; readonly column: number } {
  if (text.length <= maxWidth) return { part: text, column };
  const start = Math.max(0, Math.min(column - Math.floor(maxWidth / 2), text.length - maxWidth));
  const end = start + maxWidth;
  const part = `${start > 0 ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
  return { part, column: column - start + (start > 0 ? 1 : 0) };
}
