import type { Project } from "./project.ts";
import { dialectOf } from "./url.ts";

/** The word that, alone on a line, cuts scripts for the database of a project; `undefined` where semicolons do. Throws ToolError as `dialectOf` does. */
export const batchWordOf = async ({ database }: Pick<Project, "database">): Promise<string | undefined> =>
  (await dialectOf(database)).scriptSyntax.batchWord;
