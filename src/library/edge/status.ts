import { type StatusResult, status as statusOf } from "../../runtime/tasks/status.ts";
import { withProject } from "../project.ts";
import { optionNames, refuseUnknown } from "../validate.ts";
import type { EdgeReadOptions } from "./options.ts";
import { targetOf } from "./target.ts";

/** Where the migrations stand, as `godwit migrate status --json` has it. Reads only: takes no lock, creates nothing. Rejects with ToolError. */
export async function status(options: EdgeReadOptions): Promise<StatusResult> {
  refuseUnknown(options, optionNames.edgeRead);
  const { onEvent } = options;
  return withProject(options, targetOf(options), (project) => statusOf(project, onEvent ? { onEvent } : {}));
}
