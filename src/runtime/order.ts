import { lateAmong, type OrderPolicy, refuseLate } from "../core/plan/late.ts";
import type { Migration } from "../core/plan/migration.ts";
import type { OnEvent } from "./events.ts";
import type { Project } from "./project.ts";
import type { Survey } from "./survey.ts";

/**
 * Holds what is about to be applied against the order policy: throws ToolError `history` for migrations that come late where it is
 * `strict`, says so in a note where it is `any`.
 */
export function checkOrder(
  { state }: Survey,
  pending: readonly Migration[],
  { order, onEvent }: { readonly order: OrderPolicy; readonly onEvent?: OnEvent | undefined },
): void {
  const late = lateAmong(pending, state);
  if (order === "strict") refuseLate(late);
  for (const { name, after } of late)
    onEvent?.({
      type: "note",
      message: `"${name}" comes late: "${after}", which has a higher number, is applied already`,
    });
}

/** What the command says goes before what the project says. */
export const orderOf = (project: Project, options: { readonly order?: OrderPolicy | undefined }): OrderPolicy =>
  options.order ?? project.order ?? "any";
