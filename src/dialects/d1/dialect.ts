import { type Bookkeeping, type Dialect, extendDialect } from "../../core/ddl/dialect.ts";
import sqlite, { dropUnreferenced, introspectBut, rebuildInPlace } from "../sqlite/dialect.ts";

const bookkeeping: Bookkeeping = {
  ...sqlite.bookkeeping,
  // Nothing can be said of how long to wait.
  limits: {
    session: () => [],
    reset: [],
    patient: () => false,
    repeatable: sqlite.bookkeeping.limits.repeatable,
  },
  // A batch is a transaction, whatever opens it; keys are looked at when it commits.
  begin: "PRAGMA defer_foreign_keys = ON",
  foreignKeysOff: [],
  foreignKeysOn: [],
};

/** Cloudflare D1: SQLite that takes statements one by one or in a batch, and enforces foreign keys always. */
const d1: Dialect = extendDialect(sqlite, {
  name: "d1",
  title: "Cloudflare D1",
  schemes: ["d1"],
  introspect: introspectBut(" AND substr(name, 1, 4) <> '_cf_'"),
  render: { ...sqlite.render, rebuildTable: rebuildInPlace, dropTable: ({ table }) => dropUnreferenced(table.name) },
  bookkeeping,
});

export default d1;
