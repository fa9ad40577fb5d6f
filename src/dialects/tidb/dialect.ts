import { type Dialect, extendDialect } from "../../core/ddl/dialect.ts";
import { fieldOfWith } from "../../core/ddl/field-of.ts";
import mysql, { fieldType } from "../mysql/dialect.ts";
import { bookkeeping } from "./bookkeeping.ts";
import { canonicalDefault, defaultValue, namedDefaults } from "./defaults.ts";
import { introspect } from "./introspect.ts";
import { canonicalTable, columnOptions, tableOptions } from "./options.ts";
import { renderers } from "./render.ts";

// Each foreign key gets an index of its own name, which goes with it.
const { servesForeignKeys: _, ...capabilities } = mysql.capabilities;
// Its SHOW CREATE TABLE says a text as it was written.
const { spellings: __, ...parent } = mysql;

/** TiDB: MySQL in many places at once, and therefore without some of it. */
const tidb: Dialect = extendDialect(parent, {
  name: "tidb",
  title: "TiDB",
  schemes: ["tidb"],
  capabilities,
  namedDefaults,
  tableOptions,
  columnOptions,
  canonicalTable,
  canonicalDefault,
  fieldOf: fieldOfWith({ fieldType, defaultValue }),
  render: renderers,
  introspect,
  // It refuses READ ONLY where nobody allows words that do nothing.
  rows: { ...mysql.rows, begin: "START TRANSACTION WITH CONSISTENT SNAPSHOT" },
  bookkeeping,
});

export default tidb;
