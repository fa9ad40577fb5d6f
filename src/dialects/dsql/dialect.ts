import { type Dialect, extendDialect } from "../../core/ddl/dialect.ts";
import { fieldOfWith } from "../../core/ddl/field-of.ts";
import { quoteQualified } from "../../core/ddl/qualified.ts";
import postgres, { defaultValue, fieldType } from "../postgres/dialect.ts";
import { bookkeeping } from "./bookkeeping.ts";
import { numberedType, withIdentities } from "./columns.ts";
import { introspection } from "./introspect.ts";
import { renderers } from "./render.ts";
import { canonicalType, columnType } from "./types.ts";

const { scratch: _, spellings: __, ...parent } = postgres;
const {
  namesPrimaryKeys: _names,
  namesNotNull: _notNull,
  deferrablePrimaryKeys: _deferrable,
  primaryKeysInclude: _include,
  ...capabilities
} = postgres.capabilities;

/** Amazon Aurora DSQL: the statements of PostgreSQL 16, one change of a table per transaction, without locks. */
const dsql: Dialect = extendDialect(parent, {
  name: "auroradsql",
  title: "Aurora DSQL",
  aliases: ["dsql", "aurora_dsql"],
  schemes: ["dsql"],
  exampleUrl: "dsql://admin@CLUSTER.dsql.REGION.on.aws/postgres, with a token in PGPASSWORD",
  capabilities: {
    ...capabilities,
    transactionalDdl: false,
    maxVarcharLength: 65_535,
    maxDecimalPrecision: 38,
    limitsRows: true,
    noSavepoints: true,
  },
  columnType,
  numberedType,
  canonicalType,
  enums: { kind: "check" },
  fieldOf: fieldOfWith({ fieldType, defaultValue }),
  tableOptions: [],
  columnOptions: [],
  canonicalTable: (table) => withIdentities(postgres.canonicalTable?.(table) ?? table),
  render: renderers(quoteQualified(postgres.quote)),
  introspect: introspection,
  // It takes no settings beyond those of a connection; a transaction sees one state anyway.
  rows: { ...postgres.rows, begin: "BEGIN READ ONLY" },
  bookkeeping: bookkeeping(postgres.quote),
});

export default dsql;
