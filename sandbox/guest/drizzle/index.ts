/**
 * Stands in for Drizzle when files of its tables are read: the functions that declare tables record what they are told, and nothing is there
 * that could talk to a database. Names, types and defaults are those of drizzle-orm 0.45; `sandbox/host/drizzle.ts` makes its modules of this.
 */
export { collect } from "./collect.ts";
export * as mysql from "./mysql.ts";
export { opaque } from "./opaque.ts";
export * as orm from "./orm.ts";
export * as pg from "./pg.ts";
export * as sqlite from "./sqlite.ts";
