import type { Introspection, Row } from "../../core/ddl/dialect.ts";
import postgres from "../postgres/dialect.ts";

const had = new Set(["views", "sequences", "domains", "routines", "commentsOnRelations", "commentsOnColumns"]);

/**
 * The catalog of PostgreSQL 16, of which it has what it can have any of:
 * https://docs.aws.amazon.com/aurora-dsql/latest/userguide/working-with-systems-tables.html. What it has not is not asked about.
 */
const present: Row = new Proxy({}, { get: (_, item) => had.has(String(item)) });

type Rows = Readonly<Record<string, readonly Row[]>>;

const queriesIn = (namespaces: readonly string[]): Readonly<Record<string, string>> =>
  postgres.introspect.queriesIn?.(namespaces, present) ?? {};

export const introspection: Introspection = {
  get queries() {
    return queriesIn([]);
  },
  queriesIn,
  ...(postgres.introspect.namespaces !== undefined && { namespaces: postgres.introspect.namespaces }),
  read: (rows) => postgres.introspect.read(asInPostgres(rows)),
};

/** The table is kept in the index of its key, which therefore holds all columns; its one kind of index has another name. */
const asInPostgres = (rows: Rows): Rows => ({
  ...rows,
  constraints: (rows["constraints"] ?? []).map((row) => (row["kind"] === "p" ? { ...row, included: null } : row)),
  // Its own, with the jobs.
  namespaces: (rows["namespaces"] ?? []).filter((row) => row["name"] !== "sys"),
  indexes: (rows["indexes"] ?? []).map((row) => (row["method"] === "btree_index" ? { ...row, method: "btree" } : row)),
});
