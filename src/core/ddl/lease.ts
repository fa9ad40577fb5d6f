import { type Quote, words } from "./sql.ts";

/**
 * SQL of a lease: a lock that is a row with an owner and a time at which it ends, by the clock of the server. It needs nothing of
 * a session, so it holds where each transaction may get another one. `table` is the name of its table, unquoted.
 */
export interface LeaseSql {
  /** Makes the table and its one row. Where others do so at this moment, it fails as `already-exists` or `constraint`, or does nothing. */
  create(table: string): readonly string[];
  /** Makes the row of a table that has none; fails as `constraint` where there is one. */
  fill(table: string): string;
  /**
   * The row: `owner`, `token`, `host`, `pid`, `user`, `since` and `seen` (ISO 8601), and `free`: 1 where nobody has the lease or its time is
   * over. Waits for nobody.
   */
  read(table: string): string;
  /**
   * The same, and keeps it from changing until the transaction ends; no row where another transaction does that. Absent where `take` itself sees to it
   * that nobody takes what is not free.
   */
  hold?(table: string): string;
  /**
   * Gives the lease to somebody else, with the next token. Parameters: owner, host, pid, user, how long it lasts in milliseconds; without `hold` also the
   * token that it was seen with, and it affects no row when it has another one by now or is not free.
   */
  take(table: string): string;
  /** Parameters: how long it lasts from now in milliseconds, owner, token. Affects no row when the lease is somebody else's by now. */
  renew(table: string): string;
  /** Parameters: owner, token. Affects no row when the lease is somebody else's by now. */
  free(table: string): string;
}

/** What databases write in their own way. */
export interface LeaseWords {
  readonly quote: Quote;
  placeholder(n: number): string;
  /** The server's time at this moment, not at the start of the transaction. */
  readonly now: string;
  /** The time so many milliseconds from now. */
  later(milliseconds: string): string;
  /** A time as text, ISO 8601 in UTC. */
  iso(time: string): string;
  /** Columns: id, the key, which is 1; token, owner, host, pid, user, since, seen, ends. */
  create(table: string): readonly string[];
}

/** The lease of a database with UPDATE, and SELECT … FOR UPDATE SKIP LOCKED. */
export function leaseSql({ quote, placeholder, now, later, iso, create }: LeaseWords): LeaseSql {
  const [token, owner, since, seen, ends] = [
    quote("token"),
    quote("owner"),
    quote("since"),
    quote("seen"),
    quote("ends"),
  ];
  const [host, pid, user] = [quote("host"), quote("pid"), quote("user")];
  const read = (table: string): string =>
    words(
      `SELECT ${owner}, ${token}, ${host}, ${pid}, ${user}, ${iso(since)} AS ${since}, ${iso(seen)} AS ${seen},`,
      `CASE WHEN ${owner} IS NULL OR ${ends} <= ${now} THEN 1 ELSE 0 END AS ${quote("free")} FROM ${quote(table)}`,
    );
  // Each parameter once and in the order of the text, because some databases only count them.
  return {
    create,
    fill: (table) => `INSERT INTO ${quote(table)} (${quote("id")}, ${token}) VALUES (1, 0)`,
    read,
    hold: (table) => `${read(table)} FOR UPDATE SKIP LOCKED`,
    take: (table) =>
      words(
        `UPDATE ${quote(table)} SET ${token} = ${token} + 1, ${owner} = ${placeholder(1)}, ${host} = ${placeholder(2)},`,
        `${pid} = ${placeholder(3)}, ${user} = ${placeholder(4)}, ${since} = ${now}, ${seen} = ${now}, ${ends} = ${later(placeholder(5))}`,
      ),
    renew: (table) =>
      words(
        `UPDATE ${quote(table)} SET ${seen} = ${now}, ${ends} = ${later(placeholder(1))}`,
        `WHERE ${owner} = ${placeholder(2)} AND ${token} = ${placeholder(3)}`,
      ),
    free: (table) =>
      words(
        `UPDATE ${quote(table)} SET ${owner} = NULL`,
        `WHERE ${owner} = ${placeholder(1)} AND ${token} = ${placeholder(2)}`,
      ),
  };
}
