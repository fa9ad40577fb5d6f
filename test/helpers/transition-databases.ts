import type { Database } from "../../src/runtime/database.ts";
import { dumpClickhouse } from "./clickhouse-dump.ts";
import { emptyPostgres } from "./empty-postgres.ts";
import { emptyDatabase } from "./mariadb-database.ts";
import { dumpMariadb } from "./mariadb-dump.ts";
import { type DumpLine, dumpPostgres } from "./postgres-dump.ts";
import { dumpSqlite } from "./sqlite-dump.ts";
import type { TransitionDialect } from "./transitions.ts";

/** What transitions need to know of a database. */
interface TransitionDatabase {
  /** Stages side by side, because a database keeps nobody busy all the time. */
  readonly sideBySide: number;
  /** Everything in it, but for godwit's own tables and for what is no difference to people. */
  dump(database: Database): Promise<readonly DumpLine[]>;
  /** Drops everything in it; absent: another one is made, which is quicker there. */
  empty?(database: Database): Promise<void>;
}

export const transitionDatabases: Readonly<Record<TransitionDialect, TransitionDatabase>> = {
  postgresql: { sideBySide: 3, dump: dumpPostgres, empty: ({ driver }) => emptyPostgres(driver) },
  sqlite: { sideBySide: 1, dump: dumpSqlite },
  mariadb: { sideBySide: 2, dump: dumpMariadb, empty: emptyDatabase },
  mysql: { sideBySide: 2, dump: dumpMariadb, empty: emptyDatabase },
  turso: { sideBySide: 2, dump: dumpSqlite },
  clickhouse: { sideBySide: 2, dump: dumpClickhouse },
};

export const dumpOf = (database: Database): Promise<readonly DumpLine[]> => wordsOf(database).dump(database);

/** Executes the statements of scripts in a database with nothing else in it. */
export async function load(database: Database, scripts: readonly string[]): Promise<void> {
  await wordsOf(database).empty?.(database);
  for (const sql of scripts) if (sql.trim() !== "") await database.driver.execute(sql);
}

function wordsOf({ dialect }: Database): TransitionDatabase {
  const known: Readonly<Record<string, TransitionDatabase>> = transitionDatabases;
  const found = known[dialect.name];
  if (!found) throw new Error(`no transitions are played on ${dialect.name}`);
  return found;
}
