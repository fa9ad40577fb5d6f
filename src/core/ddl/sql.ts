/**
 * The few shapes that SQL text is built from: keywords upper-case, two spaces of indentation, no trailing semicolon. Names
 * always go through a dialect's `quote`; nothing here quotes.
 */
export type Quote = (name: string) => string;

/** `a, b`, each name quoted. */
export const names = (quote: Quote, list: readonly string[]): string => list.map(quote).join(", ");

/** `(a, b)`, each name quoted. */
export const nameList = (quote: Quote, list: readonly string[]): string => `(${names(quote, list)})`;

/** Words and clauses with one space between them; what is empty, `false` or `undefined` is left out. */
export function words(...parts: readonly (string | false | undefined)[]): string {
  let text = "";
  for (const part of parts) if (part) text = text === "" ? part : `${text} ${part}`;
  return text;
}

/** Clauses on lines of their own; what is empty, `false` or `undefined` is left out. */
export const lines = (...parts: readonly (string | false | undefined)[]): string => parts.filter(Boolean).join("\n");

/** A head and a parenthesised list with one item per line. */
export const block = (head: string, items: readonly string[]): string =>
  `${head} (\n${items.map((item) => `  ${item}`).join(",\n")}\n)`;

/** Items separated by commas, one per line, moved right. */
export const stacked = (items: readonly string[]): string => items.map((item) => `  ${item}`).join(",\n");

/** The list in pieces of at most `size` items. */
export function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
}

/** A text as a standard SQL string literal: quotes doubled, backslashes left alone. */
export const stringLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`;
