import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { chooseTool } from "../../core/convert/choose.ts";
import type { ConvertTool, Finding, Reading, SourceFile } from "../../core/convert/define.ts";
import { headsAfter, type SettledReading, settle } from "../../core/convert/settle.ts";
import { type Settled, type WrittenFile, writeSql, writeTypeScript } from "../../core/convert/write.ts";
import type { Dialect, UnsupportedObject } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import type { Graph } from "../../core/plan/graph.ts";
import { replay } from "../../core/plan/state.ts";
import { ownPart } from "../../core/plan/surroundings.ts";
import { emptySchema } from "../../core/schema/model.ts";
import { createFiles } from "../new-files.ts";
import { type Project, shownPath } from "../project.ts";
import { sourceFiles } from "../source-files.ts";
import { loadGraph } from "../survey.ts";
import { otherTracks } from "../tracks.ts";
import { dialectOf } from "../url.ts";
import { writeEditorFiles } from "../write-editor-files.ts";
import type { StateFiles } from "./convert-state.ts";

/** As what migrations are written: TypeScript with SQL in it, SQL files, or operations where these do the same. */
export const convertForms = ["ts", "sql", "typed"] as const;
export type ConvertForm = (typeof convertForms)[number];

export interface ConvertOptions {
  /** Directories and files of the other tool. */
  readonly paths: readonly string[];
  /** Name of the tool. Absent: the only one whose files these can be. */
  readonly from?: string | undefined;
  readonly as: ConvertForm;
  /** Values for what the tool fills in when it runs. */
  readonly placeholders: Readonly<Record<string, string>>;
  /** Writes the others where some cannot be converted, and an empty migration for each of those. */
  readonly leaveOut?: boolean | undefined;
  /** Adds a migration that says what the database has, on which all of these have run. */
  readonly state?: boolean | undefined;
  /** Only says what would be written. */
  readonly dryRun?: boolean | undefined;
}

/** Part of the public JSON. */
export interface ConvertResult {
  readonly tool: string;
  readonly dialect: string;
  /** Files that were written, as people should see them. */
  readonly created: readonly string[];
  readonly migrations: readonly { readonly name: string; readonly from: string; readonly files: readonly string[] }[];
  /** The one that says what the database has, where there is something to say. */
  readonly state: string | null;
  /** How many were converted before. */
  readonly known: number;
  readonly findings: readonly Finding[];
  /** What the database has and the state migration cannot say; without one: nothing. */
  readonly unsupported: readonly UnsupportedObject[];
}

/**
 * Writes the migrations of another tool as godwit's. The originals are not touched, nothing is overwritten, and all files are written or none; none,
 * too, where something cannot be converted, unless it may be left out. Throws ToolError `usage`, `migration` and `file`, and as `heldAgainstBooks` does.
 */
export async function convert(project: Project, options: ConvertOptions): Promise<ConvertResult> {
  if (options.paths.length === 0)
    throw new ToolError("usage", "name the directory of the migrations, such as `godwit convert db/migrations`");
  const files = sourceFiles(options.paths);
  const tool = chooseTool(options.from, files);
  refuseSameDirectory(project, files);
  const dialect = await knownDialect(project);
  const graph = await loadGraph(project);
  const all = readAll({ files, tool, dialect, options });
  const read = settle(all, { tool, syntax: dialect.scriptSyntax, existing: graph.order, heads: graph.heads });
  const reading = options.as === "typed" ? await withOperations(project, graph, read, options) : read;
  const write = options.as === "sql" ? writeSql : writeTypeScript;
  const migrations = reading.migrations.map((migration) => ({ migration, written: write(migration, dialect) }));
  const refused = reading.findings.some(({ lost }) => lost) && !options.leaveOut;
  const isAsked = options.state && !refused;
  const held = isAsked ? await heldAgainstBooks(project, tool, all.migrations) : [];
  const state = isAsked ? await stateOf(project, { graph, tool, reading }) : undefined;
  const own = migrations.flatMap((each) => each.written).map((file) => placed(project, file));
  const placedFiles = [...own, ...(state?.files ?? [])];
  if (!options.dryRun && !refused) await written(project, placedFiles);
  return {
    tool: tool.tool,
    dialect: dialect.name,
    created: options.dryRun || refused ? [] : placedFiles.map(({ path }) => shownPath(project, path)),
    migrations: migrations.map((each) => described(project, each)),
    state: state?.name ?? null,
    known: reading.known,
    findings: [...reading.findings, ...held, ...(state?.findings ?? [])],
    unsupported: state?.unsupported ?? [],
  };
}

/** Where something is lost and nothing will be written, there is nothing to try out. */
async function withOperations(
  project: Project,
  graph: Graph,
  reading: SettledReading,
  { leaveOut }: ConvertOptions,
): Promise<SettledReading> {
  if (reading.findings.some(({ lost }) => lost) && !leaveOut) return reading;
  const { typed } = await import("./convert-typed.ts");
  const { migrations, findings } = await typed(project, graph, reading.migrations);
  return { ...reading, migrations, findings: [...reading.findings, ...findings] };
}

interface Read {
  readonly graph: Graph;
  readonly tool: ConvertTool;
  readonly reading: SettledReading;
}

async function heldAgainstBooks(
  project: Project,
  tool: ConvertTool,
  migrations: Reading["migrations"],
): Promise<readonly Finding[]> {
  const books = await import("./convert-books.ts");
  return books.heldAgainstBooks(project, tool, migrations);
}

async function stateOf(project: Project, { graph, tool, reading: { migrations } }: Read): Promise<StateFiles> {
  const { stateFiles } = await import("./convert-state.ts");
  const known = replay(graph.order, graph.surroundings);
  // What other tracks have in a schema of theirs is not seen there.
  const isShared = otherTracks(project).some(({ track }) => track?.schema === project.track?.schema);
  return stateFiles(project, {
    tool,
    schema: isShared ? known : ownPart(known, graph),
    surroundings: isShared ? graph.surroundings : emptySchema,
    operations: migrations.flatMap(({ operations = [] }) => operations),
    names: [...graph.order, ...migrations].map(({ name }) => name),
    dependencies: headsAfter(graph.heads, migrations),
  });
}

interface Work {
  readonly files: readonly SourceFile[];
  readonly tool: ConvertTool;
  readonly dialect: Dialect;
  readonly options: ConvertOptions;
}

function readAll({ files, tool, dialect, options }: Work): Reading {
  const reading = tool.read(files, { placeholders: options.placeholders, dialect });
  if (reading.migrations.length > 0) return reading;
  throw new ToolError("usage", `there are no migrations of ${tool.title} among ${files.length} files; check the path`);
}

/** Both kinds would be taken for godwit's there. */
function refuseSameDirectory({ migrationsDir }: Project, files: readonly SourceFile[]): void {
  const inside = files.find(({ path }) => /\.(?:sql|ts)$/.test(path) && dirname(resolve(path)) === migrationsDir);
  if (inside)
    throw new ToolError(
      "usage",
      `"${inside.path}" lies where godwit's migrations are to be written; choose another directory for these, with --to or "migrations:" in godwit.yaml`,
      { file: inside.path },
    );
}

/** SQL is cut into statements as its database reads it. What nobody has chosen is no answer to which that is. */
async function knownDialect(project: Project): Promise<Dialect> {
  const { configFile, configText, database, root } = project;
  const isChosen = configFile !== undefined || configText !== undefined || database.dialect !== undefined;
  if (isChosen || database.url !== `sqlite:${resolve(root, "app.db")}`) return dialectOf(database);
  throw new ToolError(
    "usage",
    "nothing says which database the migrations are for; give --database, such as --database postgresql",
  );
}

interface PlacedFile {
  readonly path: string;
  readonly text: string;
}

const placed = (project: Project, { name, text }: WrittenFile): PlacedFile => ({
  path: join(project.migrationsDir, name),
  text,
});

async function written(project: Project, files: readonly PlacedFile[]): Promise<void> {
  await createFiles(files);
  const hasTypes = existsSync(join(project.migrationsDir, "godwit.d.ts"));
  if (!hasTypes && files.some(({ path }) => path.endsWith(".ts"))) await writeEditorFiles(project);
}

const described = (
  project: Project,
  { migration, written: files }: { readonly migration: Settled; readonly written: readonly WrittenFile[] },
): ConvertResult["migrations"][number] => ({
  name: migration.name,
  from: migration.file,
  files: files.map(({ name }) => shownPath(project, join(project.migrationsDir, name))),
});
