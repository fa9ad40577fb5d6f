import { existsSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { parseDuration } from "../core/duration.ts";
import { ToolError } from "../core/errors.ts";
import { orderPolicies } from "../core/plan/late.ts";
import type { SymbolMap } from "../core/symbols/symbol-map.ts";
import { compiledFile } from "./compiled-file.ts";
import type { CompiledSource } from "./compiled-source.ts";
import { type Config, parseConfig, readConfig } from "./config-file.ts";
import { databaseUrl, type Environment, schemeOf } from "./database-url.ts";
import { type Limits, mergeLimits } from "./limits.ts";
import { lockModes } from "./lock-mode.ts";
import { logFormats } from "./log-format.ts";
import { type Project, shownPath, type Track } from "./project.ts";
import type { SeedTexts } from "./seeds.ts";
import { chooseTrack, withTracks } from "./tracks.ts";
import { dialectNamed } from "./url.ts";

export interface ConfigFlags {
  readonly config?: string;
  readonly url?: string;
  readonly database?: string;
  /** Names, some with commas between them. */
  readonly databases?: readonly string[];
  readonly schema?: readonly string[];
  readonly migrations?: string;
  readonly "history-table"?: string;
  readonly "log-format"?: string;
  readonly track?: string;
  /** Compiled migrations to take in place of the directory. */
  readonly from?: string;
}

/** Migrations, seeds and configuration that are inside of the executable. */
export interface Inside {
  /** Text of a godwit.yaml. */
  config(): string | undefined;
  readonly compiled: CompiledSource;
  seeds(): SeedTexts;
}

/** What the program that runs brings along. */
export interface ProgramParts {
  readonly inside?: Inside | undefined;
  /** Modules for migrations to import. */
  readonly given?: SymbolMap | undefined;
}

/**
 * Flags, environment, godwit.yaml and defaults, in this order. Paths are relative to the directory of the configuration
 * file. The database's URL is put together only when it is asked for, so that commands without a database need no secrets.
 * What is `inside` takes the place of the files of the directory, and another configuration is taken only where one is named. Throws
 * ToolError `config`.
 */
export function loadProject(
  flags: ConfigFlags,
  env: Environment,
  directory: string,
  { inside, given }: ProgramParts = {},
): Project {
  const { config, root, ...files } = configuration(flags, env, directory, inside);
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
  const historyTable =
    flags["history-table"] ?? env["GODWIT_HISTORY_TABLE"] ?? config.history_table ?? "godwit_history";
  const scheme = schemeOf(flags.url, config, env);
  const shared = {
    root,
    ...files,
    schemaPaths: schemas
      ? schemas.map((path) => resolve(directory, path))
      : [config.schema ?? "schema"].flat().map((path) => resolve(root, path)),
    historyTable,
    ...waysToRun(flags, config, env),
    database: {
      ...(dialect !== undefined && { dialect }),
      ...(scheme !== undefined && { scheme }),
      get url() {
        return databaseUrl(flags.url, config, env, root);
      },
    },
    ...(config.symbols && { symbols: mapValues(config.symbols, (path) => resolve(root, path)) }),
    ...configuredDatabases(flags, config, env),
    ...(config.compensate !== undefined && { compensate: config.compensate }),
    ...compiledIn(flags.from, directory, root),
    ...(inside && { compiled: inside.compiled, seeds: inside.seeds() }),
    ...(given && { given }),
  };
  const migrations = pick(flags.migrations, "GODWIT_MIGRATIONS", config.migrations);
  const track = flags.track ?? (env["GODWIT_TRACK"] || undefined);
  const project = withMigrations(shared, config, migrations);
  return track === undefined ? project : chooseTrack(project, track);
}

/** The flag and the variable have names with commas between them. */
function configuredDatabases(flags: ConfigFlags, { databases }: Config, env: Environment): Pick<Project, "databases"> {
  const given = flags.databases?.length ? flags.databases.join(",") : env["GODWIT_DATABASES"];
  const names = given
    ?.split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (flags.databases) for (const name of names ?? []) dialectNamed(name);
  const chosen = names && names.length > 0 ? names : databases;
  return chosen ? { databases: chosen } : {};
}

const mapValues = <T>(map: Readonly<Record<string, T>>, change: (value: T) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));

interface Configuration extends Pick<Project, "root" | "configFile" | "configText"> {
  readonly config: Config;
}

function configuration(flags: ConfigFlags, env: Environment, directory: string, inside?: Inside): Configuration {
  if (inside) refuseOthers(flags, env);
  const named = flags.config ?? env["GODWIT_CONFIG"];
  const file = inside && !named ? undefined : configFile(named, directory);
  if (file !== undefined)
    return { config: readConfig(file, relative(directory, file)), root: dirname(file), configFile: file };
  const text = inside?.config();
  if (text === undefined) return { config: {}, root: directory };
  return { config: parseConfig(text, "godwit.yaml in this executable"), root: directory, configText: text };
}

function compiledIn(from: string | undefined, directory: string, root: string): Pick<Project, "compiled"> {
  if (from === undefined) return {};
  const path = resolve(directory, from);
  return { compiled: compiledFile(path, shownPath({ root }, path)) };
}

/** Others than those that are inside would be a surprise, and so would these in their place. */
function refuseOthers(flags: ConfigFlags, env: Environment): void {
  const given = [
    ["--from", flags.from],
    ["--migrations", flags.migrations],
    ["GODWIT_MIGRATIONS", env["GODWIT_MIGRATIONS"]],
  ].find(([, value]) => value)?.[0];
  if (given === undefined) return;
  throw new ToolError("usage", `the migrations of this executable are inside of it; leave out ${given}`, { given });
}

/** With the directory of the migrations, or with the tracks that have one each. */
function withMigrations(project: Omit<Project, "migrationsDir">, config: Config, given: string | undefined): Project {
  const tracks = configuredTracks(config, project);
  if (!tracks) return { ...project, migrationsDir: given ?? resolve(project.root, "migrations") };
  if (given === undefined) return withTracks(project, tracks);
  throw new ToolError(
    "config",
    "--migrations and GODWIT_MIGRATIONS are for projects without tracks; each track names its directory in godwit.yaml",
  );
}

const configuredTracks = (
  { tracks }: Config,
  { root, historyTable }: Pick<Project, "root" | "historyTable">,
): readonly Track[] | undefined =>
  tracks?.map(({ name, migrations, schema, history_table, requires, guards, schema_agnostic }) => ({
    name,
    migrationsDir: resolve(root, migrations),
    ...(schema !== undefined && { schema }),
    historyTable: history_table ?? historyTable,
    requires: requires ?? [],
    ...(guards && { guards }),
    ...(schema_agnostic && { schemaAgnostic: true }),
  }));

/** How runs go; what is in nobody's configuration is left out. */
function waysToRun(flags: ConfigFlags, config: Config, env: Environment) {
  const limits = configuredLimits(config, env);
  const connectTimeoutMs = configured(env, "GODWIT_CONNECT_TIMEOUT", config.connect_timeout, parseDuration);
  const logFormat = logFormats.find((format) => format === flags["log-format"]);
  return {
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(connectTimeoutMs !== undefined && { connectTimeoutMs }),
    logFormat: logFormat ?? chosen(env, "GODWIT_LOG_FORMAT", logFormats) ?? config.log_format ?? "text",
    order: chosen(env, "GODWIT_ORDER", orderPolicies) ?? config.order ?? "any",
    ...configuredLock(config, env),
    ...(config.hooks && chosen(env, "GODWIT_HOOKS", ["on", "off"]) !== "off" && { hooks: config.hooks }),
  };
}

function configuredLock(config: Config, env: Environment): Pick<Project, "lock" | "lockExpiryMs" | "alsoLock"> {
  const lock = chosen(env, "GODWIT_LOCK", lockModes) ?? config.lock;
  const lockExpiryMs = configured(env, "GODWIT_LOCK_EXPIRY", config.lock_expiry, parseDuration);
  return {
    ...(lock !== undefined && { lock }),
    ...(lockExpiryMs !== undefined && { lockExpiryMs }),
    ...(config.also_lock?.length && { alsoLock: config.also_lock }),
  };
}

/** Flags that set them belong to single commands. */
const configuredLimits = (config: Config, env: Environment): Limits =>
  mergeLimits({
    lockMs: configured(env, "GODWIT_DDL_LOCK_TIMEOUT", config.ddl_lock_timeout, parseDuration),
    retries: configured(env, "GODWIT_DDL_LOCK_RETRIES", config.ddl_lock_retries, parseCount),
    statementMs: configuredTimes(config, env),
    code: configuredCode(config, env),
  });

/** What functions of migrations may take at most. */
function configuredCode(config: Config, env: Environment): Limits["code"] {
  const timeMs = configured(env, "GODWIT_MAX_CODE_TIMEOUT", config.max_code_timeout, parseDuration);
  const memoryMiB = configured(env, "GODWIT_MAX_CODE_MEMORY", config.max_code_memory, parseCount);
  if (timeMs === undefined && memoryMiB === undefined) return undefined;
  return { ...(timeMs !== undefined && { timeMs }), ...(memoryMiB !== undefined && { memoryMiB }) };
}

/** The variable is for all kinds of statements, as the flag is. */
function configuredTimes({ statement_timeout: times }: Config, env: Environment): Limits["statementMs"] {
  const perKind = typeof times === "object" ? Object.entries(times) : undefined;
  const fromFile = perKind?.flatMap(([kind, time]) =>
    time === undefined ? [] : [[kind, parseDuration(String(time))]],
  );
  const all = configured(env, "GODWIT_STATEMENT_TIMEOUT", typeof times === "object" ? undefined : times, parseDuration);
  return mergeLimits({ statementMs: fromFile && Object.fromEntries(fromFile) }, { statementMs: all }).statementMs;
}

/** What a variable, or else the file, says. Throws ToolError `config` for a variable that says no time or number. */
function configured(
  env: Environment,
  variable: string,
  fromFile: string | number | undefined,
  parse: (text: string) => number | undefined,
): number | undefined {
  const text = env[variable] || fromFile?.toString();
  const value = text === undefined ? undefined : parse(text);
  if (text === undefined || value !== undefined) return value;
  const needed = parse === parseDuration ? "a time; write 500ms, 5s or 1m" : "a whole number";
  throw new ToolError("config", `the environment variable "${variable}" holds "${text}", which is not ${needed}`, {
    variable,
  });
}

const parseCount = (text: string): number | undefined => (/^\d{1,9}$/.test(text) ? Number(text) : undefined);

function chosen<T extends string>(env: Environment, variable: string, known: readonly T[]): T | undefined {
  const value = env[variable];
  const found = known.find((one) => one === value);
  if (found || !value) return found;
  throw new ToolError("config", `${variable} is "${value}"; use one of ${known.join(", ")}`, { variable, value });
}

function configFile(named: string | undefined, directory: string): string | undefined {
  const path = resolve(directory, named ?? "godwit.yaml");
  if (existsSync(path)) return path;
  if (named === undefined) return undefined;
  throw new ToolError("config", `the configuration file "${named}" does not exist`, { file: named });
}
