import { diff } from "../../core/diff/index.ts";
import { describePlan, type PlannedStatement } from "../../core/plan/describe.ts";
import { planUp } from "../../core/plan/steps.ts";
import { emptySchema } from "../../core/schema/model.ts";
import type { Project } from "../project.ts";
import { loadProjectSchema } from "../project-schema.ts";
import { dialectOf } from "../url.ts";

export interface SchemaSqlResult {
  readonly dialect: string;
  readonly statements: readonly PlannedStatement[];
}

/** The SQL that makes the declared schema in an empty database; no database is asked. Throws ToolError `schema` or `unsupported`. */
export async function schemaSql(project: Project): Promise<SchemaSqlResult> {
  const { schema } = await loadProjectSchema(project);
  const dialect = await dialectOf(project.database);
  const { operations } = diff(emptySchema, schema);
  const migration = {
    name: "schema",
    dependencies: [],
    operations,
    replaces: [],
    transaction: true,
    checksum: "",
    file: "schema",
  };
  const plan = planUp({ pending: [migration], before: emptySchema, dialect });
  return { dialect: dialect.name, statements: describePlan(plan).flatMap((step) => step.statements) };
}
