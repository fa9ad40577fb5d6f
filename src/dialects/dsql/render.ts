import { ansiRenderers } from "../../core/ddl/ansi.ts";
import { execute, type Renderers, unsupported } from "../../core/ddl/dialect.ts";
import { beside } from "../../core/ddl/qualified.ts";
import type { Quote } from "../../core/ddl/sql.ts";
import postgres from "../postgres/dialect.ts";
import { alterColumn } from "./alter-column.ts";
import { columnIn } from "./columns.ts";
import { addConstraint, addForeignKey, validate } from "./constraints.ts";
import { newIndex } from "./indexes.ts";
import { alterDomain, changedSequence, newDomain, newSequence, renameThing } from "./lists.ts";
import { objects, views } from "./objects.ts";
import { addColumn, fillColumn, newTable, renameTable, setComment } from "./tables.ts";

const noTypes = "it has no types of its own (CREATE TYPE); an enum is a text with a check there";
const noTrees = "it has neither partitions nor inheritance; it divides tables by their keys itself";
const noExtensions = "it has no extensions";
const noKeyChange =
  "the primary key is settled when a table is made, because rows are kept in its order; make a new table, copy the rows, and let it take the name";
const noSharedSequences = "what numbers a column there is part of the column, and no sequence of the schema";
const noTriggers =
  "it has no triggers, so no column sets itself when its row is updated; set it in the statement that updates";

/**
 * What Aurora DSQL is sent in another way than PostgreSQL. Each statement is a transaction of its own, and what takes long goes on by itself,
 * as a job that the driver waits for (ASYNC):
 * https://docs.aws.amazon.com/aurora-dsql/latest/userguide/working-with-postgresql-compatibility-supported-sql-subsets.html
 */
export function renderers(quote: Quote): Renderers {
  const ofPostgres = postgres.render;
  return {
    ...ansiRenderers({ quote, column: columnIn(quote) }),
    createNamespace: ofPostgres.createNamespace,
    dropNamespace: ofPostgres.dropNamespace,
    commentNamespace: ofPostgres.commentNamespace,
    createTable: (s) => newTable(quote, s.table),
    ...trees,
    renameTable: (s) => renameTable(quote, s),
    addColumn: (s) => addColumn(quote, s),
    alterColumn: (s) => alterColumn(quote, s),
    fillColumn: (s) => [fillColumn(quote, s)],
    createIndex: (s) => [execute(newIndex(quote, s.table, s.index))],
    dropIndex: (s) => [execute(`DROP INDEX ${s.ifThere ? "IF EXISTS " : ""}${quote(beside(s.table, s.index.name))}`)],
    renameIndex: (s) => [execute(`ALTER INDEX ${quote(beside(s.table, s.from.name))} RENAME TO ${quote(s.to)}`)],
    addConstraint: (s) => addConstraint(quote, s.table, s.constraint),
    addForeignKey: (s) => addForeignKey(quote, s.table, s.foreignKey),
    validateConstraint: (s) => [validate(quote, s.table, s.name)],
    addPrimaryKey: unsupported(noKeyChange),
    dropPrimaryKey: unsupported(noKeyChange),
    setComment: (s) => setComment(quote, s),
    ...enumTypes,
    createDomain: (s) => newDomain(quote, s.domain),
    alterDomain: (s) => alterDomain(quote, s),
    dropDomain: ofPostgres.dropDomain,
    remakeDomain: unsupported("no column there changes its type; make another domain, and fields of it"),
    createSequence: (s) => newSequence(quote, s.sequence),
    alterSequence: (s) => changedSequence(quote, s.before, s.after),
    dropSequence: ofPostgres.dropSequence,
    ...lacking,
    renameThing: (s) => renameThing(quote, s),
    ...views(quote),
    ...objects(quote),
    upsertRows: ofPostgres.upsertRows,
  };
}

const trees = {
  createTreeTable: unsupported(noTrees),
  attachPartition: unsupported(noTrees),
  detachPartition: unsupported(noTrees),
  namePartIndexes: unsupported(noTrees),
  alterInherits: unsupported(noTrees),
  moveRows: unsupported(noTrees),
};

const enumTypes = {
  createEnum: unsupported(noTypes),
  dropEnum: unsupported(noTypes),
  commentType: unsupported(noTypes),
  renameEnumValue: unsupported(noTypes),
  addEnumValue: unsupported(noTypes),
  remakeEnum: unsupported(noTypes),
};

const lacking = {
  detachSequence: unsupported(noSharedSequences),
  attachSequence: unsupported(noSharedSequences),
  createExtension: unsupported(noExtensions),
  alterExtension: unsupported(noExtensions),
  dropExtension: unsupported(noExtensions),
  createAutoUpdate: unsupported(noTriggers),
  dropAutoUpdate: unsupported(noTriggers),
  setRowSecurity: unsupported("it does not decide by the row who may see it (ROW LEVEL SECURITY)"),
};
