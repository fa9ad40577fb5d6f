import type { TableImage } from "../../core/ddl/statement.ts";
import { type Token, tokenize } from "./tokens.ts";

/**
 * The table with expressions that call its columns by their names alone. Some tools write `CHECK ("users"."age" > 18)`, which SQLite takes, but a
 * table that is made anew under a name of its own cannot have it.
 */
export function withPlainNames(table: TableImage): TableImage {
  if (!table.constraints && table.indexes.every(({ where }) => where === undefined)) return table;
  const plain = (sql: string) => withoutTable(sql, table.name);
  return {
    ...table,
    indexes: table.indexes.map((index) =>
      index.where === undefined ? index : { ...index, where: plain(index.where) },
    ),
    ...(table.constraints && {
      constraints: table.constraints.map((c) => ("check" in c ? { ...c, check: plain(c.check) } : c)),
    }),
  };
}

/** `"users"."age" > 18` in the table `users` is `"age" > 18`. */
function withoutTable(sql: string, table: string): string {
  const tokens = tokenize(sql);
  let text = "";
  let end = 0;
  for (const [i, token] of tokens.entries()) {
    const cut = prefixOf(token, tokens[i + 1], table);
    if (cut === 0) continue;
    text += sql.slice(end, token.start);
    end = token.start + cut;
  }
  return text + sql.slice(end);
}

/** How many characters of the text from this token on say whose column follows. What is not in quotes is one word with its dot. */
function prefixOf(token: Token, next: Token | undefined, table: string): number {
  const name = table.toLowerCase();
  if (token.kind === "word" && token.text.toLowerCase().startsWith(`${name}.`)) return name.length + 1;
  const isName = (token.kind === "name" || token.kind === "word") && token.value.toLowerCase() === name;
  const dotted = next?.kind === "word" && next.text.startsWith(".") && next.start === token.start + token.text.length;
  return isName && dotted ? token.text.length + 1 : 0;
}
