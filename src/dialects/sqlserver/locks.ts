import { type LeaseSql, leaseSql } from "../../core/ddl/lease.ts";
import type { SessionLockSql } from "../../core/ddl/lock.ts";
import { quote } from "./names.ts";
import { createLease, isoTime } from "./own-tables.ts";

/** Locks on words, which the server frees when their session ends: https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-getapplock-transact-sql */
const word = "DECLARE @word NVARCHAR(255) = N'godwit:' + @p1;\nDECLARE @result INT;";

/** The catalog tells the first 32 characters of the word, in brackets; who may not look at other sessions finds nobody. */
const holders = `sys.dm_tran_locks AS l JOIN sys.dm_exec_sessions AS s ON s.session_id = l.request_session_id
WHERE l.resource_type = N'APPLICATION' AND l.request_status = N'GRANT' AND l.resource_database_id = DB_ID()
  AND l.resource_description LIKE N'%:[[]' + LEFT(N'godwit:' + @p1, 32) + N']:%'`;

/** The time of a session is in the zone of the server. */
const loginTime = "DATEADD(MINUTE, DATEDIFF(MINUTE, GETDATE(), GETUTCDATE()), s.login_time)";

export const sessionLock: SessionLockSql = {
  kind: "session",
  tryAcquire: `${word}
EXEC @result = sys.sp_getapplock @Resource = @word, @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
SELECT CASE WHEN @result >= 0 THEN 1 ELSE 0 END AS locked`,
  release: `${word}
EXEC @result = sys.sp_releaseapplock @Resource = @word, @LockOwner = N'Session';
SELECT @result AS released`,
  holder: `SELECT s.session_id AS pid, s.login_name AS [user], s.host_name AS host, ${isoTime(loginTime)} AS since FROM ${holders}`,
  terminate: `DECLARE @kill NVARCHAR(MAX) = (
  SELECT N'KILL ' + CAST(s.session_id AS NVARCHAR(10)) FROM ${holders} AND s.session_id = CAST(@p2 AS INT)
);
EXEC (@kill)`,
};

const standard: LeaseSql = leaseSql({
  quote,
  placeholder: (n) => `@p${n}`,
  now: "SYSUTCDATETIME()",
  later: (milliseconds) => `DATEADD(MILLISECOND, CAST(${milliseconds} AS INT), SYSUTCDATETIME())`,
  iso: isoTime,
  create: createLease,
});

/** READPAST goes past a row that somebody else holds; UPDLOCK holds it until the transaction ends. */
export const lease: LeaseSql = {
  ...standard,
  hold: (table) => `${standard.read(table)} WITH (UPDLOCK, READPAST, ROWLOCK)`,
};
