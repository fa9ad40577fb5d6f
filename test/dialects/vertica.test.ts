import { expect, test } from "bun:test";
import vertica from "../../src/dialects/vertica/dialect.ts";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { dialectSuite } from "../conformance/dialect.ts";

const url = process.env["GODWIT_TEST_VERTICA_URL"];

test.skipIf(url === undefined)("GODWIT_TEST_VERTICA_URL names a Vertica", async () => {
  const session = await openDatabase({ url: url ?? "" });
  expect(await session.driver.serverVersion?.()).toMatch(/^\d+\.\d+/);
  await session.close();
});

/** Drops everything in the current schema. */
async function empty({ driver }: Database): Promise<void> {
  const views = await driver.query(
    "SELECT table_name AS name FROM v_catalog.views WHERE table_schema = CURRENT_SCHEMA()",
  );
  for (const { name } of views) await driver.execute(`DROP VIEW "${name}"`);
  const tables = await driver.query(
    "SELECT table_name AS name FROM v_catalog.tables WHERE table_schema = CURRENT_SCHEMA()",
  );
  for (const { name } of tables) await driver.execute(`DROP TABLE "${name}" CASCADE`);
}

if (url !== undefined)
  dialectSuite({
    dialect: vertica,
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
      foreignKeys: "Vertica checks none",
      numbering: "a column numbers itself only where its table is made so",
    },
  });
