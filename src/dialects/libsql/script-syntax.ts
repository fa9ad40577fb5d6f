import sqlite from "../sqlite/dialect.ts";

/** libSQL reads SQL as SQLite does. */
export const scriptSyntax = sqlite.scriptSyntax;
