import { bookNamespaces, type FoundBooks, findBooks } from "../core/adopt/books.ts";
import type { Recorded } from "../core/adopt/define.ts";
import { readBooks } from "../core/ddl/books.ts";
import type { Row } from "../core/ddl/dialect.ts";
import { type Database, introspect } from "./database.ts";

/** The books of other tools that a database has, those in a namespace of their own among them. */
export async function booksIn(database: Database): Promise<readonly FoundBooks[]> {
  const { namespaces } = database.dialect.introspect;
  const places =
    namespaces === undefined ? [] : (await database.driver.query(namespaces)).map((row) => String(row["name"]));
  const live = await introspect(
    database,
    places.filter((name) => bookNamespaces.includes(name)),
  );
  return findBooks(live.tables);
}

/** What these books say. */
export async function recordedIn(database: Database, { books, tables }: FoundBooks): Promise<Recorded> {
  const all: (readonly Row[])[] = [];
  for (const table of tables)
    all.push(table === undefined ? [] : await database.driver.query(readBooks(database.dialect, table)));
  const [history = [], ...others] = all;
  return books.read(history, ...others);
}
