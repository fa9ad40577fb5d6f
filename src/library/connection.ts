import { ToolError } from "../core/errors.ts";
import type { DatabaseTarget } from "../runtime/database.ts";
import type { Driver } from "../runtime/driver.ts";
import { dialectNamed } from "../runtime/url.ts";
import type { DatabaseOptions } from "./options.ts";

/** A database to migrate, and what is to be done when it is no longer needed. */
export interface Connection {
  readonly target: DatabaseTarget;
  /** Leaves open what the caller opened. */
  release(): Promise<void>;
}

/** Rejects with ToolError `usage` unless exactly one database is named, in a way that can be used. */
export async function connectionFor(options: DatabaseOptions): Promise<Connection> {
  const { url, database, driver, dialect } = options;
  const given = Object.entries({ url, database, driver }).filter(([, value]) => value !== undefined);
  if (given.length !== 1)
    throw new ToolError(
      "usage",
      given.length === 0
        ? 'no database is named; give "url", or an open connection as "database"'
        : `${given.map(([name]) => `"${name}"`).join(" and ")} name two databases; give one of them`,
    );
  if (driver !== undefined) return withDriver(driver, dialect);
  if (database !== undefined) return adopt(Object(database));
  return { target: { url: String(url), ...(dialect !== undefined && { dialect }) }, release: async () => undefined };
}

/** The connection of a driver that is open: nothing else is opened. */
export const openedBy = (driver: Driver, dialect: string): DatabaseTarget => ({
  url: "an open connection",
  dialect: dialectNamed(dialect).name,
  opened: driver,
});

function withDriver(driver: Driver, dialect: string | undefined): Connection {
  const missing = driverMethods.find((method) => typeof driver?.[method] !== "function");
  if (missing)
    throw new ToolError(
      "usage",
      `"driver" has no function "${missing}"; give an open connection of a database library as "database"`,
    );
  if (dialect === undefined)
    throw new ToolError("usage", 'with "driver", say what kind of database it is: dialect: "postgresql"');
  return { target: openedBy(driver, dialect), release: async () => undefined };
}

const driverMethods = ["execute", "query", "begin", "commit", "rollback"] as const;

/** Two runs on one connection would find themselves in each other's transactions, so the second waits for the first. */
async function adopt(database: object): Promise<Connection> {
  const before = inUse.get(database);
  const { promise, resolve } = Promise.withResolvers<void>();
  inUse.set(database, promise);
  await before;
  try {
    const [dialect, driver] = await driverFor(database);
    return { target: openedBy(driver, dialect), release: () => driver.close().finally(resolve) };
  } catch (error) {
    resolve();
    throw error;
  }
}

const inUse = new WeakMap<object, Promise<void>>();

async function driverFor(database: object): Promise<readonly [dialect: string, driver: Driver]> {
  for (const adopt of adopters) {
    const adopted = await adopt(database);
    if (adopted) return adopted;
  }
  throw new ToolError(
    "usage",
    '"database" is not an open connection that is known: a Database of bun:sqlite or better-sqlite3, a DatabaseSync of node:sqlite, sql of postgres.js, or a connection or pool of mysql2; for others write a driver',
  );
}

type Adopt = (handle: unknown) => Promise<readonly [dialect: string, driver: Driver] | undefined>;

/** The last needs the server to say what it is. */
const adopters: readonly Adopt[] = [
  async (handle) => {
    const { adoptSqlite } = await import("../dialects/sqlite/adopt.ts");
    const driver = await adoptSqlite(handle);
    return driver && ["sqlite", driver];
  },
  async (handle) => {
    const { adoptPostgres } = await import("../dialects/postgres/adopt.ts");
    const driver = await adoptPostgres(handle);
    return driver && ["postgresql", driver];
  },
  async (handle) => {
    const { adoptMysql } = await import("../dialects/mysql/adopt.ts");
    const driver = await adoptMysql(handle);
    return driver && [/mariadb/i.test(await driver.serverVersion()) ? "mariadb" : "mysql", driver];
  },
];
