import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ConvertTool, Finding } from "../../core/convert/define.ts";
import { onlyState } from "../../core/convert/only-state.ts";
import type { UnsupportedObject } from "../../core/ddl/dialect.ts";
import { diff } from "../../core/diff/index.ts";
import { ToolError } from "../../core/errors.ts";
import { apply, type Operation } from "../../core/operations/index.ts";
import { nextName } from "../../core/plan/naming.ts";
import { printMigration } from "../../core/plan/source.ts";
import type { Schema } from "../../core/schema/model.ts";
import { editorComment } from "../editor-comment.ts";
import { type Project, shownPath } from "../project.ts";
import { importSchema } from "./schema-import.ts";

/** What a state migration is added to. */
export interface StateBase {
  readonly tool: ConvertTool;
  /** What the migrations add up to that the project has already. */
  readonly schema: Schema;
  /** What is part of that, and of other tracks. */
  readonly surroundings: Schema;
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
  readonly findings: readonly Finding[];
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
  const { operations } = diff(from, withTables(schema, base.surroundings), {
    answers: { noRenames: true, noOneOff: true },
  });
  const declared = schemaFile(project);
  const files = existsSync(declared)
    ? []
    : [{ path: declared, text: editorComment(project.migrationsDir, declared, "schema") + yaml }];
  if (operations.length === 0) return { files, unsupported, findings: [] };
  const name = nextName(base.names, [], "state");
  const text = printMigration({
    dependencies: base.dependencies,
    operations: operations.map(onlyState),
    comments: ["What the database has after all migrations before this one. It runs nothing."],
  });
  const path = join(project.migrationsDir, `${name}.ts`);
  const findings = [...sharedBy(project, path), ...(files.length === 0 ? [notDeclared(project, declared)] : [])];
  return { files: [{ path, text }, ...files], name, unsupported, findings };
}

const withTables = (schema: Schema, { tables }: Schema): Schema => {
  const there = new Set(schema.tables.map(({ name }) => name));
  return { ...schema, tables: [...schema.tables, ...tables.filter(({ name }) => !there.has(name))] };
};

const notDeclared = (project: Project, declared: string): Finding => ({
  file: shownPath(project, declared),
  line: 1,
  what: "is there already and stays as it is",
  hint: "declare in it what the state migration has and it lacks, as `godwit schema import` shows it; the next `godwit generate` would drop that",
  lost: false,
});

/** The database does not say of which track a table is. */
function sharedBy(project: Project, path: string): readonly Finding[] {
  const { track, tracks = [] } = project;
  const others = tracks.filter(({ name, schema }) => name !== track?.name && schema === track?.schema);
  if (!track || others.length === 0) return [];
  const names = others.map(({ name }) => `"${name}"`).join(", ");
  const what = `has all that no operation of another track makes, so perhaps what SQL of ${names} has made`;
  const hint = `take out what is not of "${track.name}", or convert with --as typed, which tells them apart`;
  return [{ file: shownPath(project, path), line: 1, what, hint, lost: false }];
}

function schemaFile({ root, schemaPaths: [schema = join(root, "schema")] }: Project): string {
  return /\.ya?ml$/i.test(schema) ? schema : join(schema, "schema.yaml");
}
