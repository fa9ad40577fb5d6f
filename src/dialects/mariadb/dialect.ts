import { type Dialect, extendDialect } from "../../core/ddl/dialect.ts";
import mysql, { limitsWith, renderersWith, spellingsWith, stagedProgress } from "../mysql/dialect.ts";

// It sees to indexes and expressions itself when a column changes or gets another name.
const { dependentsHold: _, ...capabilities } = mysql.capabilities;

/** MariaDB: MySQL, but for what it can do beyond that. */
const mariadb: Dialect = extendDialect(mysql, {
  name: "mariadb",
  title: "MariaDB",
  schemes: ["mariadb"],
  capabilities: {
    ...capabilities,
    columnChecks: true,
  },
  spellings: spellingsWith({
    made: "SET STATEMENT lock_wait_timeout = 1, max_statement_time = 10 FOR ",
    // The server logs rows in place of the statement then, where it may choose: https://mariadb.com/kb/en/unsafe-statements-for-statement-based-replication/
    other: "UUID()",
  }),
  scriptSyntax: { ...mysql.scriptSyntax, guards: { orReplace: [], notCreate: [], notDrop: [], instead: "" } },
  // By a hash beside the row: https://mariadb.com/kb/en/blob-and-text-data-types/#indexing-on-blob-and-text-columns
  render: renderersWith({
    uniqueLong: true,
    jsonIndexes: true,
    expressionIndexes: false,
    randomDefaults: true,
    replacesObjects: true,
    hidden: "IGNORED",
    guardsIndexes: true,
    ...(capabilities.servesForeignKeys && { servesForeignKeys: capabilities.servesForeignKeys }),
  }),
  bookkeeping: {
    ...mysql.bookkeeping,
    progress: stagedProgress,
    // In seconds; a fraction counts. Zero: as long as it takes.
    limits: limitsWith(
      ({ statementMs }) => (statementMs === undefined ? {} : { max_statement_time: statementMs / 1000 }),
      ["max_statement_time"],
    ),
  },
});

export default mariadb;
