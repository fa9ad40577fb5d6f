import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import configTemplate from "../../../templates/project/config.yaml" with { type: "text" };
import schemaTemplate from "../../../templates/project/schema.yaml" with { type: "text" };
import type { DialectNames } from "../../core/ddl/dialect.ts";
import { writeDenoConfig } from "../deno-config.ts";
import { editorComment } from "../editor-comment.ts";
import { createFile } from "../files.ts";
import { type Project, shownPath } from "../project.ts";
import { redact } from "../redact.ts";
import type { SchemaPart } from "../split-schema.ts";
import { writeEditorFiles } from "../write-editor-files.ts";

export interface InitOptions {
  /** The database that the configuration is written for; absent: the embedded default. */
  readonly dialect?: DialectNames;
  /** The database to write down, if it is known already. */
  readonly url?: string;
  /** The schema in place of the template; the part `schema.yaml` is the first schema file, and the others lie beside it. */
  readonly schema?: readonly SchemaPart[];
  /** Whether deno.json is written as well. */
  readonly deno?: boolean;
}

export interface InitResult {
  readonly created: readonly string[];
  /** Files that godwit writes itself and that were out of date. */
  readonly updated: readonly string[];
  /** Files that were there already and are left alone. */
  readonly kept: readonly string[];
  /** Of a deno.json that was there already: what its `imports` lack, module name → path. */
  readonly missing_imports?: Readonly<Record<string, string>>;
}

/** Writes a project's files: configuration, schema, editor types. Nothing of the author's is ever overwritten. */
export async function init(project: Project, options: InitOptions = {}): Promise<InitResult> {
  const result = { created: [] as string[], kept: [] as string[] };
  const show = (path: string) => shownPath(project, path);
  const [schema = join(project.root, "schema")] = project.schemaPaths;
  const schemaFile = /\.ya?ml$/i.test(schema) ? schema : join(schema, "schema.yaml");
  const configFile = project.configFile ?? join(project.root, "godwit.yaml");
  const comment = (file: string, kind: "schema" | "config") => editorComment(project.migrationsDir, file, kind);
  const own: readonly (readonly [string, string])[] = [
    [configFile, comment(configFile, "config") + configTemplate.replace("{{url}}", () => urlFor(options))],
    ...schemaTexts(schemaFile, options).map(([path, text]) => [path, comment(path, "schema") + text] as const),
  ];
  for (const [path, text] of own) {
    if (existsSync(path)) result.kept.push(show(path));
    else {
      await createFile(path, text);
      result.created.push(show(path));
    }
  }
  const { created, updated } = await writeEditorFiles(project);
  const files = { created: [...result.created, ...created], updated, kept: result.kept };
  if (!options.deno) return files;
  const deno = await writeDenoConfig(project);
  if (deno.created) return { ...files, created: [...files.created, deno.path] };
  const missing = Object.keys(deno.missing).length > 0 && { missing_imports: deno.missing };
  return { ...files, kept: [...files.kept, deno.path], ...missing };
}

/** A given URL is kept unless it holds a secret; otherwise only an embedded database has one that can be guessed. */
function urlFor({ url, dialect }: InitOptions): string {
  if (url !== undefined && redact(url) === url) return JSON.stringify(url);
  if (dialect === undefined || dialect.schemes.includes("file")) return "sqlite:app.db";
  return `\${DATABASE_URL} # ${dialect.exampleUrl ?? `${dialect.schemes[0]}://user:password@host/name`}`;
}

/** Paths and texts of the schema files. Parts of another schema would join one that is there already, so they are not written then. */
function schemaTexts(schemaFile: string, { schema }: InitOptions): readonly (readonly [string, string])[] {
  const [first, ...others] = schema ?? [{ path: "schema.yaml", text: schemaTemplate }];
  const beside = existsSync(schemaFile) ? [] : others;
  return [
    [schemaFile, first?.text ?? schemaTemplate],
    ...beside.map(({ path, text }) => [join(dirname(schemaFile), path), text] as const),
  ];
}
