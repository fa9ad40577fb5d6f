import { type Bookkeeping, type Dialect, extendDialect } from "../../core/ddl/dialect.ts";
import type { Statement, TableImage } from "../../core/ddl/statement.ts";
import sqlite, { introspectBut, rebuildTableAndDependents } from "../sqlite/dialect.ts";
import { lease } from "./lease.ts";
import { rows } from "./rows.ts";

const bookkeeping: Bookkeeping = {
  ...sqlite.bookkeeping,
  lock: { kind: "lease", lease },
  // The server decides how long it waits, and takes PRAGMA busy_timeout from nobody.
  limits: {
    session: () => [],
    reset: [],
    patient: () => false,
    repeatable: sqlite.bookkeeping.limits.repeatable,
  },
  foreignKeysOn: ["PRAGMA foreign_keys = ON"],
  checkup: {
    clock: "SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER) AS now",
    // A token says what it is good for only when something is written.
    lackingRights: "SELECT NULL AS lacking WHERE 0",
    rightsMayHide: true,
  },
  classify: (failure) => ownClasses[failure.code ?? ""] ?? sqlite.bookkeeping.classify(failure),
};

const ownClasses: Readonly<Record<string, ReturnType<Bookkeeping["classify"]>>> = {
  // The server has undone all of the transaction, so that it may be tried again.
  TRANSACTION_TIMEOUT: "busy",
  BLOCKED: "permission",
  SQL_UNSUPPORTED: "syntax",
};

/** The tables behind an index over vectors come and go with it. */
const ofVectorIndexes = ` AND substr(name, 1, 7) <> 'libsql_'
    AND name NOT IN (SELECT name || '_shadow' FROM sqlite_schema WHERE type = 'index' AND sql LIKE '%libsql_vector_idx%')`;

/**
 * SQLite 3.45, of which libSQL is made, takes a fraction in a new column of a strict table for NULL where there are rows:
 * https://sqlite.work/alter-table-on-strict-table-fails-adding-real-column-with-decimal-default
 */
const isMistaken = (statement: Statement, table: () => TableImage | undefined): boolean =>
  statement.kind === "addColumn" &&
  !statement.column.nullable &&
  /^REAL$/i.test(statement.column.type) &&
  table()?.options?.["strict"] === "true";

/** libSQL, at Turso or on one's own: SQLite behind a server, or in a file. */
const turso: Dialect = extendDialect(sqlite, {
  name: "turso",
  title: "Turso",
  aliases: ["libsql"],
  schemes: ["libsql", "http+libsql", "https+libsql"],
  opensFiles: true,
  exampleUrl: "libsql://name-organisation.turso.io, with the token in TURSO_AUTH_TOKEN",
  capabilities: {
    ...sqlite.capabilities,
    needsRebuild: (statement, table) =>
      sqlite.capabilities.needsRebuild(statement, table) || isMistaken(statement, table),
  },
  // PRAGMA legacy_alter_table is not among those that a server takes.
  render: { ...sqlite.render, rebuildTable: rebuildTableAndDependents },
  introspect: introspectBut(ofVectorIndexes),
  rows,
  bookkeeping,
});

export default turso;
