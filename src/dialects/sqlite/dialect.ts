import type { Dialect } from "../../core/ddl/dialect.ts";
import { bookkeeping } from "./bookkeeping.ts";
import { refuseStrayClauses } from "./create.ts";
import { namedDefaults } from "./defaults.ts";
import { introspect } from "./introspect.ts";
import { canonicalTable, tableOptions } from "./options.ts";
import { literal, maxIdentifierBytes, quote } from "./quote.ts";
import { refill } from "./refill.ts";
import { needsRebuild, renderers } from "./render.ts";
import { rows } from "./rows.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { canonicalDefault, canonicalPredicate, canonicalType, columnType, fieldOf } from "./types.ts";

const sqlite: Dialect = {
  name: "sqlite",
  title: "SQLite",
  aliases: ["sqlite3"],
  schemes: ["sqlite", "sqlite3", "file"],
  capabilities: {
    transactionalDdl: true,
    needsRebuild,
    inlineForeignKeysOnly: true,
    maxIdentifierBytes,
    comparedIndexMethod: () => undefined,
    foreignKeysOffForDdl: true,
    namesPrimaryKeys: true,
  },
  namedDefaults,
  quote,
  literal,
  placeholder: (n) => `?${n}`,
  columnType,
  enums: { kind: "check" },
  fieldOf,
  canonicalType,
  canonicalDefault,
  canonicalPredicate,
  refill,
  checkOptions: refuseStrayClauses,
  trialOf: (view) => `SELECT * FROM ${quote(view)} LIMIT 0`,
  tableOptions,
  canonicalTable,
  render: renderers,
  scriptSyntax,
  introspect,
  rows,
  bookkeeping,
};

export { introspectBut } from "./introspect.ts";
export { rebuildTableAndDependents } from "./rebuild.ts";
export { dropUnreferenced, rebuildInPlace } from "./rebuild-in-place.ts";

export default sqlite;
