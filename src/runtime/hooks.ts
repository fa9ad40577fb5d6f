import { PartialError, ToolError } from "../core/errors.ts";
import type { Database } from "./database.ts";
import type { HookTime, OnEvent } from "./events.ts";
import { runHookCommand } from "./hook-command.ts";
import type { Hook, Hooks } from "./hook-config.ts";
import type { Project } from "./project.ts";
import { redact } from "./redact.ts";
import type { Session, TaskOptions } from "./survey.ts";
import { eventsOf, nameAmong, trackName } from "./tracks.ts";

/** How long a command may take that says nothing about it. */
export const defaultHookTimeoutMs = 10 * 60 * 1000;

/** What hooks are run with. */
export interface HookRun {
  readonly project: Pick<Project, "root" | "hooks">;
  /** SQL runs there, on the connection of the run. */
  readonly database: Database;
  /** `false`: there are none. */
  readonly hooks?: boolean | undefined;
  readonly onEvent?: OnEvent | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** With what the hooks of a session run. */
export const hookRunOf = (
  { survey, database }: Session,
  { hooks, onEvent, signal }: TaskOptions,
): HookRun & { readonly project: Project } => ({ project: survey.project, database, hooks, onEvent, signal });

/** What is about to be done, for the hooks around it. */
export interface HookedRun<T> {
  readonly direction: "up" | "down" | "redo";
  /** The tracks with the names of what is to be applied or rolled back, in order. */
  readonly parts: readonly { readonly session: Session; readonly names: readonly string[] }[];
  readonly options: TaskOptions;
  /** What the result says was done. */
  done(result: T): readonly string[];
}

/**
 * Does `work` between the hooks of the run. When one of `before_run` fails, `work` does not begin; when one of `after_run` fails, what
 * was done stays done and the error names it; `on_failure` is run whatever failed, and never hides it. Throws ToolError `config`, before
 * anything else, when a variable that a hook needs is not set, ToolError or PartialError `hook`, and what `work` throws.
 */
export async function withRunHooks<T>(plan: HookedRun<T>, work: () => Promise<T>): Promise<T> {
  const [first] = plan.parts;
  const run = first && hookRunOf(first.session, plan.options);
  if (!run || !hooksOf(run)) return work();
  checkVariables(run);
  const environment = environmentOf(run, plan);
  try {
    await runHooks(run, "before_run", environment);
    const result = await work();
    await runHooks(run, "after_run", { ...environment, GODWIT_RESULT: "success" }).catch((error: unknown) => {
      throw error instanceof ToolError ? new PartialError(error, { applied: plan.done(result), remaining: [] }) : error;
    });
    return result;
  } catch (error) {
    await tellFailure(run, environment, error);
    throw error;
  }
}

/** Around each migration, outside its transaction. */
export interface MigrationHooks {
  before(migration: string): Promise<void>;
  after(migration: string): Promise<void>;
}

/** The hooks around the migrations of one track in one direction. They throw ToolError `hook`. */
export function migrationHooks(
  run: HookRun & { readonly project: Project },
  direction: "up" | "down",
): MigrationHooks | undefined {
  if (!hooksOf(run)) return undefined;
  const within = { ...run, onEvent: eventsOf(run.project, run.onEvent) };
  const environment = (migration: string) => ({
    ...variablesOf(run, { direction, tracks: [trackName(run.project)], migrations: [migration] }),
    GODWIT_MIGRATION: migration,
  });
  return {
    before: (migration) => runHooks(within, "before_migration", environment(migration), migration),
    after: (migration) =>
      runHooks(within, "after_migration", { ...environment(migration), GODWIT_RESULT: "success" }, migration),
  };
}

const hooksOf = ({ project, hooks }: HookRun): Hooks | undefined => (hooks === false ? undefined : project.hooks);

type Variables = Readonly<Record<string, string>>;

/** In order; the first that fails ends it. */
async function runHooks(run: HookRun, when: HookTime, environment: Variables, migration?: string): Promise<void> {
  for (const [index, hook] of (hooksOf(run)?.[when] ?? []).entries()) {
    const failure = await runHook(run, hook, { when, index, environment, migration });
    if (failure) throw failure;
  }
}

/** All of them, whatever becomes of one: the first error is the one to report. */
async function tellFailure(run: HookRun, environment: Variables, error: unknown): Promise<void> {
  const { code, message, data } =
    error instanceof ToolError
      ? error
      : new ToolError("internal", error instanceof Error ? error.message : String(error));
  const failed = {
    ...environment,
    GODWIT_RESULT: "failure",
    GODWIT_ERROR: redact(message),
    GODWIT_ERROR_CODE: code,
    ...(typeof data["failed"] === "string" && { GODWIT_MIGRATION: data["failed"] }),
  };
  // A run that was asked to stop tells so, too.
  const told: HookRun = { ...run, signal: undefined };
  for (const [index, hook] of (hooksOf(run)?.on_failure ?? []).entries()) {
    await runHook(told, hook, { when: "on_failure", index, environment: failed });
  }
}

interface HookPlace {
  readonly when: HookTime;
  readonly index: number;
  readonly environment: Variables;
  readonly migration?: string | undefined;
}

async function runHook(
  { project, database, onEvent, signal }: HookRun,
  hook: Hook,
  { when, index, environment, migration }: HookPlace,
): Promise<ToolError | undefined> {
  const title = titleOf(hook);
  const started = performance.now();
  const { failure, output, data } =
    "sql" in hook
      ? await runSql(database, hook.sql)
      : await runHookCommand({
          command: hook.command,
          env: { ...shared(hook), ...environment, GODWIT_HOOK: when },
          directory: project.root,
          timeoutMs: hook.timeout ?? defaultHookTimeoutMs,
          signal,
        }).then((outcome) => ({ ...outcome, data: {} }));
  const tail = output === "" ? "" : `\n${indented(output)}`;
  const error = failure === undefined ? undefined : `"${title}" ${failure}${tail}`;
  onEvent?.({
    type: "hook",
    when,
    index,
    title,
    durationMs: Math.round(performance.now() - started),
    ...(migration !== undefined && { migration }),
    ...(output !== "" && { output }),
    ...(error !== undefined && { error }),
  });
  if (error === undefined) return undefined;
  const where = migration === undefined ? when : `${when} of "${migration}"`;
  return new ToolError("hook", `hook ${where}: ${error}${consequences[when]}`, {
    ...data,
    hook: when,
    index,
    migration,
  });
}

const consequences: Readonly<Record<HookTime, string>> = {
  before_run: "\nnothing was changed",
  after_run: "\nthe run itself is done, and stays so",
  before_migration: "\nthe migration was not begun",
  after_migration: "\nthe migration itself is done, and stays so; nothing after it was begun",
  on_failure: "",
};

async function runSql(database: Database, sql: string) {
  try {
    await database.confirmLock?.();
    await database.driver.execute(sql);
    return { output: "", data: {} };
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return { failure: `failed: ${error.message}`, output: "", data: error.data };
  }
}

const titleOf = (hook: Hook): string => {
  const text = "sql" in hook ? hook.sql : typeof hook.command === "string" ? hook.command : hook.command.join(" ");
  const [line = ""] = text.trim().split("\n", 1);
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
};

const indented = (text: string): string => text.replace(/^/gm, "  ");

/** What every command gets of godwit's own environment, and what it asks for by name. */
const shared = (hook: Exclude<Hook, { sql: string }>): Variables => variables([...always, ...(hook.env ?? [])]);

const always = ["PATH", "HOME", "LANG", "SystemRoot"];

const variables = (names: readonly string[]): Variables =>
  Object.fromEntries(
    names.map((name) => [name, process.env[name]]).filter((each): each is [string, string] => each[1] !== undefined),
  );

interface Facts {
  readonly direction: string;
  readonly tracks: readonly string[];
  readonly migrations: readonly string[];
}

const variablesOf = ({ database }: HookRun, { direction, tracks, migrations }: Facts): Variables => ({
  GODWIT_DIALECT: database.dialect.name,
  GODWIT_DIRECTION: direction,
  GODWIT_TRACK: tracks.join(" "),
  GODWIT_MIGRATIONS: migrations.join(" "),
});

function environmentOf<T>(run: HookRun, { direction, parts }: HookedRun<T>): Variables {
  const several = parts.length > 1;
  const busy = parts.filter(({ names }) => names.length > 0);
  const tracks = busy.map(({ session }) => trackName(session.survey.project));
  const migrations = busy.flatMap(({ session, names }) =>
    names.map((name) => nameAmong(several, session.survey.project, name)),
  );
  return variablesOf(run, { direction, tracks, migrations });
}

function checkVariables(run: HookRun): void {
  for (const [when, hooks] of Object.entries(hooksOf(run) ?? {})) {
    for (const hook of hooks) {
      const missing = "sql" in hook ? undefined : hook.env?.find((name) => process.env[name] === undefined);
      if (missing === undefined) continue;
      const message = `a hook of ${when} needs the environment variable "${missing}", which is not set; nothing was changed`;
      throw new ToolError("config", message, { variable: missing, hook: when });
    }
  }
}
