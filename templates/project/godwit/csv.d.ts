// Types of the module "godwit/csv" that migrations import. Written by godwit; a newer godwit may write it again.

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
export function parseRows(text: string, options?: CsvOptions): string[][];

/** The rows of a CSV text whose first row names the columns: one object per row. */
export function parseRecords(text: string, options?: CsvOptions): Record<string, string>[];
