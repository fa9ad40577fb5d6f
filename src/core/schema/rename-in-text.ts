import { isBareName } from "./sql-names.ts";

/** What a text of SQL calls something, and what it is to call it. Names may have a namespace before them. */
export interface NameChange {
  readonly from: string;
  readonly to: string;
}

/** A type where types stand beyond doubt: behind `::`, and in CAST. A column may well have the same name. */
export const renameType = (sql: string, change: NameChange): string =>
  outsideOfTexts(sql, (part) =>
    part.replace(
      new RegExp(`(::\\s*|\\bAS\\s+)${pattern(change.from)}`, "giu"),
      (_, before) => before + written(change.to),
    ),
  );

/** A type in the head of a function, among its arguments and in what it gives, too. */
export function renameTypeInRoutine(definition: string, change: NameChange): string {
  const at = /\bAS\s+['$]|\bBEGIN\s+ATOMIC\b|\bRETURN\b/iu.exec(definition)?.index ?? definition.length;
  const end = String.raw`(?=\s*(?:\[\s*\]\s*)*(?:[,)]|$|\s(?:DEFAULT|LANGUAGE|AS|IMMUTABLE|STABLE|VOLATILE|STRICT|RETURNS|CALLED|SECURITY|PARALLEL|COST|ROWS|SET)\b))`;
  const place = new RegExp(`(?<=[\\s(,])${pattern(change.from)}${end}`, "giu");
  const head = outsideOfTexts(definition.slice(0, at), (part) => part.replace(place, () => written(change.to)));
  return renameType(head, change) + renameType(definition.slice(at), change);
}

/** `f(mood, integer)` when `mood` gets another name. */
export function renameArguments(name: string, { from, to }: NameChange): string {
  const at = name.indexOf("(");
  if (at < 0) return name;
  const place = new RegExp(`(?<=[(,\\s])${pattern(from)}(?=\\s*(?:\\[\\]\\s*)*[,)])`, "giu");
  return name.slice(0, at) + name.slice(at).replace(place, () => written(to));
}

/** A sequence in the text that is an argument of `nextval` and the like. */
export const renameSequence = (sql: string, { from, to }: NameChange): string =>
  sql.replace(
    new RegExp(`(\\b(?:nextval|currval|setval)\\s*\\(\\s*)'${pattern(from)}'`, "giu"),
    (_, before) => `${before}'${written(to).replaceAll("'", "''")}'`,
  );

/** What stands before a dot, outside of texts and in those that name a sequence. */
export function renameQualifier(sql: string, { from, to }: NameChange): string {
  const part = new RegExp(`(?<![\\p{L}\\p{N}_$."])${pattern(from, false)}(?=\\s*\\.)`, "giu");
  const counted = new RegExp(`(\\b(?:nextval|currval|setval)\\s*\\(\\s*')${pattern(from, false)}(?=\\.)`, "giu");
  const quoted = isBareName(to) ? to : `"${to.replaceAll('"', '""')}"`;
  return outsideOfTexts(sql, (text) => text.replace(part, () => quoted)).replace(
    counted,
    (_, before) => before + quoted.replaceAll("'", "''"),
  );
}

/** The SQL with what is neither a string nor the body of a function changed. */
const outsideOfTexts = (sql: string, change: (part: string) => string): string =>
  sql
    .split(/('(?:[^']|'')*'|\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$[\s\S]*?\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$)/u)
    .map((part, i) => (i % 2 === 0 ? change(part) : part))
    .join("");

/** A name as SQL may write it, and no longer one. */
const pattern = (name: string, whole = true): string =>
  `${partsOf(name)
    .map((part) => {
      const quoted = `"${escaped(part.replaceAll('"', '""'))}"`;
      return /^[a-z_][a-z0-9_$]*$/.test(part) ? `(?:${quoted}|${escaped(part)})` : quoted;
    })
    .join("\\s*\\.\\s*")}(?![\\p{L}\\p{N}_$"]${whole ? "|\\s*\\." : ""})`;

const written = (name: string): string =>
  partsOf(name)
    .map((part) => (isBareName(part) ? part : `"${part.replaceAll('"', '""')}"`))
    .join(".");

function partsOf(name: string): readonly string[] {
  const at = name.indexOf(".");
  return at > 0 && at < name.length - 1 ? [name.slice(0, at), name.slice(at + 1)] : [name];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
