import type { Dialect } from "../../core/ddl/dialect.ts";
import { fieldOfWith } from "../../core/ddl/field-of.ts";
import type { Column, TableImage } from "../../core/ddl/statement.ts";
import { changesInPlace } from "./alter.ts";
import { bookkeeping } from "./bookkeeping.ts";
import { canonicalDefault, defaultValue, namedDefaults } from "./defaults.ts";
import { introspection } from "./introspect.ts";
import { columnOptions, tableOptions } from "./options.ts";
import { literal, maxIdentifierBytes, quote } from "./quote.ts";
import { renderers } from "./render.ts";
import { rows } from "./rows.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { canonicalType, columnType, fieldType, maxLength } from "./types.ts";

/** Vertica: columns in projections, which godwit leaves alone, and keys that are kept only where somebody says so. */
const vertica: Dialect = {
  name: "vertica",
  title: "Vertica",
  aliases: [],
  schemes: ["vertica"],
  exampleUrl: "vertica://user:password@host:5433/name",
  capabilities: {
    transactionalDdl: false,
    needsRebuild: () => false,
    inlineForeignKeysOnly: false,
    constraintsKeepNames: true,
    replacesColumns: true,
    changesInPlace,
    namespaces: true,
    comments: true,
    numbersAnyInteger: true,
    maxIdentifierBytes,
    maxVarcharLength: maxLength,
    maxDecimalPrecision: 1024,
    foreignKeysOffForDdl: false,
    comparedIndexMethod: (method) => method.toLowerCase(),
  },
  namedDefaults,
  quote,
  literal,
  placeholder: () => "?",
  columnType,
  // A LONG VARCHAR cannot be compared with a list of values everywhere.
  enums: { kind: "check", type: () => "VARCHAR(255)" },
  converted,
  fieldOf: fieldOfWith({ fieldType, defaultValue }),
  canonicalType,
  canonicalDefault,
  canonicalPredicate: (sql) => sql.trim(),
  tableOptions,
  columnOptions,
  canonicalTable,
  render: renderers,
  scriptSyntax,
  introspect: introspection,
  rows,
  bookkeeping,
};

export default vertica;

function converted(before: Column, after: Column): string | undefined {
  return canonicalType(before.type) === canonicalType(after.type)
    ? undefined
    : `CAST(${quote(before.name)} AS ${after.type})`;
}

/** Without what the catalog tells of projections or in words of its own, and what foreign keys would do. */
function canonicalTable(table: TableImage): TableImage {
  const { options: _options, primaryKeyName: _name, ...rest } = table;
  return {
    ...rest,
    columns: table.columns.map(({ options: _own, sequence: _sequence, ...column }) => column),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, onDelete: "NO ACTION", onUpdate: "NO ACTION" })),
  };
}
