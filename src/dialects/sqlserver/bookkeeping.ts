import type { Bookkeeping, DatabaseFailure, ErrorClass } from "../../core/ddl/dialect.ts";
import { recoveryOf, standsAlone } from "./alone.ts";
import { lease, sessionLock } from "./locks.ts";
import { createJournal, history, ownTable, past } from "./own-tables.ts";

export const bookkeeping: Bookkeeping = {
  historyExists: ownTable,
  createHistory: history.create,
  listHistory: history.list,
  insertHistory: history.insert,
  deleteHistory: history.delete,
  past,
  createJournal,
  lock: sessionLock,
  lease,
  limits: {
    // Short, because everybody queues up behind an ALTER TABLE that waits for its table.
    defaultLockMs: 5000,
    // What is set for a time a statement may run is set by programs, not by sessions of the server.
    session: ({ lockMs }) =>
      lockMs === undefined ? [] : [`SET LOCK_TIMEOUT ${lockMs === 0 ? -1 : Math.round(lockMs)}`],
    reset: ["SET LOCK_TIMEOUT -1"],
    saved: {
      query: "SELECT @@LOCK_TIMEOUT AS ms",
      back: (row) => [`SET LOCK_TIMEOUT ${Number(row["ms"] ?? -1)}`],
    },
    patient: () => false,
    // By itself a batch may be half done; its transaction is not.
    repeatable: (sql, inTransaction) => inTransaction && standsAlone(sql) === "never",
  },
  checkup: {
    clock: "SELECT DATEDIFF_BIG(MILLISECOND, CAST('1970-01-01' AS DATETIME2), SYSUTCDATETIME()) AS now",
    lackingRights: `SELECT p.name AS lacking FROM (VALUES ('CREATE TABLE'), ('CREATE VIEW'), ('CREATE PROCEDURE'), ('CREATE FUNCTION')) AS p(name)
WHERE COALESCE(HAS_PERMS_BY_NAME(DB_NAME(), N'DATABASE', p.name), 0) = 0
UNION ALL
SELECT p.name + ' on schema ' + SCHEMA_NAME() FROM (VALUES ('ALTER'), ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE'), ('REFERENCES')) AS p(name)
WHERE COALESCE(HAS_PERMS_BY_NAME(QUOTENAME(SCHEMA_NAME()), N'SCHEMA', p.name), 0) = 0`,
    rightsMayHide: false,
  },
  // No `progress`: percent_complete of sys.dm_exec_requests counts reorganizing, backups, checks and rollbacks, but neither CREATE INDEX nor changes of columns and
  // rows; an index built by steps (sys.index_resumable_operations) is built in no transaction, and only in some editions:
  // https://learn.microsoft.com/sql/relational-databases/system-dynamic-management-views/sys-dm-exec-requests-transact-sql
  standsAlone,
  recoveryOf,
  // A statement that fails ends the transaction, and is not a line in a log beside others that go on.
  begin: "SET XACT_ABORT ON;\nBEGIN TRANSACTION",
  savepoint: {
    // Otherwise what fails would end the transaction, and the savepoint with it.
    set: "DECLARE @id BIGINT = CURRENT_TRANSACTION_ID();\nEXEC sys.sp_set_session_context N'godwit_transaction', @id;\nSAVE TRANSACTION godwit_operation;\nSET XACT_ABORT OFF",
    undo: "ROLLBACK TRANSACTION godwit_operation",
    release:
      "SET XACT_ABORT ON;\nIF XACT_STATE() <> 1 OR CAST(SESSION_CONTEXT(N'godwit_transaction') AS BIGINT) <> CURRENT_TRANSACTION_ID()\n  THROW 50000, N'the transaction that the savepoint was in has ended', 1",
  },
  foreignKeysOff: [],
  foreignKeysOn: [],
  classify,
};

function classify({ code = "" }: DatabaseFailure): ErrorClass {
  return classes[code] ?? "other";
}

const numbersOf = (numbers: readonly (number | string)[], kind: ErrorClass): Readonly<Record<string, ErrorClass>> =>
  Object.fromEntries(numbers.map((number) => [String(number), kind]));

/** By number: https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors */
const classes: Readonly<Record<string, ErrorClass>> = {
  ...numbersOf([1779, 1781, 1801, 1913, 2705, 2714, 2759, 15025, 15335, 15233], "already-exists"),
  ...numbersOf(
    [207, 208, 911, 1767, 1911, 3701, 3728, 4145, 4902, 4924, 2812, 15151, 15225, 15248, 15217],
    "not-found",
  ),
  ...numbersOf([1204, 1205, 1222, 3960, 3961, 5061, 41302, 41305, 41325, 49918, 49919, 49920], "busy"),
  ...numbersOf(
    [
      229, 230, 262, 297, 300, 371, 916, 1088, 3906, 3908, 4060, 4064, 15247, 15404, 18456, 18452, 18470, 18486, 18487,
      18488, 21050,
    ],
    "permission",
  ),
  ...numbersOf([515, 547, 1505, 2601, 2627, 3609, 8152, 2628], "constraint"),
  ...numbersOf([102, 103, 105, 111, 113, 137, 156, 170, 178, 319, 343], "syntax"),
  ...numbersOf(
    [
      233,
      596,
      983,
      6005,
      10053,
      10054,
      10060,
      10928,
      10929,
      40197,
      40501,
      40613,
      "ECONNREFUSED",
      "ECONNRESET",
      "ECLOSE",
      "ENOTFOUND",
      "EPIPE",
      "ESOCKET",
      "ETIMEDOUT",
      "ENOTOPEN",
    ],
    "connection",
  ),
};
