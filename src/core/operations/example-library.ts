import { emptySchema, type Schema } from "../schema/model.ts";
import { type ExampleRows, schemaOf } from "./example-schema.ts";

const plainTables = schemaOf(
  {
    name: "books",
    fields: [
      { name: "id", type: "integer", primaryKey: true },
      { name: "title", type: "varchar", length: 80 },
      { name: "day", type: "date", nullable: true },
    ],
  },
  { name: "totals", fields: [{ name: "books", type: "integer", primaryKey: true }] },
);

/** A view over one of two tables. */
export const library: Schema = {
  ...plainTables,
  get tables() {
    return plainTables.tables;
  },
  views: [{ name: "lent", query: "SELECT id, title, day FROM books WHERE day IS NOT NULL" }],
};

/** The same with a trigger that only SQLite understands. */
export const countedLibrary: Schema = {
  ...plainTables,
  get tables() {
    return plainTables.tables;
  },
  views: library.views ?? [],
  objects: [
    {
      kind: "trigger",
      name: "counted",
      table: "books",
      definition: "CREATE TRIGGER counted AFTER DELETE ON books BEGIN UPDATE totals SET books = books - 1; END",
    },
  ],
};

export const libraryRows: ExampleRows = {
  books: [
    { id: 1, title: "Ulysses", day: "2023-06-16" },
    { id: 2, title: "Emma", day: null },
  ],
  totals: [{ books: 2 }],
};

/** Nothing but a function, which only PostgreSQL understands. */
export const workshop: Schema = {
  ...emptySchema,
  objects: [
    {
      kind: "function",
      name: "half(integer)",
      definition: "CREATE FUNCTION half(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT n / 2 $$",
    },
  ],
};
