import type { Dialect } from "../../core/ddl/dialect.ts";
import { fieldOfWith } from "../../core/ddl/field-of.ts";
import { bookkeeping } from "./bookkeeping.ts";
import { canonicalColumns, columnOptions } from "./column-options.ts";
import { canonicalDefault, defaultValue, namedDefaults } from "./defaults.ts";
import { enums } from "./enums.ts";
import { introspect } from "./introspect.ts";
import { comparedMethod } from "./keys.ts";
import { canonicalTable, tableOptions } from "./options.ts";
import { literal, maxIdentifierBytes, quote } from "./quote.ts";
import { renderers } from "./render.ts";
import { rows } from "./rows.ts";
import { scratch } from "./scratch.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { canonicalText } from "./text.ts";
import { canonicalType, columnType, fieldType } from "./types.ts";

const clickhouse: Dialect = {
  name: "clickhouse",
  title: "ClickHouse",
  aliases: [],
  schemes: ["clickhouse", "clickhouses", "clickhouse+http", "clickhouse+https"],
  capabilities: {
    transactionalDdl: false,
    needsRebuild: () => false,
    inlineForeignKeysOnly: false,
    comments: true,
    commentsAreInline: true,
    indexesHaveNoComments: true,
    maxIdentifierBytes,
    maxDecimalPrecision: 76,
    foreignKeysOffForDdl: false,
    comparedIndexMethod: comparedMethod,
  },
  namedDefaults,
  quote,
  literal,
  placeholder: (n) => `{p${n}}`,
  columnType,
  enums,
  fieldOf: fieldOfWith({ fieldType, defaultValue }),
  canonicalType,
  canonicalDefault,
  canonicalPredicate: canonicalText,
  tableOptions,
  columnOptions,
  canonicalTable: (table) => canonicalTable(canonicalColumns(table)),
  render: renderers,
  scriptSyntax,
  introspect,
  rows,
  bookkeeping,
  scratch,
};

export default clickhouse;
