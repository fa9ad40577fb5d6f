/**
 * Whether two SQL texts are the same but for white space, comments, the case of bare words, quotes that a name does not need, and what
 * says how it is made but not what: OR REPLACE, IF NOT EXISTS, a semicolon at the end.
 */
export const sameSql = (a: string, b: string): boolean => a === b || canonicalSql(a) === canonicalSql(b);

/** The form in which SQL texts are compared; see `sameSql`. */
export const canonicalSql = (sql: string): string => sqlTokens(withoutEnd(sql)).join(" ").replace(howItIsMade, "$1");

/** The tokens of an SQL text, bare words in lower case, without comments. The bodies of functions in SQL and PL/pgSQL are taken apart too. */
export function sqlTokens(sql: string): readonly string[] {
  const readable = /\blanguage\s+'?"?(?:sql|plpgsql)\b/i.test(sql) || !/\blanguage\b/i.test(sql);
  return (sql.match(pieces) ?? []).flatMap((piece) => {
    if (blank.test(piece)) return [];
    if (quotedWord.test(piece)) return [piece.slice(1, -1)];
    const body = readable ? dollarBody.exec(piece)?.[2] : undefined;
    if (body !== undefined) return ["$$", ...sqlTokens(withoutEnd(body)), "$$"];
    if (dollarBody.test(piece)) return [piece.replace(dollarBody, "$$$$$2$$$$")];
    return [/^[\p{L}_]/u.test(piece) && !piece.includes("'") ? piece.toLowerCase() : piece];
  });
}

/** Whether an SQL text names something, in whatever case it is written bare. */
export function mentions(sql: string, name: string): boolean {
  const quoted = `"${name.replaceAll('"', '""')}"`;
  const bare = name.toLowerCase();
  const found = namesIn(sql);
  return found.has(bare) || found.has(quoted) || (name.includes(".") && mentionsQualified(found, name));
}

/** `audit.events` may be a name in a namespace, either part of which is written in its own way. */
function mentionsQualified(found: ReadonlySet<string>, name: string): boolean {
  const at = name.indexOf(".");
  const ways = (part: string): readonly string[] => [part.toLowerCase(), `"${part.replaceAll('"', '""')}"`];
  return ways(name.slice(0, at)).some((first) =>
    ways(name.slice(at + 1)).some((last) => found.has(`${first}.${last}`)),
  );
}

/** What an SQL text says besides the body of a function, which databases look into only when it is called. */
export const headOf = (sql: string): string =>
  (sql.match(pieces) ?? []).filter((piece) => !dollarBody.test(piece) && !piece.startsWith("'")).join("");

/** The text without a semicolon at its end. */
export const withoutEnd = (sql: string): string => sql.trim().replace(/(?:\s*;)+$/, "");

/** Words and quoted names, however deep inside of bodies; texts are asked about many names, so they are remembered. */
function namesIn(sql: string): ReadonlySet<string> {
  const known = remembered.get(sql);
  if (known) return known;
  const tokens = sqlTokens(sql).flatMap((token) =>
    token.startsWith("$$") && token !== "$$" ? sqlTokens(token.slice(2, -2)) : token,
  );
  const found = new Set(tokens);
  for (const [i, token] of tokens.entries())
    if (token === "." && i > 0) found.add(`${tokens[i - 1]}.${tokens[i + 1] ?? ""}`);
  // PostgreSQL writes names of text searches, sequences and the like as texts.
  for (const [, argument, quoted = argument] of sql.matchAll(namesInTexts)) found.add((quoted ?? "").toLowerCase());
  // Other databases have other quotes.
  for (const [quoted] of sql.matchAll(/`[^`]+`|\[[^\]]+\]/g)) found.add(quoted.slice(1, -1).toLowerCase());
  if (remembered.size > 5000) remembered.clear();
  remembered.set(sql, found);
  return found;
}

const nameInText = String.raw`'(?:"?[\p{L}_][\p{L}\p{N}_$]*"?\.)?"?([\p{L}_][\p{L}\p{N}_$]*)"?'`;
const namesInTexts = new RegExp(
  String.raw`\b(?:to_tsvector|\w*to_tsquery|ts_headline|nextval|setval|currval)\s*\(\s*${nameInText}|${nameInText}(?=\s*::\s*reg)`,
  "giu",
);

const remembered = new Map<string, ReadonlySet<string>>();

const pieces =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\s+|(\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$)[\s\S]*?(?:\1|$)|[eE]'(?:[^'\\]|\\[\s\S]|'')*'?|'(?:[^']|'')*'?|"(?:[^"]|"")*"?|`[^`]*`?|[\p{L}_][\p{L}\p{N}_$]*|\p{N}[\p{N}\p{L}_]*(?:\.\p{N}+)?|::|:=|(?:(?!--|\/\*)[-+*/<>=~!@#%^&|?])+|[\s\S]/gu;
const blank = /^(?:\s|--|\/\*)/;
const quotedWord = /^"[a-z_][a-z0-9_$]*"$/;
const dollarBody = /^(\$[^$]*\$)([\s\S]*)\1$/;
const howItIsMade = /^(create)(?: or replace)?(?= )|(?<=^create(?: [a-z]+){1,3}) if not exists(?= )/g;
