/**
 * Whether a column, or a key of an index, is of an unusual collation, or its operator class or its statistics are told something. 100 is the default
 * collation: pg_collation.dat.
 */
export const isOdd = (attribute: string): string =>
  `(${attribute}.attcollation NOT IN (0, 100) OR ${attribute}.attoptions IS NOT NULL)`;

/** Relations with such a column or key, as a part of WITH. It reads all columns there are. */
export const withOdd = `odd AS MATERIALIZED (SELECT a.attrelid FROM pg_catalog.pg_attribute a
  WHERE ${isOdd("a")} AND a.attnum > 0)`;

/** The same where the database has none: the server's own are of no interest. */
export const withoutOdd = "odd AS MATERIALIZED (SELECT NULL::oid AS attrelid WHERE FALSE)";
