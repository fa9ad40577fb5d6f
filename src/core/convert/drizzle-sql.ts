import type { Dialect } from "../ddl/dialect.ts";
import { splitScript } from "../sql-files/split.ts";

/** A text of Drizzle without its marks, which are no comment to MySQL. What stands before one ends as a statement does; lines stay where they are. */
export function drizzleSql(text: string, { scriptSyntax }: Dialect): string {
  const pieces = text.split("--> statement-breakpoint");
  const ended = pieces.map((piece, i) => {
    const last = splitScript(piece, scriptSyntax).at(-1);
    const end = last ? last.offset + last.text.length : 0;
    if (!last || i === pieces.length - 1 || /^\s*;/.test(piece.slice(end))) return piece;
    return `${piece.slice(0, end)};${piece.slice(end)}`;
  });
  return ended.join("");
}
