import type { ScratchSql } from "../../core/ddl/scratch.ts";

/** A database, not a schema: scripts name `public`, and what pg_dump writes empties the search_path. */
export const scratch = (quote: (name: string) => string): ScratchSql => ({
  create: (name) => `CREATE DATABASE ${quote(name)} TEMPLATE template0`,
  drop: (name) => `DROP DATABASE IF EXISTS ${quote(name)} WITH (FORCE)`,
  withoutClientCommands: (script) => script.replace(copiedRows, blank).replace(command, blank),
});

/** `COPY … FROM stdin;` with its rows, to the line `\.` that ends them. */
const copiedRows = /^COPY\s[^;]*?\sFROM\s+stdin[^;]*;[^\n]*\n(?:(?!\\\.)[^\n]*\n)*\\\.[ \t\r]*$/gim;
/** `\connect shop`, `\restrict …` */
const command = /^\\[A-Za-z!?][^\n]*$/gm;

const blank = (text: string): string => text.replace(/[^\n]/g, " ");
