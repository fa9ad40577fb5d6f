import { formatProblem, schemaError } from "../../core/schema/problem.ts";
import { validateSchema } from "../../core/schema/validate.ts";
import { dialects } from "../../dialects/registry.gen.ts";
import type { Project } from "../project.ts";
import { loadSchema } from "../schema-files.ts";
import { dialectNamed } from "../url.ts";

export interface ValidateResult {
  readonly valid: true;
  readonly files: readonly string[];
  readonly tables: number;
  readonly fields: number;
  readonly warnings: readonly string[];
}

/**
 * Reads the schema and checks it, also against the limits of the project's dialect, or of all where none is chosen. Throws
 * ToolError `schema` with everything that is wrong.
 */
export async function validate(project: Project): Promise<ValidateResult> {
  const { schema, files, warnings } = await loadSchema(project.schemaPaths, { root: project.root });
  const { dialect } = project.database;
  const found = validateSchema(schema, { dialects: dialect === undefined ? dialects : [dialectNamed(dialect)] });
  if (found.problems.length > 0) throw schemaError(found.problems);
  return {
    valid: true,
    files,
    tables: schema.tables.length,
    fields: schema.tables.reduce((sum, table) => sum + table.fields.length, 0),
    warnings: [...new Set([...warnings, ...found.warnings].map(formatProblem))],
  };
}
