import type { Dialect } from "../../core/ddl/dialect.ts";
import { fieldOfWith } from "../../core/ddl/field-of.ts";
import type { Column } from "../../core/ddl/statement.ts";
import { converted } from "./alter.ts";
import { bookkeeping } from "./bookkeeping.ts";
import { canonicalObject, canonicalView } from "./canonical-object.ts";
import { comparedDefault, defaultValue, namedDefaults } from "./defaults.ts";
import { enums } from "./enums.ts";
import { canonicalPredicate } from "./expression.ts";
import { introspect } from "./introspect.ts";
import { indexKind } from "./keys.ts";
import { canonicalTable, tableOptions } from "./options.ts";
import { literal, maxIdentifierBytes, quote } from "./quote.ts";
import { renderersWith } from "./render.ts";
import { rows } from "./rows.ts";
import { scratch } from "./scratch.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { spellingsWith } from "./spellings.ts";
import { canonicalType, columnType, fieldType, isLong } from "./types.ts";

// https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html: an index with the beginnings of values is none.
const servesForeignKeys = (columns: readonly Column[]): boolean => !columns.some(({ type }) => isLong(type));

const mysql: Dialect = {
  name: "mysql",
  title: "MySQL",
  aliases: [],
  schemes: ["mysql"],
  capabilities: {
    transactionalDdl: false,
    needsRebuild: () => false,
    inlineForeignKeysOnly: false,
    numbersKeysOnly: true,
    foreignKeysHoldNumbering: true,
    numbersAnyInteger: true,
    indexPrefixes: true,
    comments: true,
    commentsAreInline: true,
    uniqueConstraintsAreIndexes: true,
    servesForeignKeys,
    // https://dev.mysql.com/doc/refman/8.4/en/create-index.html#create-index-column-prefixes: of a long value, an index has to say how much it holds.
    dependentsHold: (before, after) => isLong(before.type) !== isLong(after.type),
    constraintsKeepNames: true,
    replacesColumns: true,
    maxIdentifierBytes,
    // 65535 bytes are all that a row has; a character of utf8mb4 may take four.
    maxVarcharLength: 16_383,
    maxDecimalPrecision: 65,
    foreignKeysOffForDdl: false,
    comparedIndexMethod: (method) => indexKind(method)?.toLowerCase(),
  },
  namedDefaults,
  quote,
  literal,
  placeholder: () => "?",
  columnType,
  enums,
  converted,
  fieldOf: fieldOfWith({ fieldType, defaultValue }),
  canonicalType,
  tableOptions,
  canonicalTable,
  canonicalDefault: comparedDefault,
  canonicalPredicate,
  canonicalView,
  canonicalObject,
  render: renderersWith({
    uniqueLong: false,
    jsonIndexes: false,
    expressionIndexes: true,
    randomDefaults: false,
    replacesObjects: false,
    hidden: "INVISIBLE",
    guardsIndexes: false,
    servesForeignKeys,
  }),
  spellings: spellingsWith({
    limits: ["SET @godwit_lock_wait = @@lock_wait_timeout, SESSION lock_wait_timeout = 1"],
    unlimit: ["SET SESSION lock_wait_timeout = @godwit_lock_wait"],
    // https://dev.mysql.com/doc/refman/8.4/en/create-table-check-constraints.html: no number is one, as what a field is computed by often is.
    check: (text) => `(${text}) IS NOT NULL`,
  }),
  scriptSyntax,
  introspect,
  rows,
  bookkeeping,
  scratch,
};

export default mysql;

/** For variants. */
export { defaultClause, defaultValue } from "./defaults.ts";
export { limitsWith } from "./limits.ts";
export { leaseWith } from "./locks.ts";
export { stagedProgress } from "./progress.ts";
export { renderersWith } from "./render.ts";
export { spellingsWith } from "./spellings.ts";
export { canonicalType, fieldType, isLong } from "./types.ts";
