import { findBooks } from "../core/adopt/books.ts";
import type { LiveSchema, UnsupportedObject } from "../core/ddl/dialect.ts";
import { journalTableOf } from "./journal.ts";
import { pastTableOf } from "./past.ts";
import type { Project } from "./project.ts";
import { leaseTableOf, lockTableOf } from "./row-lock.ts";

/** The history, its past, the lock and the journal are godwit's own, under whatever name the project gives them. */
export const ownTables = ({ historyTable, tracks = [] }: Books): ReadonlySet<string> =>
  new Set(
    [historyTable, ...tracks.map((track) => track.historyTable)].flatMap((table) => [
      table,
      lockTableOf(table),
      leaseTableOf(table),
      journalTableOf(table),
      pastTableOf(table),
    ]),
  );

type Books = Pick<Project, "historyTable" | "tracks">;

/** What a database has, without the tables in which godwit keeps its books. */
export const withoutOwnTables = (live: LiveSchema, project: Books): LiveSchema =>
  withoutTables(live, ownTables(project));

/** What a database has, without the books of tools that have been there before; of tables that are not `declared`. `books`: what these are. */
export function withoutOthersBooks(
  live: LiveSchema,
  declared: ReadonlySet<string> = new Set(),
): { readonly live: LiveSchema; readonly books: readonly UnsupportedObject[] } {
  const found = findBooks(live.tables.filter(({ name }) => !declared.has(name)));
  const books = found.flatMap(({ books: { title }, tables }) =>
    tables.flatMap((object) =>
      object === undefined ? [] : [{ kind: "table", object, reason: `${title} keeps its books there` }],
    ),
  );
  return { live: books.length === 0 ? live : withoutTables(live, new Set(books.map(({ object }) => object))), books };
}

function withoutTables(live: LiveSchema, own: ReadonlySet<string>): LiveSchema {
  return {
    ...live,
    tables: live.tables.filter((table) => !own.has(table.name)),
    unsupported: live.unsupported.filter(
      ({ object, table }) => !own.has(object) && !(table !== undefined && own.has(table)),
    ),
  };
}
