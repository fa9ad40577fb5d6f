import type { Dialect, Value } from "../../core/ddl/dialect.ts";
import { fieldOfWith } from "../../core/ddl/field-of.ts";
import { withoutOwnCollations } from "../../core/ddl/own-collations.ts";
import { quoteQualified } from "../../core/ddl/qualified.ts";
import { stringLiteral } from "../../core/ddl/sql.ts";
import { ToolError } from "../../core/errors.ts";
import { utf8Length } from "../../core/schema/names.ts";
import { bookkeeping } from "./bookkeeping.ts";
import { canonicalObject, canonicalView } from "./canonical-object.ts";
import { canonicalColumns, columnOptions } from "./column-options.ts";
import { conversionOf } from "./conversion.ts";
import { canonicalDefault, canonicalPredicate, defaultValue, namedDefaults } from "./defaults.ts";
import { introspection } from "./introspect.ts";
import { canonicalTable, tableOptions } from "./options.ts";
import { withoutOwnCasts } from "./own-casts.ts";
import { refill } from "./refill.ts";
import { renderers } from "./render.ts";
import { rowReading } from "./rows.ts";
import { sameExpression } from "./same-expression.ts";
import { scratch } from "./scratch.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { spellings } from "./spellings.ts";
import { canonicalTree } from "./tree.ts";
import { canonicalType, columnType, fieldType } from "./types.ts";
import { isFrom, lackOf } from "./versions.ts";

const maxIdentifierBytes = 63;

const dialect: Dialect = {
  name: "postgresql",
  title: "PostgreSQL",
  aliases: ["postgres", "pg"],
  schemes: ["postgres", "postgresql"],
  capabilities: {
    transactionalDdl: true,
    needsRebuild: () => false,
    inlineForeignKeysOnly: false,
    maxIdentifierBytes,
    maxVarcharLength: 10_485_760,
    maxDecimalPrecision: 1000,
    foreignKeysOffForDdl: false,
    namespaces: true,
    comments: true,
    namesPrimaryKeys: true,
    namesNotNull: true,
    deferrablePrimaryKeys: true,
    primaryKeysInclude: true,
    generatedColumnsHoldTypes: true,
    addsUnvalidated: true,
    replacesColumns: true,
    comparedIndexMethod: (method) => (method.toLowerCase() === "btree" ? undefined : method.toLowerCase()),
  },
  namedDefaults,
  quote,
  literal,
  placeholder: (n) => `$${n}`,
  columnType,
  enums: { kind: "types" },
  converted: (before, after) => conversionOf(quote, before, after),
  fieldOf: fieldOfWith({ fieldType, defaultValue }),
  canonicalType,
  tableOptions,
  columnOptions,
  canonicalTable: (table) =>
    canonicalColumns(canonicalTree(canonicalTable(withoutOwnCollations(withoutOwnCasts(table), "default")))),
  canonicalDefault,
  canonicalPredicate,
  sameExpression,
  refill,
  canonicalView,
  canonicalObject,
  spellings: spellings(quoteQualified(quote)),
  render: renderers(quoteQualified(quote)),
  onServer,
  scriptSyntax,
  introspect: introspection,
  rows: rowReading(quote),
  bookkeeping: bookkeeping(quote),
  scratch: scratch(quote),
};

export default dialect;

/** For variants. */
export { defaultValue } from "./defaults.ts";
export { alterDomainSql, domainRenderers } from "./domains.ts";
export { listRenderers } from "./lists.ts";
export { viewRenderers } from "./managed.ts";
export { objectKinds } from "./objects.ts";
export { historyColumns, historyComment, journalColumns, utcTime } from "./own-tables.ts";
export { advanceSequence, sequenceChanges } from "./sequence.ts";
export { canonicalType, fieldType } from "./types.ts";

/** Before version 18, NOT NULL had no name. */
function onServer(version: string): Dialect {
  const { namesNotNull, ...capabilities } = dialect.capabilities;
  return {
    ...dialect,
    capabilities: { ...capabilities, ...(namesNotNull && isFrom(version, 18) && { namesNotNull }) },
    lack: (statement) => lackOf(statement, version),
  };
}

/** The server cuts longer names off without an error, and two of them may then be the same. */
function quote(name: string): string {
  const bytes = utf8Length(name);
  if (name === "") throw new ToolError("params", "a name in PostgreSQL must not be empty");
  if (name.includes("\0"))
    throw new ToolError(
      "params",
      `the name ${JSON.stringify(name)} contains the NUL character, which PostgreSQL cannot store`,
      { name },
    );
  if (bytes > maxIdentifierBytes) {
    throw new ToolError(
      "params",
      `the name "${name}" has ${bytes} bytes; PostgreSQL keeps only ${maxIdentifierBytes}: use a shorter one`,
      { name, bytes },
    );
  }
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(value: Value): string {
  if (value === null) return "NULL";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value === "bigint") return String(value);
  // Of a number, the sign of -0 would be lost.
  if (Object.is(value, -0)) return "'-0'";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : `'${value}'`;
  if (typeof value !== "string")
    return `'\\x${Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("")}'::BYTEA`;
  if (value.includes("\0")) {
    throw new ToolError(
      "params",
      `the text ${JSON.stringify(value)} contains the NUL character, which PostgreSQL cannot store; use a bytes field`,
      { value },
    );
  }
  return stringLiteral(value);
}
