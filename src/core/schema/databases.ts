import { nearest } from "../nearest.ts";

/**
 * The databases that `defaults`, `type_mappings`, `only` and `except` may speak of, with their other spellings. A schema may hold entries for
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
  d1: [],
  starrocks: [],
  auroradsql: ["dsql", "aurora_dsql"],
};

export const databaseNames: readonly string[] = Object.keys(databases);

/** Those that mostly are another one: what is said of that holds for them. */
const parents: Readonly<Record<string, string>> = {
  mariadb: "mysql",
  tidb: "mysql",
  redshift: "postgresql",
  auroradsql: "postgresql",
  turso: "sqlite",
  d1: "sqlite",
};

/** A database and what it is a variant of, nearest first. */
export const withParents = (name: string): readonly string[] => {
  const parent = parents[name];
  return parent === undefined ? [name] : [name, ...withParents(parent)];
};

/** All spellings, in lower case. */
export const databaseSpellings: readonly string[] = Object.entries(databases).flat(2);

/** The proper name of a database, whichever spelling and case it was given in; `undefined` for anything else. */
export function databaseName(spelling: string): string | undefined {
  const word = spelling.toLowerCase();
  return databaseNames.find((name) => name === word || databases[name]?.includes(word));
}

export const nearestDatabase = (spelling: string): string | undefined => nearest(spelling, databaseSpellings);
