import { historyNames, ownComment, pastKey } from "../../core/ddl/own-columns.ts";
import { pastSql } from "../../core/ddl/past.ts";
import { block, lines } from "../../core/ddl/sql.ts";
import { quote } from "./names.ts";
import { stringLiteral } from "./quote.ts";

/** Names differ where their bytes do. Two of them are longer than a clustered key may be (900 bytes), but not than another one (1700). */
const name = "NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NOT NULL";

const historyColumns: readonly string[] = [
  `[track] ${name}`,
  `[name] ${name}`,
  "[checksum] NVARCHAR(255) NOT NULL",
  "[state] NVARCHAR(20) NOT NULL",
  "[steps_done] INT NOT NULL",
  "[applied_at] DATETIME2(3) NOT NULL",
  "[duration_ms] BIGINT NOT NULL",
  "[tool_version] NVARCHAR(255) NOT NULL",
  "[applied_by] NVARCHAR(MAX) NOT NULL",
  "PRIMARY KEY NONCLUSTERED ([track], [name])",
];

const pastColumns: readonly string[] = [
  ...historyColumns.slice(0, -1),
  "[reason] NVARCHAR(20) NOT NULL",
  "[ended_at] DATETIME2(3) NOT NULL",
  "[ended_ms] BIGINT NOT NULL",
  "[ended_version] NVARCHAR(255) NOT NULL",
  "[ended_by] NVARCHAR(MAX) NOT NULL",
  `PRIMARY KEY NONCLUSTERED (${pastKey.map((column) => `[${column}]`).join(", ")})`,
];

const journalColumns: readonly string[] = [
  `[track] ${name}`,
  `[name] ${name}`,
  "[position] INT NOT NULL",
  "[sql_hash] NVARCHAR(255) NOT NULL",
  "[statement] NVARCHAR(MAX) NOT NULL",
  "[trace] NVARCHAR(MAX) NULL",
  "[started_at] NVARCHAR(40) NOT NULL",
  "[finished_at] NVARCHAR(40) NULL",
  "[error] NVARCHAR(MAX) NULL",
  "PRIMARY KEY NONCLUSTERED ([track], [name], [position])",
];

const leaseColumns: readonly string[] = [
  "[id] INT NOT NULL PRIMARY KEY CHECK ([id] = 1)",
  "[token] BIGINT NOT NULL",
  "[owner] NVARCHAR(255) NULL",
  "[host] NVARCHAR(255) NULL",
  "[pid] BIGINT NULL",
  "[user] NVARCHAR(255) NULL",
  "[since] DATETIME2(3) NULL",
  "[seen] DATETIME2(3) NULL",
  "[ends] DATETIME2(3) NULL",
];

const list = historyNames.map((name) => `[${name}]`).join(", ");

/** Where `applied_at` stands among them. */
const appliedAt = historyNames.indexOf("applied_at");

/** In this schema and no other: without one, a name may lead to what is in dbo. */
export const ownTable = (table: string): string =>
  `SELECT 1 AS present FROM sys.tables WHERE schema_id = SCHEMA_ID() AND name = ${stringLiteral(table)}`;

export const history = {
  create: (table: string): readonly string[] => [madeOnce(table, historyColumns)],
  list: (table: string): string =>
    `SELECT ${list.replace("[applied_at]", `${isoTime("h.[applied_at]")} AS [applied_at]`)} FROM ${quote(table)} AS h ORDER BY h.[applied_at], [name]`,
  insert: (table: string, values: readonly string[]): string =>
    `INSERT INTO ${quote(table)} (${list}) VALUES (${values.map((value, i) => (i === appliedAt ? zonedTime(value) : value)).join(", ")})`,
  delete: (table: string, track: string, migration: string): string =>
    `DELETE FROM ${quote(table)} WHERE [track] = ${track} AND [name] = ${migration}`,
};

/** A text with a zone as a time. */
const zonedTime = (text: string): string => `CAST(${text} AS DATETIMEOFFSET(3))`;

export const past = pastSql({
  quote,
  iso: (time) => isoTime(time),
  time: zonedTime,
  create: (table) => [madeOnce(table, pastColumns)],
});

export const createJournal = (table: string): readonly string[] => [madeOnce(table, journalColumns)];

/** Fails where the table is there already. */
export const createLease = (table: string): readonly string[] => [
  lines(
    "SET XACT_ABORT ON;",
    "BEGIN TRANSACTION;",
    `${block(`CREATE TABLE ${quote(table)}`, leaseColumns)};`,
    marked(table),
    `INSERT INTO ${quote(table)} ([id], [token]) VALUES (1, 0);`,
    "COMMIT TRANSACTION",
  ),
];

const madeOnce = (table: string, columns: readonly string[]): string =>
  lines(
    `IF NOT EXISTS (${ownTable(table)})`,
    "BEGIN",
    `${block(`CREATE TABLE ${quote(table)}`, columns)};`,
    marked(table),
    "END",
  );

const marked = (table: string): string =>
  lines(
    "DECLARE @schema SYSNAME = SCHEMA_NAME();",
    `EXEC sys.sp_addextendedproperty N'MS_Description', N'${ownComment}', N'SCHEMA', @schema, N'TABLE', ${stringLiteral(table)};`,
  );

/** A time as text, ISO 8601 with milliseconds. */
export const isoTime = (expression: string): string =>
  `REPLACE(CONVERT(NVARCHAR(23), CAST(${expression} AS DATETIME2(3)), 121), N' ', N'T') + N'Z'`;
