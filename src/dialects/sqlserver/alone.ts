import type { StandsAlone } from "../../core/ddl/dialect.ts";
import type { Recovery } from "../../core/ddl/recovery.ts";
import { wordsOf } from "../../core/sql-files/words.ts";
import { scriptSyntax } from "./script-syntax.ts";

/** Statements that transactions cannot hold: https://learn.microsoft.com/sql/t-sql/language-elements/transactions-transact-sql and the pages of the statements. */
const alone =
  /^(?:(?:CREATE|ALTER|DROP) (?:DATABASE|FULLTEXT (?:CATALOG|INDEX|STOPLIST)|AVAILABILITY GROUP|ENDPOINT|EXTERNAL (?:DATA SOURCE|LIBRARY))|BACKUP|RESTORE|RECONFIGURE|KILL|SHUTDOWN|DBCC SHRINK(?:DATABASE|FILE)|EXEC(?:UTE)? (?:SYS \. )?SP_(?:CONFIGURE|RENAMEDB|FULLTEXT_\w+|DBOPTION|ATTACH_DB|DETACH_DB))(?: |$)/;

/** An index that can be paused and resumed cannot be part of a transaction. */
const resumable = /^(?:CREATE|ALTER) .*\bRESUMABLE = ON\b/;

export function standsAlone(sql: string): StandsAlone {
  const text = textOf(sql);
  if (/^ALTER DATABASE SCOPED /.test(text)) return "never";
  return alone.test(text) || resumable.test(text) ? "always" : "never";
}

/** What can be done again, can be; of all else that stands alone, only a person can tell. */
export const recoveryOf = (sql: string): Recovery =>
  /^(?:RECONFIGURE|BACKUP|ALTER DATABASE .* SET|(?:CREATE|DROP) [A-Z ]*IF (?:NOT )?EXISTS|IF )(?: |$)/.test(textOf(sql))
    ? { kind: "repeat" }
    : { kind: "ask" };

const textOf = (sql: string): string => wordsOf(sql, scriptSyntax, 40).join(" ").toUpperCase();
