import { parseDuration } from "../core/duration.ts";
import { ToolError } from "../core/errors.ts";
import type { Limits } from "../runtime/limits.ts";
import { type LockMode, lockModes } from "../runtime/lock-mode.ts";
import type { TaskOptions } from "../runtime/survey.ts";
import type { Arguments } from "./command.ts";
import type { Output } from "./output.ts";
import { progress } from "./progress.ts";

/** For commands that take the lock or free it. */
export const lockArguments = {
  lock: {
    type: "string",
    valueHint: "KIND",
    description:
      "What the lock is: session, or table behind a pooler such as PgBouncer (default: as the database has it)",
  },
} as const satisfies Arguments;

/** What `--lock` says. Throws ToolError `usage`. */
export function lockFrom(value: string | undefined): LockMode | undefined {
  const found = lockModes.find((mode) => mode === value);
  if (found || value === undefined) return found;
  throw new ToolError("usage", `--lock "${value}" is not known; use ${lockModes.join(" or ")}`, {
    flag: "--lock",
    value,
  });
}

/** Flags of every command that changes the database. */
export const runArguments = {
  ...lockArguments,
  "lock-timeout": {
    type: "string",
    valueHint: "TIME",
    default: "10m",
    description: "How long to wait for another run, such as 30s or 10m",
  },
  "connect-timeout": {
    type: "string",
    valueHint: "TIME",
    description: "How long to wait for a server that is starting (default: 30s; 0: not at all)",
  },
} as const satisfies Arguments;

/** For commands that run operations. */
export const limitArguments = {
  "ddl-lock-timeout": {
    type: "string",
    valueHint: "TIME",
    description: "How long a statement may wait for a table that others use (default on PostgreSQL: 5s)",
  },
  "ddl-lock-retries": {
    type: "string",
    valueHint: "N",
    description: "How often it is tried again after that, with longer and longer pauses (default: 10)",
  },
  "statement-timeout": {
    type: "string",
    valueHint: "TIME",
    description: "How long a statement may run (default: no limit)",
  },
} as const satisfies Arguments;

/** For commands that run operations. */
export const hookArguments = {
  hooks: { type: "boolean", default: true, description: "Hooks", negativeDescription: "Run no hooks" },
} as const satisfies Arguments;

/** For commands that apply migrations of several tracks. */
export const compensateArguments = {
  compensate: {
    type: "boolean",
    default: true,
    description: "Take tracks back when one of them fails",
    negativeDescription: "Leave tracks as far as they came when one of them fails",
  },
} as const satisfies Arguments;

/** For commands that run operations. */
export const missingDropArguments = {
  "warn-on-missing-drop": {
    type: "boolean",
    description: "Where what is to be dropped is gone already, warn and go on",
  },
} as const satisfies Arguments;

/** For commands that apply migrations. */
export const applyArguments = {
  ...compensateArguments,
  ...missingDropArguments,
  ...limitArguments,
  ...hookArguments,
  ...runArguments,
} as const satisfies Arguments;

interface LimitValues {
  readonly "ddl-lock-timeout": string | undefined;
  readonly "ddl-lock-retries": string | undefined;
  readonly "statement-timeout": string | undefined;
}

/** The limits that flags set. Throws ToolError `usage`. */
export function limitsOf(args: LimitValues): Limits {
  const time = (flag: "ddl-lock-timeout" | "statement-timeout"): number | undefined =>
    args[flag] === undefined ? undefined : milliseconds(args[flag], `--${flag}`);
  const retries = args["ddl-lock-retries"];
  return {
    lockMs: time("ddl-lock-timeout"),
    statementMs: time("statement-timeout"),
    retries: retries === undefined ? undefined : wholeNumber(retries, "--ddl-lock-retries"),
  };
}

interface RunContext {
  readonly args: {
    readonly lock: string | undefined;
    readonly "lock-timeout": string;
    readonly "connect-timeout": string | undefined;
    readonly hooks?: boolean | undefined;
  };
  readonly output: Output;
  readonly signal: AbortSignal;
}

export function runOptions({ args, output, signal }: RunContext): TaskOptions {
  const connectTimeout = args["connect-timeout"];
  return {
    onEvent: progress(output),
    signal,
    lock: lockFrom(args.lock),
    hooks: args.hooks,
    lockTimeoutMs: milliseconds(args["lock-timeout"], "--lock-timeout"),
    connectTimeoutMs: connectTimeout === undefined ? undefined : milliseconds(connectTimeout, "--connect-timeout"),
  };
}

interface ApplyContext extends RunContext {
  readonly args: RunContext["args"] &
    LimitValues & {
      readonly compensate: boolean | undefined;
      readonly "warn-on-missing-drop": boolean | undefined;
    };
}

/** What `applyArguments` say. Throws ToolError `usage`. */
export const applyOptions = (context: ApplyContext) => ({
  ...runOptions(context),
  limits: limitsOf(context.args),
  // What godwit.yaml says counts unless the flag is given.
  compensate: context.args.compensate === false ? (false as const) : undefined,
  warnOnMissingDrop: context.args["warn-on-missing-drop"],
});

/** `500ms`, `30s`, `10m`, `1h`; a bare number counts seconds. Throws ToolError `usage`. */
export function milliseconds(text: string, flag: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined) return ms;
  throw new ToolError("usage", `${flag} "${text}" is not a time; write 500ms, 30s, 10m or 1h`, { flag, value: text });
}

/** A count that may be zero. Throws ToolError `usage`. */
function wholeNumber(text: string, flag: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new ToolError("usage", `${flag} "${text}" is not a whole number`, { flag, value: text });
}

/** A count of at least one. Throws ToolError `usage`. */
export function positiveInteger(text: string, flag: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new ToolError("usage", `${flag} "${text}" is not a whole number of at least 1`, { flag, value: text });
}
