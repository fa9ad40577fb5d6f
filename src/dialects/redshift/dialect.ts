import { type Dialect, extendDialect } from "../../core/ddl/dialect.ts";
import { fieldOfWith } from "../../core/ddl/field-of.ts";
import type { Column, TableImage } from "../../core/ddl/statement.ts";
import postgres from "../postgres/dialect.ts";
import { changesInPlace } from "./alter.ts";
import { bookkeeping } from "./bookkeeping.ts";
import { numberedType } from "./columns.ts";
import { canonicalDefault, defaultValue, namedDefaults } from "./defaults.ts";
import { introspection } from "./introspect.ts";
import { canonicalOptions, columnOptions, tableOptions } from "./options.ts";
import { literal, maxIdentifierBytes, quote } from "./quote.ts";
import { renderers } from "./render.ts";
import { rows } from "./rows.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { canonicalType, columnType, fieldType } from "./types.ts";

const { scratch: _, spellings: __, refill: ___, sameExpression: ____, canonicalObject: _____, ...parent } = postgres;

/** Amazon Redshift: PostgreSQL 8.0 as it was, with columns of its own making, and keys that only tell the planner something. */
const redshift: Dialect = extendDialect(parent, {
  name: "redshift",
  title: "Redshift",
  schemes: ["redshift"],
  exampleUrl: "redshift://user:password@CLUSTER.ID.REGION.redshift.amazonaws.com:5439/name",
  capabilities: {
    transactionalDdl: true,
    needsRebuild: () => false,
    inlineForeignKeysOnly: false,
    constraintsKeepNames: true,
    replacesColumns: true,
    changesInPlace,
    namespaces: true,
    comments: true,
    maxIdentifierBytes,
    maxVarcharLength: 65_535,
    maxDecimalPrecision: 38,
    foreignKeysOffForDdl: false,
    noSavepoints: true,
    comparedIndexMethod: (method) => method.toLowerCase(),
  },
  namedDefaults,
  quote,
  literal,
  columnType,
  numberedType,
  enums: { kind: "check" },
  converted,
  fieldOf: fieldOfWith({ fieldType, defaultValue }),
  canonicalType,
  canonicalDefault,
  tableOptions,
  columnOptions,
  canonicalTable,
  render: renderers,
  scriptSyntax,
  introspect: introspection,
  rows,
  bookkeeping,
});

export default redshift;

/** As in an assignment, which Redshift makes between fewer types than it casts. */
function converted(before: Column, after: Column): string | undefined {
  return canonicalType(before.type) === canonicalType(after.type)
    ? undefined
    : `CAST(${quote(before.name)} AS ${after.type})`;
}

/** Without what the catalog does not tell: compressions that were chosen, what foreign keys would do. */
function canonicalTable(table: TableImage): TableImage {
  const { options: _options, primaryKeyName: _name, ...rest } = table;
  const options = canonicalOptions(table);
  return {
    ...rest,
    columns: table.columns.map(({ options: _own, sequence: _sequence, ...column }) => column),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, onDelete: "NO ACTION", onUpdate: "NO ACTION" })),
    ...(options && { options }),
  };
}
