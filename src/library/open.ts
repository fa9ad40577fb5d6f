import { fileURLToPath } from "node:url";
import { ToolError } from "../core/errors.ts";
import { adoptSqlite } from "../dialects/sqlite/adopt.ts";
import { openHandle, type SqliteHandle } from "../dialects/sqlite/driver.ts";
import { openedBy } from "./connection.ts";
import type { OpenOptions } from "./options.ts";
import { withProject } from "./project.ts";
import { start } from "./start.ts";
import { optionNames, refuseUnknown } from "./validate.ts";

/**
 * Opens a SQLite database, brings it up to date, and returns it ready for use: foreign keys are enforced, and writing processes are
 * waited for. `place` is a path, `:memory:`, or a URL that says more (`sqlite:app.db?busy_timeout=1000`). Rejects as `migrate` does; then
 * the database is closed.
 */
export async function open(place: string | URL, options: OpenOptions): Promise<SqliteHandle> {
  refuseUnknown(options, optionNames.open);
  const { handle } = await openHandle(place instanceof URL ? fileURLToPath(place) : place);
  try {
    const driver = await adoptSqlite(handle);
    if (!driver) throw new ToolError("internal", "this runtime's library for SQLite is not known");
    await withProject(options, openedBy(driver, "sqlite"), (project) => start(project, options));
    await driver.close();
    return handle;
  } catch (error) {
    handle.close();
    throw error;
  }
}
