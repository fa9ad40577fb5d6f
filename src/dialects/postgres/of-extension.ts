/**
 * Whether an extension brought the object with this `oid` of a catalog, which then belongs to it. The few that extensions brought are listed
 * once: looking for each object whether it is one of them takes most of a query's time.
 */
export const ofExtension = (oid: string, catalog: string): string =>
  `${oid} IN (SELECT x.objid FROM pg_catalog.pg_depend x
        WHERE x.refclassid = 'pg_catalog.pg_extension'::regclass AND x.classid = 'pg_catalog.${catalog}'::regclass AND x.deptype = 'e')`;
