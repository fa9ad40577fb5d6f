import { type LeaseSql, leaseSql } from "../../core/ddl/lease.ts";
import { block } from "../../core/ddl/sql.ts";
import sqlite from "../sqlite/dialect.ts";

const { quote, placeholder } = sqlite;

/** Milliseconds count, and texts of this form are in the order of their times. */
const iso = "'%Y-%m-%dT%H:%M:%fZ'";

const now = `strftime(${iso}, 'now')`;

const { hold: _, ...words } = leaseSql({
  quote,
  placeholder,
  now,
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

/** One statement, in the place of a transaction in which it is held: others would wait for that, and a server end it for their sake. */
export const lease: LeaseSql = {
  ...words,
  take: (table) => `${words.take(table)} WHERE "token" = ?6 AND ("owner" IS NULL OR "ends" <= ${now})`,
};
