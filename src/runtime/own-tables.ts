import type { LiveSchema } from "../core/ddl/dialect.ts";
import { journalTableOf } from "./journal.ts";
import type { Project } from "./project.ts";
import { leaseTableOf, lockTableOf } from "./row-lock.ts";

/** The history, the lock and the journal are godwit's own, under whatever name the project gives them. */
export const ownTables = ({ historyTable, tracks = [] }: Books): ReadonlySet<string> =>
  new Set(
    [historyTable, ...tracks.map((track) => track.historyTable)].flatMap((table) => [
      table,
      lockTableOf(table),
      leaseTableOf(table),
      journalTableOf(table),
    ]),
  );

type Books = Pick<Project, "historyTable" | "tracks">;

/** What a database has, without the tables in which godwit keeps its books. */
export function withoutOwnTables(live: LiveSchema, project: Books): LiveSchema {
  const own = ownTables(project);
  return {
    ...live,
    tables: live.tables.filter((table) => !own.has(table.name)),
    unsupported: live.unsupported.filter(
      ({ object, table }) => !own.has(object) && !(table !== undefined && own.has(table)),
    ),
  };
}
