import { ansiRenderers, createTable } from "../../core/ddl/ansi.ts";
import { execute, type Renderers, unsupported } from "../../core/ddl/dialect.ts";
import { localName, namespaceOf, quoteQualified } from "../../core/ddl/qualified.ts";
import { lines } from "../../core/ddl/sql.ts";
import type { StatementOf, TableImage } from "../../core/ddl/statement.ts";
import { addColumn, alterColumn } from "./alter.ts";
import { columnDefinition } from "./columns.ts";
import { addConstraint, addForeignKey, addPrimaryKey, dropPrimaryKey, informed, refuseKeys } from "./keys.ts";
import { alterOptions, storage } from "./options.ts";
import { quote as plain, stringLiteral } from "./quote.ts";
import { cannot } from "./refusal.ts";
import { views } from "./views.ts";

const quote = quoteQualified(plain);
const ansi = ansiRenderers({ quote, column: columnDefinition });

const noIndexes =
  "it has no indexes (https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html); say sortkey among the options of the table, and unique constraints for the planner";
const noTriggers = "it has no triggers, so no column sets itself when its row is updated";

/** What Redshift is sent: https://docs.aws.amazon.com/redshift/latest/dg/c_SQL_commands.html. It began as PostgreSQL 8.0, and lacks much of what came after. */
export const renderers: Renderers = {
  ...ansi,
  createNamespace: (s) => [execute(`CREATE SCHEMA ${quote(s.name)}`), ...commentless(s.name, s.comment)],
  dropNamespace: (s) => [execute(`DROP SCHEMA ${quote(s.name)}`)],
  commentNamespace: (s) => commentless(s.name, s.comment ?? ""),
  createTable: ({ table }) => [execute(newTable(table))],
  renameTable,
  addColumn,
  alterColumn,
  alterOptions,
  createIndex: unsupported(noIndexes),
  dropIndex: unsupported(noIndexes),
  renameIndex: unsupported(noIndexes),
  addConstraint,
  renameConstraint: unsupported("a constraint keeps its name there; drop it and add another one"),
  validateConstraint: unsupported("constraints are told to the planner there, and never checked"),
  addForeignKey,
  addPrimaryKey,
  dropPrimaryKey,
  setComment,
  renameThing: ({ what, from, to }) => {
    if (what === "namespace") return [execute(`ALTER SCHEMA ${quote(from)} RENAME TO ${quote(to)}`)];
    throw cannot(`rename the ${what} "${from}"`, "it has neither types of its own nor domains and sequences", {
      name: from,
    });
  },
  createAutoUpdate: unsupported(noTriggers),
  dropAutoUpdate: unsupported(noTriggers),
  ...views,
};

function newTable(table: TableImage): string {
  refuseKeys(table);
  const made = { ...table, foreignKeys: table.foreignKeys.map(informed) };
  return lines(createTable({ quote, column: columnDefinition }, made), storage(table));
}

function renameTable({ from, to }: StatementOf<"renameTable">) {
  if (namespaceOf(from) !== namespaceOf(to))
    throw cannot(
      `move the table "${localName(from)}"`,
      "no table there goes to another schema; make a new one and copy the rows",
      {
        table: from,
      },
    );
  return [execute(`ALTER TABLE ${quote(from)} RENAME TO ${quote(localName(to))}`)];
}

/** https://docs.aws.amazon.com/redshift/latest/dg/r_COMMENT.html */
function setComment({ table, column, index, constraint, comment }: StatementOf<"setComment">) {
  if (index !== undefined) throw cannot(`describe the index "${index}"`, noIndexes, { table });
  const on =
    constraint !== undefined
      ? `CONSTRAINT ${quote(constraint)} ON ${quote(table)}`
      : column !== undefined
        ? `COLUMN ${quote(table)}.${quote(column)}`
        : `TABLE ${quote(table)}`;
  return [execute(`COMMENT ON ${on} IS ${comment === undefined ? "NULL" : stringLiteral(comment)}`)];
}

function commentless(name: string, comment: string | undefined): readonly [] {
  if (comment === undefined) return [];
  throw cannot(
    `describe the namespace "${name}"`,
    "COMMENT there knows tables, columns, constraints, views and the database",
    { name },
  );
}
