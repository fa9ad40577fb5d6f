import { parse } from "csv-parse/sync";
import type { RowFormat } from "../core/data/file-value.ts";
import type { GivenRow } from "../core/data/given-rows.ts";
import type { GivenValue } from "../core/data/given-value.ts";
import { ToolError } from "../core/errors.ts";

/** The rows of a text of the one form or the other. Throws what `csvRows` and `jsonRows` throw. */
export const rowsOfText = (file: string, kind: RowFormat, text: string): readonly GivenRow[] =>
  kind === "csv" ? csvRows(file, text) : jsonRows(file, text);

/**
 * The rows of a CSV text (RFC 4180), whose first line names the columns. A field with nothing in it is NULL, and `""` an empty text. Throws ToolError
 * `migration` with the line.
 */
export function csvRows(file: string, text: string): readonly GivenRow[] {
  const [header, ...lines] = parseCsv(file, text);
  if (!header) throw wrong(file, "it is empty; its first line names the columns");
  const names = header.record.map((name) => name ?? "");
  if (names.includes("")) throw wrong(file, "its first line names the columns, and one of the names is empty");
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw wrong(file, `its first line names "${twice}" twice`);
  return lines.map(({ record, info }) => ({
    place: `line ${info.lines}`,
    values: Object.fromEntries(names.map((name, i) => [name, record[i] ?? null])),
  }));
}

interface Line {
  readonly record: readonly (string | null)[];
  /** `lines`: the one that it ends on. */
  readonly info: { readonly lines: number };
}

function parseCsv(file: string, text: string): readonly Line[] {
  try {
    const parsed: unknown = parse(text, {
      info: true,
      record_delimiter: ["\r\n", "\n"],
      skip_empty_lines: true,
      cast: (value, { quoting }) => (value === "" && !quoting ? null : value),
    });
    return parsed as readonly Line[];
  } catch (error) {
    throw wrong(file, error instanceof Error ? error.message : String(error));
  }
}

/**
 * The rows of a JSON text: a list of objects, column → value. Throws ToolError `migration` for another shape, and for a number with more digits than
 * a number of JavaScript keeps.
 */
export function jsonRows(file: string, text: string): readonly GivenRow[] {
  const parsed = parseJson(file, text);
  if (!Array.isArray(parsed)) throw wrong(file, "it is not a list of rows, [{ … }, { … }]");
  return parsed.map((row: unknown, i) => {
    if (typeof row !== "object" || row === null || Array.isArray(row))
      throw wrong(file, `row ${i + 1} is not an object, { "column": value }`);
    return { place: `row ${i + 1}`, values: row as Readonly<Record<string, GivenValue>> };
  });
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text, refuseInexact);
  } catch (error) {
    throw wrong(file, error instanceof Error ? error.message : String(error));
  }
}

/** What the text was, engines tell since ECMAScript's "JSON.parse source text access"; without it only whole numbers can be judged. */
function refuseInexact(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== "number") return value;
  const source = context?.source ?? String(value);
  const digits = source.replace(/e.*$/i, "").replace(/\D/g, "").replace(/^0+/, "");
  if (Number.isInteger(value) ? Number.isSafeInteger(value) || digits.length <= 15 : digits.length <= 17) return value;
  throw new Error(`the number ${source} has more digits than a number in JSON keeps; write it as a text, "${source}"`);
}

const wrong = (file: string, message: string): ToolError => new ToolError("migration", `${file}: ${message}`, { file });
