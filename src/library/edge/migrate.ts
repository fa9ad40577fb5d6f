import type { MigrateResult } from "../migrate-result.ts";
import { withProject } from "../project.ts";
import { start } from "../start.ts";
import { optionNames, refuseUnknown } from "../validate.ts";
import type { EdgeMigrateOptions } from "./options.ts";
import { targetOf } from "./target.ts";

/**
 * Applies what is pending, or returns at once; the same as `godwit migrate up --from compiled.json`, with the same lock, history and errors.
 * Rejects with ToolError: `usage` for options that do not fit together, `file` for compiled migrations that were changed, `history` for a database
 * that the policies refuse, `lock`, `connect`, `cancelled`; with PartialError when a migration fails.
 */
export async function migrate(options: EdgeMigrateOptions): Promise<MigrateResult> {
  refuseUnknown(options, optionNames.edgeMigrate);
  return withProject(options, targetOf(options), (project) => start(project, options));
}
