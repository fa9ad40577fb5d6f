/** A name in SQL: as it is where it can stand alone, in quotes otherwise. */
export const written = (name: string, quote: string): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) && !reserved.has(name) ? name : quoted(name, quote);

export const quoted = (name: string, quote: string): string => quote + name.replaceAll(quote, quote + quote) + quote;

/** Words that PostgreSQL or SQLite do not take for a name. https://www.postgresql.org/docs/current/sql-keywords-appendix.html */
const reserved = new Set(
  (
    "add all alter analyse analyze and any array as asc asymmetric autoincrement between both by case cast check collate collation column commit " +
    "concurrently constraint create cross current_catalog current_date current_role current_schema current_time current_timestamp current_user " +
    "default deferrable delete desc distinct do drop else end escape except exists false fetch for foreign freeze from full grant group having " +
    "ilike in index initially inner insert intersect into is isnull join key lateral leading left like limit localtime localtimestamp natural not " +
    "nothing notnull null offset on only or order outer overlaps placing primary references returning right select session_user set similar some " +
    "symmetric system_user table tablesample then to trailing transaction true union unique update user using values variadic verbose when where " +
    "window with"
  ).split(" "),
);
