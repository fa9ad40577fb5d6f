import { nearest } from "../nearest.ts";

/**
 * The databases that `defaults` and `type_mappings` may speak of, with their other spellings. A schema may hold entries for
 * all of them whichever it runs on, so the list does not depend on the dialects that this build has.
 */
const databases: Readonly<Record<string, readonly string[]>> = {
  postgresql: ["postgres", "pg"],
  mysql: [],
  mariadb: [],
  sqlite: ["sqlite3"],
  sqlserver: ["mssql"],
  redshift: [],
  clickhouse: [],
  tidb: [],
  vertica: [],
  ydb: [],
  turso: ["libsql"],
  starrocks: [],
  auroradsql: ["dsql", "aurora_dsql"],
};

export const databaseNames: readonly string[] = Object.keys(databases);

/** All spellings, in lower case. */
export const databaseSpellings: readonly string[] = Object.entries(databases).flat(2);

/** The proper name of a database, whichever spelling and case it was given in; `undefined` for anything else. */
export function databaseName(spelling: string): string | undefined {
  const word = spelling.toLowerCase();
  return databaseNames.find((name) => name === word || databases[name]?.includes(word));
}

export const nearestDatabase = (spelling: string): string | undefined => nearest(spelling, databaseSpellings);
