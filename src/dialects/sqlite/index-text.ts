import { definitionsOf } from "./definitions.ts";
import { isKeyword, tokenize } from "./tokens.ts";

/** What only the text of a CREATE INDEX tells. */
export interface IndexText {
  /** What it covers, as it is written, without a trailing ASC or DESC. */
  readonly elements: readonly string[];
  /** The predicate of a partial index. */
  readonly where?: string;
}

/** Reads the text that `sqlite_schema` keeps of an index. */
export function readIndexText(sql: string): IndexText {
  const { parts, end } = definitionsOf(sql);
  const behind = sql.slice(end);
  const where = (behind === "" ? [] : tokenize(behind)).find((t) => t.depth === 0 && isKeyword(t, "WHERE"));
  return {
    elements: parts.map(elementText),
    ...(where && { where: behind.slice(where.start + where.text.length).trim() }),
  };
}

const plain = /^\s*(?:\w+|"[^"]*")\s*$/;

function elementText(part: string): string {
  if (plain.test(part)) return part.trim();
  const tokens = tokenize(part);
  const last = tokens.at(-1);
  const end = isKeyword(last, "ASC") || isKeyword(last, "DESC") ? tokens.at(-2) : last;
  return part.slice(tokens[0]?.start ?? 0, (end?.start ?? 0) + (end?.text.length ?? 0));
}
