import { type Quote, stringLiteral } from "../../core/ddl/sql.ts";

/** An anonymous code block, for what needs to look something up in the catalog first. */
export const doBlock = (body: readonly string[]): string => {
  const text = body.join("\n");
  const tag = dollarTag(text);
  return `DO ${tag}\n${text}\n${tag}`;
};

/** A dollar quote that does not occur in the text: names inside a block may hold anything. */
export function dollarTag(text: string): string {
  for (let n = 0; ; n++) {
    const tag = `$godwit${n || ""}$`;
    if (!text.includes(tag)) return tag;
  }
}

/** The table as an object identifier. */
export const regclass = (quote: Quote, table: string): string => `${stringLiteral(quote(table))}::REGCLASS`;
