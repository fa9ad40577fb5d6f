import { expect, test } from "bun:test";
import starrocks from "../../src/dialects/starrocks/dialect.ts";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { dialectSuite } from "../conformance/dialect.ts";

const url = process.env["GODWIT_TEST_STARROCKS_URL"];

test.skipIf(url === undefined)("GODWIT_TEST_STARROCKS_URL names a StarRocks", async () => {
  const session = await openDatabase({ url: url ?? "" });
  expect(await session.driver.serverVersion?.()).toMatch(/^\d+\.\d+/);
  await session.close();
});

/** Drops everything in the database. */
async function empty({ driver }: Database): Promise<void> {
  const tables = await driver.query(
    "SELECT table_name AS `name`, table_type AS `type` FROM information_schema.tables WHERE table_schema = DATABASE()",
  );
  for (const { name, type } of tables)
    await driver.execute(type === "VIEW" ? `DROP VIEW \`${name}\`` : `DROP TABLE \`${name}\` FORCE`);
}

if (url !== undefined)
  dialectSuite({
    dialect: starrocks,
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
      foreignKeys: "StarRocks has none",
      uniqueKeys: "only the primary key keeps rows apart",
      numbering: "a column numbers itself only where its table is made so",
    },
  });
