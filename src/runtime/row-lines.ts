import type { FileValue, RowFormat } from "../core/data/file-value.ts";

// The text of files of rows, as row-files.ts reads it.

/** What stands before the rows. */
export const headOf = (columns: readonly string[], format: RowFormat): string =>
  format === "csv" ? `${columns.map(csvField).join(",")}\n` : "[";

/** A row; in JSON, one after another has a comma before it. */
export function lineOf(
  columns: readonly string[],
  values: readonly FileValue[],
  format: RowFormat,
  first: boolean,
): string {
  if (format === "csv") return `${values.map(csvField).join(",")}\n`;
  const members = columns.map((name, i) => `${JSON.stringify(name)}: ${jsonValue(values[i] ?? null)}`);
  return `${first ? "" : ","}\n  { ${members.join(", ")} }`;
}

/** What stands behind the rows. */
export const tailOf = (format: RowFormat): string => (format === "csv" ? "" : "\n]\n");

/** Nothing is NULL, and quotes an empty text. A byte order mark at the beginning would be taken for that of the file. */
function csvField(value: FileValue): string {
  if (value === null) return "";
  const text = String(value);
  return text === "" || /[",\r\n]|^[\s\uFEFF]|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const jsonValue = (value: FileValue): string => (Object.is(value, -0) ? "-0" : JSON.stringify(value));
