import type { ScratchSql } from "../../core/ddl/scratch.ts";
import { quote } from "./names.ts";

/** Variables and files are for sqlcmd: https://learn.microsoft.com/sql/tools/sqlcmd/sqlcmd-commands */
const clientCommand =
  /^[ \t]*:(?:setvar|r|on|out|error|connect|list|listvar|reset|serverlist|perftrace|xml|help|ed|exit|quit)\b.*$/gim;

export const scratch: ScratchSql = {
  create: (name) => `CREATE DATABASE ${quote(name)}`,
  drop: (name) =>
    `ALTER DATABASE ${quote(name)} SET SINGLE_USER WITH ROLLBACK IMMEDIATE;\nDROP DATABASE ${quote(name)}`,
  withoutClientCommands: (script) => script.replace(clientCommand, (line) => " ".repeat(line.length)),
};
