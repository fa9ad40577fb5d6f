import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import * as v from "valibot";
import { ToolError } from "../core/errors.ts";
import { nearest } from "../core/nearest.ts";
import type { Project } from "./project.ts";

/** godwit.yaml. Every key has a flag and an environment variable that go before it. */
const configShape = v.strictObject({
  database: v.exactOptional(
    v.strictObject({
      url: v.exactOptional(v.string()),
      dialect: v.exactOptional(v.string()),
      password_file: v.exactOptional(v.string()),
      password_command: v.exactOptional(v.string()),
    }),
  ),
  schema: v.exactOptional(v.union([v.string(), v.array(v.string())], "a path or a list of paths is needed here")),
  migrations: v.exactOptional(v.string()),
  history_table: v.exactOptional(v.pipe(v.string(), v.nonEmpty("a table needs a name"))),
});
type Config = v.InferOutput<typeof configShape>;

export interface ConfigFlags {
  readonly config?: string;
  readonly url?: string;
  readonly database?: string;
  readonly schema?: readonly string[];
  readonly migrations?: string;
  readonly "history-table"?: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The SQLite file that is used when nothing is configured. */
export const embeddedDefault = "sqlite:app.db";

/**
 * Flags, environment, godwit.yaml and defaults, in this order. Paths are relative to the directory of the configuration
 * file. The database's URL is put together only when it is asked for, so that commands without a database need no secrets.
 * Throws ToolError `config`.
 */
export function loadProject(flags: ConfigFlags, env: Environment, directory: string): Project {
  const file = configFile(flags.config ?? env["GODWIT_CONFIG"], directory);
  const config = file === undefined ? {} : readConfig(file);
  const root = file === undefined ? directory : dirname(file);
  const pick = (flag: string | undefined, variable: string, configured: string | undefined) => {
    const outside = flag ?? (env[variable] || undefined);
    return outside !== undefined
      ? resolve(directory, outside)
      : configured !== undefined
        ? resolve(root, configured)
        : undefined;
  };
  const schemas = flags.schema?.length ? flags.schema : env["GODWIT_SCHEMA"] ? [env["GODWIT_SCHEMA"]] : undefined;
  const dialect = flags.database ?? env["GODWIT_DATABASE_DIALECT"] ?? config.database?.dialect;
  return {
    root,
    ...(file !== undefined && { configFile: file }),
    schemaPaths: schemas
      ? schemas.map((path) => resolve(directory, path))
      : [config.schema ?? "schema"].flat().map((path) => resolve(root, path)),
    migrationsDir: pick(flags.migrations, "GODWIT_MIGRATIONS", config.migrations) ?? resolve(root, "migrations"),
    historyTable: flags["history-table"] ?? env["GODWIT_HISTORY_TABLE"] ?? config.history_table ?? "godwit_history",
    database: {
      ...(dialect !== undefined && { dialect }),
      get url() {
        return databaseUrl(flags.url, config, env, root);
      },
    },
  };
}

function configFile(named: string | undefined, directory: string): string | undefined {
  const path = resolve(directory, named ?? "godwit.yaml");
  if (existsSync(path)) return path;
  if (named === undefined) return undefined;
  throw new ToolError("config", `the configuration file "${named}" does not exist`, { file: named });
}

/** Bun's own parser is the fast one; the file is parsed again, with positions, only to report an error. */
function readConfig(file: string): Config {
  const text = readFileSync(file, "utf8");
  let document: unknown;
  try {
    document = Bun.YAML.parse(text);
  } catch (error) {
    throw configError(file, text, [], error instanceof Error ? error.message : String(error));
  }
  const result = v.safeParse(configShape, document ?? {});
  if (result.success) return result.output;
  const issue = result.issues[0];
  const path = (issue.path ?? []).map((item) => String(item.key));
  throw configError(file, text, path, problemOf(issue, path));
}

function problemOf(issue: v.BaseIssue<unknown>, path: readonly string[]): string {
  const key = path.at(-1) ?? "";
  if (issue.type !== "strict_object" || issue.expected !== "never")
    return `"${path.join(".")}": ${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`;
  const parent = path.length > 1 ? (configShape.entries.database.wrapped.entries as object) : configShape.entries;
  const hint = nearest(key, Object.keys(parent));
  return `unknown key "${path.join(".")}"${hint ? `; did you mean "${hint}"?` : `; known keys are ${Object.keys(parent).join(", ")}`}`;
}

function configError(file: string, text: string, path: readonly string[], problem: string): ToolError {
  const { parseDocument, LineCounter, isMap } = require("yaml") as typeof import("yaml");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const syntax = document.errors[0];
  let node: unknown = document.contents;
  let offset = syntax?.pos[0] ?? 0;
  for (const key of syntax ? [] : path) {
    const pair = isMap(node) ? node.items.find((item) => String(item.key) === key) : undefined;
    offset = (pair?.key as { range?: readonly number[] } | undefined)?.range?.[0] ?? offset;
    node = pair?.value;
  }
  const { line, col } = lines.linePos(offset);
  return new ToolError("config", `${file}:${line}:${col}: ${syntax ? syntax.message : problem}`, {
    file,
    line,
    column: col,
    key: path.join("."),
  });
}

function databaseUrl(flag: string | undefined, config: Config, env: Environment, root: string): string {
  const given = flag ?? (env["DATABASE_URL"] || env["GODWIT_DATABASE_URL"] || undefined);
  if (given !== undefined) return given;
  const configured = config.database?.url;
  if (configured === undefined) return relativeTo(root, embeddedDefault);
  const url = configured.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = env[name];
    if (value === undefined)
      throw new ToolError("config", `database.url needs the environment variable "${name}", which is not set`, {
        variable: name,
      });
    return value;
  });
  return relativeTo(root, withPassword(url, config, root));
}

/** A relative SQLite file lies beside the configuration, wherever the command was called from. */
function relativeTo(root: string, url: string): string {
  const match = /^(sqlite|file):(?!\/|:memory:)(.+)$/.exec(url);
  return match ? `${match[1]}:${resolve(root, match[2] ?? "")}` : url;
}

function withPassword(url: string, config: Config, root: string): string {
  const password = readPassword(config, root);
  if (password === undefined) return url;
  const match = /^([a-z][\w+.-]*:\/\/)([^:@/]*)(?::[^@/]*)?@(.*)$/i.exec(url);
  if (!match)
    throw new ToolError(
      "config",
      "a password is configured, but database.url names no user; write scheme://user@host/database",
    );
  return `${match[1]}${match[2]}:${encodeURIComponent(password)}@${match[3]}`;
}

function readPassword({ database }: Config, root: string): string | undefined {
  if (database?.password_file !== undefined) {
    const file = resolve(root, database.password_file);
    if (!existsSync(file)) throw new ToolError("config", `database.password_file: "${file}" does not exist`, { file });
    return readFileSync(file, "utf8").replace(/\r?\n$/, "");
  }
  if (database?.password_command === undefined) return undefined;
  const { status, stdout, stderr } = spawnSync(database.password_command, { shell: true, encoding: "utf8", cwd: root });
  if (status === 0) return stdout.replace(/\r?\n$/, "");
  throw new ToolError("config", `database.password_command failed with exit code ${status}: ${stderr.trim()}`, {
    status,
  });
}
