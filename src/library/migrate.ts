import { connectionFor } from "./connection.ts";
import type { MigrateResult } from "./migrate-result.ts";
import type { MigrateOptions } from "./options.ts";
import { withProject } from "./project.ts";
import { start } from "./start.ts";
import { optionNames, refuseUnknown } from "./validate.ts";

/**
 * Applies what is pending, or returns at once; the same as `godwit migrate up`, with the same lock, history and errors. Rejects with
 * ToolError: `usage` for options that do not fit together, `history` for a database that the policies refuse, `lock`,
 * `connect`, `cancelled`; with PartialError when a migration fails. Closes what it opened, and nothing else.
 */
export async function migrate(options: MigrateOptions): Promise<MigrateResult> {
  refuseUnknown(options, optionNames.migrate);
  const { target, release } = await connectionFor(options);
  try {
    return await withProject(options, target, (project) => start(project, options));
  } finally {
    await release();
  }
}
