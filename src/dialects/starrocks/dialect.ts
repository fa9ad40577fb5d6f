import type { Dialect } from "../../core/ddl/dialect.ts";
import { fieldOfWith } from "../../core/ddl/field-of.ts";
import { bookkeeping } from "./bookkeeping.ts";
import { columnOptions, numberedType } from "./columns.ts";
import { canonicalDefault, defaultValue, namedDefaults } from "./defaults.ts";
import { introspect } from "./introspect.ts";
import { comparedMethod } from "./keys.ts";
import { canonicalTable, tableOptions } from "./options.ts";
import { literal, maxIdentifierBytes, quote } from "./quote.ts";
import { renderers } from "./render.ts";
import { rows } from "./rows.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { canonicalText } from "./text.ts";
import { canonicalType, columnType, fieldType } from "./types.ts";

/** StarRocks: it speaks the protocol of MySQL, and another SQL. */
const starrocks: Dialect = {
  name: "starrocks",
  title: "StarRocks",
  aliases: [],
  schemes: ["starrocks"],
  capabilities: {
    transactionalDdl: false,
    needsRebuild: () => false,
    inlineForeignKeysOnly: false,
    comments: true,
    commentsAreInline: true,
    numbersAnyInteger: true,
    maxIdentifierBytes,
    // https://docs.starrocks.io/docs/sql-reference/data-types/: in bytes, up to 4.1.
    maxVarcharLength: 1_048_576,
    maxDecimalPrecision: 38,
    foreignKeysOffForDdl: false,
    comparedIndexMethod: comparedMethod,
  },
  namedDefaults,
  quote,
  literal,
  placeholder: () => "?",
  columnType,
  numberedType,
  // A text and a check, which it has not, so that a table with one is refused.
  enums: { kind: "check" },
  fieldOf: fieldOfWith({ fieldType, defaultValue }),
  canonicalType,
  canonicalDefault,
  canonicalPredicate: canonicalText,
  tableOptions,
  columnOptions,
  canonicalTable,
  render: renderers,
  scriptSyntax,
  introspect,
  rows,
  bookkeeping,
};

export default starrocks;
