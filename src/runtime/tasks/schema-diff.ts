import type { UnsupportedObject } from "../../core/ddl/dialect.ts";
import type { Change } from "../../core/diff/change.ts";
import type { Project } from "../project.ts";
import { generate } from "./generate.ts";

export interface SchemaDiffResult {
  /** What a generated migration would do. */
  readonly changes: readonly Change[];
  readonly unsupported: readonly UnsupportedObject[];
  readonly warnings: readonly string[];
}

/** The declared schema against the sum of the migrations; no database is asked. */
export async function schemaDiff(project: Project): Promise<SchemaDiffResult> {
  const { operations, warnings } = await generate(project, { check: true });
  return { changes: operations, unsupported: [], warnings };
}
