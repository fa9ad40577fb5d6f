import type { Dialect } from "../ddl/dialect.ts";
import type { Operation } from "../operations/index.ts";
import { normalizeSql } from "../sql-files/normalize.ts";
import type { SqlHalf } from "./define.ts";
import { piecesOf } from "./pieces.ts";
import { withoutWrap } from "./transactions.ts";

/** A half with one text for all databases. */
export type PlainHalf = SqlHalf & { readonly text: string };

export const isText = (half: SqlHalf): half is PlainHalf => typeof half.text === "string";

/**
 * The SQL of a migration in operations, word for word. The last thing that was done is taken back first: with as many pieces each way, the last ones belong together.
 */
export function sqlOperations(up: SqlHalf, down: SqlHalf | undefined, dialect: Dialect): readonly Operation[] {
  if (!isText(up) || (down && !isText(down))) return [runSql(forEach(up, dialect), down && forEach(down, dialect))];
  const forward = halfPieces(up, dialect);
  if (!down) return forward.map((text) => runSql(text, undefined));
  const backward = halfPieces({ ...down, text: textOf(down.text) }, dialect);
  const count = Math.max(forward.length, backward.length);
  return Array.from({ length: count }, (_, i) => runSql(forward[i] ?? "", backward[count - 1 - i] ?? ""));
}

/** Of SQL for several databases, each keeps its text whole. */
function forEach({ text, transaction }: SqlHalf, { scriptSyntax }: Dialect): SqlHalf["text"] {
  if (typeof text === "string") return textOf(text);
  const whole = (sql: string): string => textOf(transaction ? withoutWrap(sql, scriptSyntax) : sql);
  return Object.fromEntries(Object.entries(text).map(([name, sql]) => [name, whole(sql)]));
}

const textOf = (text: string): string => (normalizeSql(text) === "" ? "" : text.trim());

const halfPieces = ({ text, transaction }: PlainHalf, dialect: Dialect): readonly string[] =>
  piecesOf(transaction ? withoutWrap(text, dialect.scriptSyntax) : text, transaction, dialect);

export const runSql = (forward: SqlHalf["text"], backward: SqlHalf["text"] | undefined): Operation => ({
  kind: "runSQL",
  forward,
  ...(backward !== undefined && { backward }),
});
