import { ToolError } from "../../core/errors.ts";
import type { Driver } from "../../runtime/driver.ts";
import { connectionOf } from "./connection.ts";
import { driverOf } from "./driver.ts";

/**
 * A driver for a connection that belongs to somebody else; `undefined` when it is not one to SQLite. Closing the driver leaves the
 * connection open, with the settings that it had. Rejects with ToolError `usage` when a transaction is open: what is
 * migrated must not end with it.
 */
export async function adoptSqlite(handle: unknown): Promise<Driver | undefined> {
  const connection = connectionOf(handle);
  if (!connection) return undefined;
  if (connection.inTransaction)
    throw new ToolError("usage", "the SQLite database that was handed over has a transaction open; end it first");
  const driver = driverOf(connection);
  const before = new Map<string, number>();
  for (const setting of settings) before.set(setting, await readSetting(driver, setting));
  await driver.execute("PRAGMA foreign_keys = ON");
  if (before.get("busy_timeout") === 0) await driver.execute(`PRAGMA busy_timeout = ${patientMs}`);
  return {
    ...driver,
    close: async () => {
      for (const [setting, value] of before) await driver.execute(`PRAGMA ${setting} = ${value}`);
    },
  };
}

/** What a migration may change for the connection. */
const settings = ["foreign_keys", "busy_timeout", "legacy_alter_table"];

/** A connection that does not wait at all would fail whenever another process writes. */
const patientMs = 5000;

const readSetting = async ({ query }: Driver, setting: string): Promise<number> =>
  Number(Object.values((await query(`PRAGMA ${setting}`))[0] ?? {})[0] ?? 0);
