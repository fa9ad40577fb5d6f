import { ansiRenderers } from "../../core/ddl/ansi.ts";
import { type Command, execute, type Renderers, unsupported } from "../../core/ddl/dialect.ts";
import { lines } from "../../core/ddl/sql.ts";
import { addColumn, alterColumn, dropColumn } from "./alter.ts";
import { createAutoUpdate, dropAutoUpdate } from "./auto-update.ts";
import { setComment } from "./comments.ts";
import { constraintComment, createTable } from "./create.ts";
import { indexRenderers } from "./indexes.ts";
import { check, foreignKey, primaryKey, withCheck } from "./keys.ts";
import { objectStatements, viewRenderers } from "./managed.ts";
import { keyName, objectId, quote as q } from "./names.ts";
import { alterOptions } from "./options.ts";
import { placeRenderers } from "./places.ts";
import { stringLiteral } from "./quote.ts";
import { sequenceRenderers } from "./sequences.ts";
import { upsertRows } from "./upsert.ts";

const alter = (table: string, change: string): readonly Command[] => [execute(`ALTER TABLE ${q(table)} ${change}`)];

const noDomains = unsupported(
  "an alias type of SQL Server can have neither checks nor a default of its own; give the fields the type itself, and checks",
);
const noOwnSequences = unsupported(
  "what numbers a column of SQL Server is part of the column (IDENTITY), and no sequence of the schema",
);
const noExtensions = unsupported("SQL Server has no extensions");
const noEnums = unsupported("SQL Server has no types with a list of values; a check holds each field to its enum");

/** What SQL Server writes in its own way: https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql */
export const renderers: Renderers = {
  ...ansiRenderers({ quote: q }),
  createTable: ({ table }) => createTable(table),
  ...placeRenderers,
  addColumn,
  dropColumn,
  alterColumn,
  ...indexRenderers,
  addConstraint: ({ table, constraint }) => [
    ...alter(table, `${withCheck(constraint)} ${check(constraint)}`),
    ...constraintComment(table, constraint),
  ],
  validateConstraint: ({ table, name }) => alter(table, `WITH CHECK CHECK CONSTRAINT ${q(name)}`),
  addForeignKey: ({ table, foreignKey: key }) => [
    ...alter(table, `${withCheck(key)} ${foreignKey(key)}`),
    ...constraintComment(table, key),
  ],
  addPrimaryKey: (s) => [
    ...alter(s.table, `ADD ${primaryKey(s.table, { columns: s.columns })}`),
    ...constraintComment(s.table, { name: keyName(s.table), comment: s.comment }),
  ],
  dropPrimaryKey: ({ table }) => [dropPrimaryKey(table)],
  setComment,
  createAutoUpdate,
  dropAutoUpdate,
  alterOptions,
  ...sequenceRenderers,
  ...viewRenderers,
  ...objectStatements,
  upsertRows,
  setRowSecurity: unsupported(
    "who may see a row is decided there by a security policy with a function of its own; make it with runSQL (CREATE SECURITY POLICY)",
  ),
  attachSequence: noOwnSequences,
  detachSequence: noOwnSequences,
  createDomain: noDomains,
  alterDomain: noDomains,
  dropDomain: noDomains,
  remakeDomain: noDomains,
  createExtension: noExtensions,
  alterExtension: noExtensions,
  dropExtension: noExtensions,
  createEnum: noEnums,
  dropEnum: noEnums,
  commentType: noEnums,
  renameEnumValue: noEnums,
  addEnumValue: noEnums,
  remakeEnum: noEnums,
};

/** Somebody else may have chosen its name, so that it is looked up. */
function dropPrimaryKey(table: string): Command {
  return execute(
    lines(
      "DECLARE @drop NVARCHAR(MAX) = (",
      `  SELECT ${stringLiteral(`ALTER TABLE ${q(table)} DROP CONSTRAINT `)} + QUOTENAME(name) FROM sys.key_constraints`,
      `  WHERE parent_object_id = ${objectId(table)} AND type = 'PK'`,
      ");",
      "EXEC (@drop)",
    ),
  );
}
