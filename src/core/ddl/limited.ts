import type { Dialect } from "./dialect.ts";

/** What stands behind a query that is ordered, or is not, for no more than so many of its rows. */
export const limited = (most: number, dialect: Pick<Dialect, "limited">, ordered = true): string =>
  dialect.limited?.(most, ordered) ?? `LIMIT ${most}`;
