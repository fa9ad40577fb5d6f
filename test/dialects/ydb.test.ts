import { expect, test } from "bun:test";
import ydb from "../../src/dialects/ydb/dialect.ts";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { dialectSuite } from "../conformance/dialect.ts";

const url = process.env["GODWIT_TEST_YDB_URL"];

test.skipIf(url === undefined)("GODWIT_TEST_YDB_URL names a YDB", async () => {
  const session = await openDatabase({ url: url ?? "" });
  expect(await session.driver.serverVersion?.()).not.toBe("");
  await session.close();
});

/** Drops every table of the database. */
async function empty({ driver }: Database): Promise<void> {
  for (const { kind, name } of await driver.query("DESCRIBE SCHEME"))
    if (kind === "table") await driver.execute(`DROP TABLE \`${String(name)}\``);
}

if (url !== undefined)
  dialectSuite({
    dialect: ydb,
    open: async () => {
      const more: Database[] = [await openDatabase({ url })];
      const [database] = more as [Database];
      await empty(database);
      const again = async (): Promise<Database> => {
        const other = await openDatabase({ url });
        more.push(other);
        return other;
      };
      const close = async (): Promise<void> => {
        for (const each of more) await each.close();
      };
      return { database, again, close };
    },
    lacks: {
      foreignKeys: "YDB has none",
      numbering: "a column numbers itself only where its table is made so",
    },
  });
