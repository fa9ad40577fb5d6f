import type { Dialect } from "../../core/ddl/dialect.ts";
import type { Column } from "../../core/ddl/statement.ts";
import type { Field } from "../../core/schema/model.ts";
import { bookkeeping } from "./bookkeeping.ts";
import { canonicalDefault, defaultValue, namedDefaults } from "./defaults.ts";
import { enums } from "./enums.ts";
import { introspect } from "./introspect.ts";
import { comparedMethod } from "./keys.ts";
import { canonicalTable, tableOptions } from "./options.ts";
import { literal, maxIdentifierBytes, quote } from "./quote.ts";
import { renderers } from "./render.ts";
import { rows } from "./rows.ts";
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
  fieldOf,
  canonicalType,
  canonicalDefault,
  canonicalPredicate: canonicalText,
  tableOptions,
  canonicalTable,
  render: renderers,
  scriptSyntax,
  introspect,
  rows,
  bookkeeping,
};

export default clickhouse;

function fieldOf(column: Column): Omit<Field, "references"> {
  const value = column.default === undefined ? undefined : defaultValue(column.default, column.type);
  const type = fieldType(column.type);
  return {
    name: column.name,
    ...type,
    ...(column.autoIncrement && { type: serialTypes[type.type] ?? type.type }),
    nullable: column.nullable,
    ...(value !== undefined && { default: value }),
    ...(column.autoUpdate && { autoUpdate: true }),
  };
}

/** For a schema that is to say what it says, although no such table can be made. */
const serialTypes: Readonly<Record<string, string>> = {
  smallint: "smallserial",
  integer: "serial",
  bigint: "bigserial",
};
