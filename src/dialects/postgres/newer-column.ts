/**
 * A catalog with a column that older servers do not have, called `newer`, for a FROM; there it is `otherwise`. A name that the inner query does not
 * know is looked for in the outer one. to_jsonb() of the whole row would tell too, and takes longer than all the rest of the query.
 */
export const withNewer = (catalog: string, column: string, otherwise: string): string =>
  `(SELECT ${otherwise} AS ${column}) old CROSS JOIN LATERAL (SELECT s.*, ${column} AS newer FROM pg_catalog.${catalog} s)`;
