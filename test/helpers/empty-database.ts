import { afterAll, beforeAll } from "bun:test";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { emptyPostgres } from "./empty-postgres.ts";
import { emptyDatabase } from "./mariadb-database.ts";
import { mariadbServer } from "./mariadb-server.ts";
import { mysqlServer } from "./mysql-server.ts";
import { postgresServer } from "./postgres-server.ts";
import { sqldServer } from "./sqld-server.ts";

/** Lends an empty database for some work, to one at a time. */
export type WithEmpty = <T>(work: (database: Database) => Promise<T>) => Promise<T>;

/** Lends databases in memory, each of its own. */
export const withEmptySqlite: WithEmpty = async (work) => {
  const database = await openDatabase({ url: "sqlite::memory:" });
  return work(database).finally(() => database.close());
};

/** Lends databases of a server of Turso, each of its own. */
export const withEmptyTurso: WithEmpty = async (work) => {
  const { url, drop } = await (await sqldServer()).createDatabase();
  const database = await openDatabase({ url });
  try {
    return await work(database);
  } finally {
    await database.close();
    await drop();
  }
};

/** Lends one database of PostgreSQL, made empty each time; called where `beforeAll` may be. */
export const emptyPostgresDatabases = (): WithEmpty =>
  lending(
    async () => (await postgresServer()).createDatabase(),
    ({ driver }) => emptyPostgres(driver),
  );

/** The same of MariaDB. */
export const emptyMariadbDatabases = (): WithEmpty =>
  lending(async () => (await mariadbServer()).createDatabase(), emptyDatabase);

/** The same of MySQL, where `mysqlIsHere`. */
export const emptyMysqlDatabases = (): WithEmpty =>
  lending(async () => (await mysqlServer()).createDatabase(), emptyDatabase);

interface Created {
  readonly url: string;
  drop(): Promise<void>;
}

function lending(create: () => Promise<Created>, empty: (database: Database) => Promise<void>): WithEmpty {
  let lent: { readonly database: Database; drop(): Promise<void> } | undefined;
  beforeAll(async () => {
    const { url, drop } = await create();
    lent = { database: await openDatabase({ url }), drop };
  });
  afterAll(async () => {
    await lent?.database.close();
    await lent?.drop();
  });
  return async (work) => {
    if (!lent) throw new Error("a database is lent while tests run, not before");
    await empty(lent.database);
    return work(lent.database);
  };
}
