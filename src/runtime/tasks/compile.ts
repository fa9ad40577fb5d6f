import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { ToolError } from "../../core/errors.ts";
import {
  type Compiled,
  type CompiledTrack,
  compiledMigration,
  differences,
  moduleDifferences,
  parseCompiled,
  sealCompiled,
} from "../../core/plan/compiled.ts";
import { type CompiledFormat, compiledText, jsonIn } from "../../core/plan/compiled-text.ts";
import { replay } from "../../core/plan/state.ts";
import { canonicalJson } from "../../core/schema/canonical.ts";
import { version } from "../../version.ts";
import { readText, replaceFile } from "../files.ts";
import { loadMigrations, loadOptions } from "../migrations.ts";
import { hashText } from "../plan-content.ts";
import { type Project, shownPath } from "../project.ts";
import { graphOf } from "../survey.ts";
import { modulesOf, sourcesOf } from "../track-migrations.ts";
import { allTracks, inTrack, ofTrack, trackName } from "../tracks.ts";

export interface CompileOptions {
  /** Absolute. Default: `compiled.json` beside the migrations, or `migrations.ts` beside their directory. */
  readonly out?: string | undefined;
  /** Default: `json`. */
  readonly format?: CompiledFormat | undefined;
  /** Writes nothing, and says whether the file is what would be written. */
  readonly check?: boolean | undefined;
}

/** Part of the public JSON. */
export interface CompileResult {
  /** As people should see it. */
  readonly file: string;
  readonly migrations: number;
  /** Whether the file was what would be written, before anything was. */
  readonly current: boolean;
  /** Whether it was written. */
  readonly written: boolean;
  /** Why it was not current. */
  readonly findings: readonly CompileFinding[];
}

export interface CompileFinding {
  /** The compiled file, or a file of a migration. */
  readonly file: string;
  readonly detail: string;
}

/**
 * Writes all migrations of a project as data, those of all its tracks together. Throws ToolError `file` rather than to overwrite what it has
 * not written, and whatever is wrong with the migrations: `migration`, `graph`, `state`.
 */
export async function compile(project: Project, options: CompileOptions = {}): Promise<CompileResult> {
  const { format = "json", check = false } = options;
  const file = options.out ?? defaultFile(project, format);
  refusePlace(project, file);
  const compiled = await compileProject(project);
  const shown = shownPath(project, file);
  const old = await readOld(file, shown);
  const findings = findingsOf(old, compiled, shown);
  const current = findings.length === 0;
  const text = compiledText(compiled, format);
  const written = !check && text !== old.text;
  if (written) await replaceFile(file, text);
  const migrations = compiled.tracks.reduce((sum, track) => sum + track.migrations.length, 0);
  return { file: shown, migrations, current, written, findings };
}

/** The migrations of all tracks as data, evaluated now and found to fit together. */
export async function compileProject(project: Project): Promise<Compiled> {
  if (project.compiled) return project.compiled.read();
  const tracks: CompiledTrack[] = [];
  for (const own of allTracks(project))
    tracks.push(await compileTrack(own).catch((error: unknown) => Promise.reject(ofTrack(own, error))));
  return sealCompiled(version, tracks, hashText);
}

async function compileTrack(project: Project): Promise<CompiledTrack> {
  const { root, migrationsDir } = project;
  const sources = await sourcesOf(migrationsDir, root);
  const migrations = await loadMigrations(migrationsDir, { ...loadOptions(project), cache: "bypass" });
  if (migrations.length === 0)
    throw new ToolError("usage", `there are no migrations in "${shownPath(project, migrationsDir)}"; check the path`, {
      directory: migrationsDir,
    });
  const graph = await graphOf(project, migrations);
  inTrack(project, () => replay(graph.order, graph.surroundings));
  const modules = await modulesOf(project);
  return { name: trackName(project), sources, modules, migrations: migrations.map(compiledMigration) };
}

function defaultFile(project: Project, format: CompiledFormat): string {
  const [only, ...more] = allTracks(project);
  if (format === "module") return join(project.root, "migrations.ts");
  return only && more.length === 0 ? join(only.migrationsDir, "compiled.json") : join(project.root, "compiled.json");
}

/** There, it would be taken for a migration with a wrong name. */
function refusePlace(project: Project, file: string): void {
  if (!/\.(?:ts|sql)$/i.test(file) || !allTracks(project).some((own) => own.migrationsDir === dirname(file))) return;
  const shown = shownPath(project, file);
  throw new ToolError("usage", `"${shown}" lies among the migrations, which may be the only files of its kind there`, {
    file: shown,
  });
}

interface Old {
  /** Absent: there is no such file. */
  readonly text?: string;
  readonly compiled?: Compiled;
  /** What is wrong with it. */
  readonly problem?: string;
}

async function readOld(file: string, shown: string): Promise<Old> {
  if (!existsSync(file)) return {};
  const text = await readText(file);
  const json = jsonIn(text);
  if (json === undefined)
    throw new ToolError(
      "file",
      `"${shown}" exists and is not what \`godwit compile\` writes, so it is not overwritten; choose another name`,
      { file: shown },
    );
  try {
    return { text, compiled: parseCompiled(JSON.parse(json), shown, hashText) };
  } catch (error) {
    return { text, problem: error instanceof ToolError ? error.message : `"${shown}" is damaged` };
  }
}

function findingsOf({ text, compiled, problem }: Old, now: Compiled, shown: string): readonly CompileFinding[] {
  if (text === undefined) return [{ file: shown, detail: "does not exist" }];
  if (!compiled) return [{ file: shown, detail: problem ?? "cannot be read" }];
  const changes = [
    ...differences(allOf(compiled, "sources"), allOf(now, "sources")),
    ...moduleDifferences(allOf(compiled, "modules"), allOf(now, "modules")),
  ];
  if (changes.length > 0) return changes.map(({ file, change }) => ({ file, detail: change }));
  // The version of godwit alone is no reason to compile again.
  if (canonicalJson(compiled.tracks) === canonicalJson(now.tracks)) return [];
  return [
    { file: shown, detail: `godwit ${compiled.godwit} compiled the same files to something else than ${version} does` },
  ];
}

const allOf = ({ tracks }: Compiled, hashes: "sources" | "modules"): Readonly<Record<string, string>> =>
  Object.fromEntries(
    tracks.flatMap((track) =>
      Object.entries(track[hashes]).map(([name, hash]) => [tracks.length > 1 ? `${track.name}/${name}` : name, hash]),
    ),
  );
