import { type LeaseSql, leaseSql } from "../../core/ddl/lease.ts";
import { block } from "../../core/ddl/sql.ts";
import sqlite from "../sqlite/dialect.ts";

const { quote, placeholder } = sqlite;

/** Milliseconds count, and texts of this form are in the order of their times. */
const iso = "'%Y-%m-%dT%H:%M:%fZ'";

const words = leaseSql({
  quote,
  placeholder,
  now: `strftime(${iso}, 'now')`,
  later: (milliseconds) => `strftime(${iso}, 'now', (${milliseconds} / 1000.0) || ' seconds')`,
  iso: (time) => time,
  create: (table) => [
    block(`CREATE TABLE IF NOT EXISTS ${quote(table)}`, [
      '"id" INTEGER PRIMARY KEY CHECK ("id" = 1)',
      '"token" INTEGER NOT NULL',
      '"owner" TEXT',
      '"host" TEXT',
      '"pid" INTEGER',
      '"user" TEXT',
      '"since" TEXT',
      '"seen" TEXT',
      '"ends" TEXT',
    ]),
    `INSERT INTO ${quote(table)} ("id", "token") VALUES (1, 0) ON CONFLICT ("id") DO NOTHING`,
  ],
});

/** One transaction writes at a time, so that whoever has opened one keeps the row by that alone. */
export const lease: LeaseSql = { ...words, hold: words.read };
