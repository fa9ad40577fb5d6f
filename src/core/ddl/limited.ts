import type { Dialect } from "./dialect.ts";

/** What stands behind a query that is ordered, or is not, for no more than so many of its rows, without the first `skip` of them. */
export const limited = (most: number, dialect: Pick<Dialect, "limited">, ordered = true, skip = 0): string =>
  dialect.limited?.(most, ordered, skip) ?? `LIMIT ${most}${skip > 0 ? ` OFFSET ${skip}` : ""}`;
