/** What the built-in modules use of packages that have no types of their own. */
declare module "papaparse" {
  interface ParseError {
    readonly message: string;
    /** Number of the row, from 0. */
    readonly row?: number;
  }
  interface ParseConfig {
    readonly delimiter: string;
    readonly quoteChar: string;
    readonly comments: string | false;
    readonly skipEmptyLines: boolean;
  }
  const papa: {
    parse(text: string, config: ParseConfig): { readonly data: string[][]; readonly errors: readonly ParseError[] };
  };
  export default papa;
}

declare module "lodash.deburr" {
  export default function deburr(text: string): string;
}
