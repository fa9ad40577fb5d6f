import type { DatabaseSync } from "node:sqlite";
import { ToolError } from "../../core/errors.ts";

/** What a program gets that opens a SQLite file: the database of the runtime's own library. */
export type SqliteHandle = DatabaseSync;

/** Opens a file, or `:memory:`. Throws ToolError `connect` where Node has no SQLite that can be used, and what its library throws. */
export async function openFile(path: string, readOnly: boolean): Promise<SqliteHandle> {
  const sqlite = await import("node:sqlite").catch(() => undefined);
  const database = sqlite && new sqlite.DatabaseSync(path, { readOnly });
  // Before 22.16 nobody could tell whether a failed statement has ended the transaction.
  if (typeof database?.isTransaction === "boolean") return database;
  database?.close();
  const message = `Node ${process.version} has no SQLite of its own that can be used; use Node 22.16 or newer, or open the file with better-sqlite3 and hand that over: migrate({ database })`;
  throw new ToolError("connect", message, { path });
}
