import { createIndex } from "../../core/ddl/ansi.ts";
import { execute, type Renderers } from "../../core/ddl/dialect.ts";
import { beside } from "../../core/ddl/qualified.ts";
import { type Quote, stringLiteral } from "../../core/ddl/sql.ts";
import type { StatementOf } from "../../core/ddl/statement.ts";
import { doBlock, regclass } from "./procedure.ts";

/** An index is in the namespace of its table, which is said where there is no table to say it. */
export const indexRenderers = (quote: Quote): Pick<Renderers, "createIndex" | "dropIndex" | "renameIndex"> => ({
  createIndex: (s) => [execute(createIndex(quote, s.table, s.index, s.concurrently && "CONCURRENTLY"))],
  dropIndex: (s) => [execute(dropIndex(quote, s))],
  renameIndex: (s) => [execute(`ALTER INDEX ${quote(beside(s.table, s.from.name))} RENAME TO ${quote(s.to)}`)],
});

function dropIndex(quote: Quote, { table, index, concurrently }: StatementOf<"dropIndex">): string {
  const name = quote(beside(table, index.name));
  if (concurrently) return `DROP INDEX CONCURRENTLY ${name}`;
  return index.unique ? dropUnique(quote, table, index.name) : `DROP INDEX ${name}`;
}

/** In a database that others made, a unique index may belong to a UNIQUE constraint, without which it cannot be dropped. */
function dropUnique(quote: Quote, table: string, index: string): string {
  return doBlock([
    "BEGIN",
    `  IF EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE contype = 'u' AND conrelid = ${regclass(quote, table)} AND conname = ${stringLiteral(index)}) THEN`,
    `    ALTER TABLE ${quote(table)} DROP CONSTRAINT ${quote(index)};`,
    "  ELSE",
    `    DROP INDEX ${quote(beside(table, index))};`,
    "  END IF;",
    "END",
  ]);
}
