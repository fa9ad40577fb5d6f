/**
 * Whether an SQL expression names a column: as a bare word, or in double quotes, backticks or brackets, outside of string literals. Bare words count in any
 * case, which is how most databases read them.
 */
export const mentionsName = (sql: string, name: string): boolean => tokens(sql).some((token) => names(token, name));

/**
 * The expression with every mention of one column replaced by another, so that the predicate of an index follows a rename. Quotes that the old
 * name needed and the new one does not are left out, so that a rename and its inverse give the same text.
 */
export function renameInSql(sql: string, from: string, to: string): string {
  const quoted = `"${to.replaceAll('"', '""')}"`;
  // Where a name with capitals is mentioned bare, case does not count.
  const isCaseless = from !== from.toLowerCase() && isBareName(to.toLowerCase());
  const replacement = isBareName(to) ? to : quoted;
  return tokens(sql)
    .map((token) => {
      if (!names(token, from)) return token;
      if (isCaseless && !/^["`[]/.test(token)) return to;
      return token.startsWith('"') && isBareName(from) ? quoted : replacement;
    })
    .join("");
}

/**
 * String literals, quoted identifiers, calls, words and everything between, in order; joined they give the text back. Brackets behind a word or another
 * bracket are those of an array.
 */
const tokens = (sql: string): readonly string[] =>
  sql.match(
    /'(?:[^']|'')*'?|"(?:[^"]|"")*"?|`[^`]*`|(?<![\p{L}\p{N}_"\])[])\[[^\],\n]*\]|[\p{L}_][\p{L}\p{N}_$]*(?:\s*\()?|\p{N}[\p{L}\p{N}_.]*|[^'"`[\p{L}\p{N}_]+|[\s\S]/gu,
  ) ?? [];

function names(token: string, name: string): boolean {
  if (token.startsWith('"')) return token === `"${name.replaceAll('"', '""')}"`;
  const bare = /^[[`]/.test(token) ? token.slice(1, -1) : token;
  if (bare.toLowerCase() !== name.toLowerCase()) return false;
  return bare !== token || /^[\p{L}_][\p{L}\p{N}_$]*$/u.test(token);
}

/** Whether a name can stand bare in SQL: in lower case, and no word that databases keep for themselves. */
export const isBareName = (name: string): boolean =>
  /^[a-z_][a-z0-9_]*$/.test(name) && !reserved.has(name.toUpperCase());

/** Words that PostgreSQL or SQLite refuse as a bare column name. */
const reserved = new Set(
  (
    "ADD ALL ALTER ANALYSE ANALYZE AND ANY ARRAY AS ASC ASYMMETRIC AUTOINCREMENT BETWEEN BOTH CASE CAST CHECK COLLATE COLUMN COMMIT " +
    "CONSTRAINT CREATE CURRENT_DATE CURRENT_ROLE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DEFAULT DEFERRABLE DELETE DESC DISTINCT " +
    "DO DROP ELSE END ESCAPE EXCEPT EXISTS FALSE FETCH FOR FOREIGN FROM GRANT GROUP HAVING IN INDEX INITIALLY INSERT INTERSECT INTO " +
    "IS ISNULL JOIN LATERAL LEADING LIMIT LOCALTIME LOCALTIMESTAMP NOT NOTHING NOTNULL NULL OFFSET ON ONLY OR ORDER PLACING PRIMARY " +
    "REFERENCES RETURNING SELECT SESSION_USER SET SOME SYMMETRIC TABLE THEN TO TRAILING TRANSACTION TRUE UNION UNIQUE UPDATE USER " +
    "USING VALUES VARIADIC WHEN WHERE WINDOW WITH"
  ).split(" "),
);
