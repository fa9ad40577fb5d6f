import { diff } from "../../core/diff/index.ts";
import { emptySchema } from "../../core/schema/model.ts";
import { formatProblem } from "../../core/schema/problem.ts";
import type { Project } from "../project.ts";
import { loadProjectSchema } from "../project-schema.ts";
import { lackWarnings, targetDialects } from "../target-dialects.ts";

export interface ValidateResult {
  readonly valid: true;
  readonly files: readonly string[];
  readonly tables: number;
  readonly fields: number;
  readonly warnings: readonly string[];
}

/**
 * Reads the schema and checks it, also against the limits of the databases that the project is for, and warns of what one of them lacks. Throws
 * ToolError `schema` with everything that is wrong.
 */
export async function validate(project: Project): Promise<ValidateResult> {
  const dialects = await targetDialects(project);
  const { schema, files, warnings } = await loadProjectSchema(project, dialects);
  const { operations } = diff(emptySchema, schema);
  return {
    valid: true,
    files,
    tables: schema.tables.length,
    fields: schema.tables.reduce((sum, table) => sum + table.fields.length, 0),
    warnings: [...warnings.map(formatProblem), ...lackWarnings(operations, { before: emptySchema, dialects })],
  };
}
