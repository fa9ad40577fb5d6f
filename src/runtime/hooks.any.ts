import type { HookedRun, HookRun, MigrationHooks } from "./hooks.ts";
import type { Project } from "./project.ts";
import type { Session, TaskOptions } from "./survey.ts";

/** Hooks are configured in godwit.yaml and start programs: there is neither here. */
export const hookRunOf = (
  { survey, database }: Session,
  { hooks, onEvent, signal }: TaskOptions,
): HookRun & { readonly project: Project } => ({ project: survey.project, database, hooks, onEvent, signal });

/** `work` alone. */
export const withRunHooks = <T>(_plan: HookedRun<T>, work: () => Promise<T>): Promise<T> => work();

/** None. */
export const migrationHooks = (_run: HookRun): MigrationHooks | undefined => undefined;
