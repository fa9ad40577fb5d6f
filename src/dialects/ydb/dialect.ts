import type { Dialect } from "../../core/ddl/dialect.ts";
import { fieldOfWith } from "../../core/ddl/field-of.ts";
import { converted, dependentsHold } from "./alter.ts";
import { bookkeeping } from "./bookkeeping.ts";
import { canonicalDefault, defaultValue, namedDefaults } from "./defaults.ts";
import { introspect } from "./introspect.ts";
import { comparedMethod } from "./keys.ts";
import { canonicalTable, tableOptions } from "./options.ts";
import { literal, maxIdentifierBytes, quote } from "./quote.ts";
import { renderers } from "./render.ts";
import { rows } from "./rows.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { canonicalType, columnType, fieldType, maxDecimalPrecision } from "./types.ts";

/** YDB: tables sorted by a primary key that each of them has, and YQL. */
const ydb: Dialect = {
  name: "ydb",
  title: "YDB",
  aliases: [],
  schemes: ["ydb", "ydbs", "grpc", "grpcs"],
  exampleUrl: "ydb://user:password@host:2136/path/to/database",
  capabilities: {
    transactionalDdl: false,
    needsRebuild: () => false,
    inlineForeignKeysOnly: false,
    indexesInTable: true,
    uniqueConstraintsAreIndexes: true,
    dependentsHold,
    numbersAnyInteger: true,
    noSavepoints: true,
    maxIdentifierBytes,
    maxDecimalPrecision,
    foreignKeysOffForDdl: false,
    comparedIndexMethod: comparedMethod,
  },
  namedDefaults,
  quote,
  literal,
  placeholder: (n) => `$p${n}`,
  columnType,
  // A text and a check, which it has not, so that a table with one is refused.
  enums: { kind: "check" },
  converted,
  fieldOf: fieldOfWith({ fieldType, defaultValue }),
  canonicalType,
  canonicalDefault,
  canonicalPredicate: (sql) => sql.trim(),
  tableOptions,
  canonicalTable,
  render: renderers,
  scriptSyntax,
  introspect,
  rows,
  bookkeeping,
};

export default ydb;
