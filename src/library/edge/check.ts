import { withProject } from "../project.ts";
import { type CheckResult, checkAll, refuseOthers } from "../standing.ts";
import { optionNames, refuseUnknown } from "../validate.ts";
import type { EdgeReadOptions } from "./options.ts";
import { targetOf } from "./target.ts";

/** Whether a database is one that the program can work with. Reads only: takes no lock, creates nothing. Rejects with ToolError when it cannot tell. */
export async function check(options: EdgeReadOptions): Promise<CheckResult> {
  refuseUnknown(options, optionNames.edgeRead);
  return withProject(options, targetOf(options), (project) => checkAll(project, options));
}

/** The same, and rejects with ToolError `found` (`data.tracks`) when it is not ok. */
export const requireCurrent = async (options: EdgeReadOptions): Promise<CheckResult> =>
  refuseOthers(await check(options));
