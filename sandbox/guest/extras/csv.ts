/** The module that migrations import as `"godwit/csv"`. It runs inside the sandbox. */
import papa from "papaparse";

/** How a CSV text is written. */
export interface CsvOptions {
  /** Between fields; default: ",". */
  readonly delimiter?: string;
  /** Around fields that hold delimiters or line ends; doubled inside of them. Default: '"'. */
  readonly quote?: string;
  /** Lines that begin with it are passed over; default: none are. */
  readonly comment?: string;
}

/** The rows of a CSV text (RFC 4180), each a list of texts. Empty lines are passed over. */
export function parseRows(text: string, options: CsvOptions = {}): string[][] {
  const { delimiter = ",", quote = '"', comment } = options;
  if (typeof text !== "string") throw new TypeError(`a text in CSV is needed, not ${typeof text}`);
  if (delimiter.length !== 1 || quote.length !== 1 || /[\r\n]/.test(delimiter + quote) || delimiter === quote)
    throw new TypeError("a delimiter and a quote of CSV are one character each, and not the same");
  const { data, errors } = papa.parse(text, {
    delimiter,
    quoteChar: quote,
    comments: comment ?? false,
    skipEmptyLines: true,
  });
  const [error] = errors;
  if (error) throw new TypeError(`row ${(error.row ?? 0) + 1} of the CSV text: ${error.message}`);
  return data;
}

/** The rows of a CSV text whose first row names the columns: one object per row. */
export function parseRecords(text: string, options: CsvOptions = {}): Record<string, string>[] {
  const [names = [], ...rows] = parseRows(text, options);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new TypeError(`the CSV text has two columns "${twice}"`);
  return rows.map((row, i) => {
    if (row.length === names.length) return Object.fromEntries(names.map((name, at) => [name, row[at] ?? ""]));
    throw new TypeError(`row ${i + 2} of the CSV text has ${row.length} fields, and the first has ${names.length}`);
  });
}
