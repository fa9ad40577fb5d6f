import type { Dialect } from "../../core/ddl/dialect.ts";
import { fieldOfWith } from "../../core/ddl/field-of.ts";
import { ToolError } from "../../core/errors.ts";
import { bookkeeping } from "./bookkeeping.ts";
import { refusedKeys } from "./cascades.ts";
import { countingOf } from "./columns.ts";
import { canonicalTable } from "./compared.ts";
import { canonicalDefault, defaultValue, namedDefaults } from "./defaults.ts";
import { canonicalExpression } from "./expression.ts";
import { comparedMethod } from "./indexes.ts";
import { introspection } from "./introspect.ts";
import { tableOptions } from "./options.ts";
import { literal, maxIdentifierLength, quote } from "./quote.ts";
import { renderers } from "./render.ts";
import { rows } from "./rows.ts";
import { scratch } from "./scratch.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { canonicalType, columnType, fieldType, isWider } from "./types.ts";

const dialect: Dialect = {
  name: "sqlserver",
  title: "SQL Server",
  aliases: ["mssql"],
  schemes: ["sqlserver", "mssql"],
  capabilities: {
    transactionalDdl: true,
    needsRebuild: () => false,
    inlineForeignKeysOnly: false,
    replacesColumns: true,
    uniqueConstraintsAreIndexes: true,
    namespaces: true,
    comments: true,
    addsUnvalidated: true,
    generatedColumnsHoldTypes: true,
    predicatesHold: true,
    foreignKeysHoldNumbering: true,
    dependentsHold: (before, after, inKey) =>
      (canonicalType(before.type) !== canonicalType(after.type) && (inKey || !isWider(before.type, after.type))) ||
      before.collation !== after.collation ||
      before.nullable !== after.nullable ||
      Boolean(before.generated) !== Boolean(after.generated) ||
      countingOf(before) !== countingOf(after),
    maxIdentifierBytes: maxIdentifierLength,
    maxVarcharLength: 4000,
    maxDecimalPrecision: 38,
    foreignKeysOffForDdl: false,
    comparedIndexMethod: comparedMethod,
  },
  namedDefaults,
  quote,
  literal,
  placeholder: (n) => `@p${n}`,
  // Without an order, there is nothing to count from.
  limited: (most, ordered, skip) =>
    `${ordered ? "" : "ORDER BY (SELECT NULL) "}OFFSET ${skip} ROWS FETCH NEXT ${most} ROWS ONLY`,
  columnType,
  enums: { kind: "check", type: enumType },
  fieldOf: fieldOfWith({ fieldType, defaultValue }),
  canonicalType,
  canonicalDefault,
  // No `spellings`: what the server makes of an expression is known word by word, and read as a tree, so that nothing has to be asked.
  canonicalPredicate: canonicalExpression,
  tableOptions,
  canonicalTable,
  refusedKeys,
  render: renderers,
  scriptSyntax,
  introspect: introspection,
  rows,
  bookkeeping,
  scratch,
};

export default dialect;

/** Room for values that are still to come, so that the column need not change with them, and narrow enough for keys and indexes. */
const enumLength = 255;

function enumType(values: readonly string[]): string {
  const long = values.find((value) => value.length > enumLength);
  if (long === undefined) return `NVARCHAR(${enumLength})`;
  throw new ToolError(
    "unsupported",
    `the value "${long.slice(0, 40)}…" of an enum has ${long.length} characters, and there is room for ${enumLength} in SQL Server`,
    { value: long },
  );
}
