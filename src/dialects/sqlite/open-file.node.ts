import type { DatabaseSync } from "node:sqlite";
import { ToolError } from "../../core/errors.ts";

/** What a program gets that opens a SQLite file: the database of the runtime's own library. */
export type SqliteHandle = DatabaseSync;

/** Opens a file, or `:memory:`. Throws ToolError `connect` where Node has no SQLite, and what its library throws. */
export async function openFile(path: string, readOnly: boolean): Promise<SqliteHandle> {
  const { DatabaseSync } = await import("node:sqlite").catch((cause: unknown) => {
    const message = `Node ${process.version} has no SQLite of its own; use Node 22.13 or newer, or open the file with better-sqlite3 and hand that over: migrate({ database })`;
    throw new ToolError("connect", message, { path }, { cause });
  });
  return new DatabaseSync(path, { readOnly });
}
