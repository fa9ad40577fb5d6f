import type { Dialect } from "../ddl/dialect.ts";
import { goose, splitScript } from "../sql-files/split.ts";
import { wholes } from "../sql-files/transactions.ts";

/**
 * The texts that a script has to be sent in: all of it where it runs in a transaction, else statement by statement, because several in one message are a
 * transaction to PostgreSQL. Comments stay with the statement after them.
 */
export function piecesOf(script: string, transaction: boolean, dialect: Dialect): readonly string[] {
  const { scriptSyntax, bookkeeping } = dialect;
  const statements = splitScript(script, scriptSyntax);
  const alone = statements.some(({ text }) => bookkeeping.standsAlone(text) === "always");
  if (statements.length < 2 || (transaction && !alone)) return [script.trim()];
  const parts = transaction ? statements : wholes(script, statements);
  let from = 0;
  return parts.map(({ text, offset }) => {
    const comments = script.slice(from, offset).replace(/^\s*;/, "");
    from = offset + text.length;
    const kept = comments.split("\n").filter((line) => line.trim().startsWith("--") && !isMark(line.trim()));
    return [...kept, text].join("\n");
  });
}

const isMark = (line: string): boolean => goose.begin.test(line) || goose.end.test(line);
