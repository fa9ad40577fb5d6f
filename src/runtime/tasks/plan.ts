import { ToolError } from "../../core/errors.ts";
import { type PlanFile, parsePlan, sealPlan } from "../../core/plan/plan-file.ts";
import { withDifferences } from "../changed.ts";
import { readText, replaceFile } from "../files.ts";
import { hashText, type PlanOptions, planNow } from "../plan-content.ts";
import type { Project } from "../project.ts";
import { withReadableTracks } from "../read-only.ts";
import { onlyTrack } from "../tracks.ts";

/**
 * What `up` would do now, with a fingerprint of what that depends on. Reads only: takes no lock, creates nothing in the database. With
 * `out`, an absolute path, it is written there, in place of an earlier plan but of nothing else. Throws what `up` throws, and ToolError `file`.
 */
export async function plan(
  project: Project,
  { out, ...options }: PlanOptions & { readonly out?: string | undefined } = {},
): Promise<PlanFile> {
  if (options.to !== undefined) onlyTrack(project);
  const { content } = await withDifferences(project, () =>
    withReadableTracks(project, { ...(options.onEvent && { onEvent: options.onEvent }) }, (readings) =>
      planNow(readings, options),
    ),
  );
  const sealed = sealPlan(content, hashText);
  if (out === undefined) return sealed;
  await refuseOther(out);
  await replaceFile(out, `${JSON.stringify(sealed, undefined, 2)}\n`);
  return sealed;
}

/** The plan in a file. Throws ToolError `file` for anything else. */
export const readPlan = async (file: string): Promise<PlanFile> => parsePlan(await readText(file), file, hashText);

/** An old or damaged plan may go, but not somebody's schema that a hand slipped onto. */
async function refuseOther(path: string): Promise<void> {
  if (!(await Bun.file(path).exists())) return;
  if (/^\s*\{\s*"format":\s*"godwit plan"/.test(await readText(path))) return;
  throw new ToolError("file", `"${path}" exists and is not a plan, so it is not overwritten; choose another name`, {
    path,
  });
}
