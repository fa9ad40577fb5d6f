import { formatProblem } from "../../core/schema/problem.ts";
import { knownDialects } from "../../dialects/known.gen.ts";
import { loadDialect } from "../load-dialect.ts";
import type { Project } from "../project.ts";
import { loadProjectSchema } from "../project-schema.ts";
import { dialectNamed } from "../url.ts";

export interface ValidateResult {
  readonly valid: true;
  readonly files: readonly string[];
  readonly tables: number;
  readonly fields: number;
  readonly warnings: readonly string[];
}

/**
 * Reads the schema and checks it, also against the limits of the project's dialect, as far as that is known without a password. Throws
 * ToolError `schema` with everything that is wrong.
 */
export async function validate(project: Project): Promise<ValidateResult> {
  const { dialect, scheme } = project.database;
  const kinds =
    dialect === undefined ? knownDialects.filter((d) => d.schemes.includes(scheme ?? "")) : [dialectNamed(dialect)];
  const limits = await Promise.all(kinds.map(loadDialect));
  const { schema, files, warnings } = await loadProjectSchema(project, limits);
  return {
    valid: true,
    files,
    tables: schema.tables.length,
    fields: schema.tables.reduce((sum, table) => sum + table.fields.length, 0),
    warnings: warnings.map(formatProblem),
  };
}
