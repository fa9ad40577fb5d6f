import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ConvertTool } from "../../core/convert/define.ts";
import { onlyState } from "../../core/convert/only-state.ts";
import type { UnsupportedObject } from "../../core/ddl/dialect.ts";
import { diff } from "../../core/diff/index.ts";
import { ToolError } from "../../core/errors.ts";
import { apply, type Operation } from "../../core/operations/index.ts";
import { nextName } from "../../core/plan/naming.ts";
import { printMigration } from "../../core/plan/source.ts";
import type { Schema } from "../../core/schema/model.ts";
import { editorComment } from "../editor-comment.ts";
import type { Project } from "../project.ts";
import { importSchema } from "./schema-import.ts";

/** What a state migration is added to. */
export interface StateBase {
  readonly tool: ConvertTool;
  /** What the migrations add up to that the project has already. */
  readonly schema: Schema;
  /** Those of the new ones that are not SQL. */
  readonly operations: readonly Operation[];
  readonly names: readonly string[];
  readonly dependencies: readonly string[];
}

export interface StateFiles {
  /** Absolute paths. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Absent: the migrations say already what the database has. */
  readonly name?: string;
  /** What the database has and a schema cannot say. */
  readonly unsupported: readonly UnsupportedObject[];
}

/**
 * A migration that runs nothing and says what the database has, so that `generate` starts from that, and the schema as YAML where the project has none. The
 * database has to be one on which all migrations have run; it is only read. Throws ToolError
 * `usage` for one without tables, and as `importSchema` does.
 */
export async function stateFiles(project: Project, base: StateBase): Promise<StateFiles> {
  const { schema, yaml, unsupported } = await importSchema(project, { exclude: base.tool.tables });
  if (schema.tables.length === 0)
    throw new ToolError(
      "usage",
      "the database has no tables, so there is no state to write down; give the one on which the migrations have run, or --no-state",
    );
  const from = base.operations.reduce(apply, base.schema);
  const { operations } = diff(from, schema, { answers: { noRenames: true, noOneOff: true } });
  const declared = schemaFile(project);
  const files = existsSync(declared)
    ? []
    : [{ path: declared, text: editorComment(project.migrationsDir, declared, "schema") + yaml }];
  if (operations.length === 0) return { files, unsupported };
  const name = nextName(base.names, [], "state");
  const text = printMigration({
    dependencies: base.dependencies,
    operations: operations.map(onlyState),
    comments: ["What the database has after all migrations before this one. It runs nothing."],
  });
  return { files: [{ path: join(project.migrationsDir, `${name}.ts`), text }, ...files], name, unsupported };
}

function schemaFile({ root, schemaPaths: [schema = join(root, "schema")] }: Project): string {
  return /\.ya?ml$/i.test(schema) ? schema : join(schema, "schema.yaml");
}
