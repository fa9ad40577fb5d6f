import { connectionFor } from "./connection.ts";
import type { CheckOptions } from "./options.ts";
import { withProject } from "./project.ts";
import { type CheckResult, checkAll, refuseOthers } from "./standing.ts";
import { optionNames, refuseUnknown } from "./validate.ts";

/**
 * Whether a database is one that the program can work with. Reads only: takes no lock, creates nothing, and needs no right but to read.
 * Rejects with ToolError when it cannot tell: `usage`, `connect`, `migration`.
 */
export async function check(options: CheckOptions): Promise<CheckResult> {
  refuseUnknown(options, optionNames.check);
  const { target, release } = await connectionFor(options);
  try {
    return await withProject(options, target, (project) => checkAll(project, options));
  } finally {
    await release();
  }
}

/** The same, and rejects with ToolError `found` (`data.tracks`) when it is not ok. */
export async function requireCurrent(options: CheckOptions): Promise<CheckResult> {
  return refuseOthers(await check(options));
}
