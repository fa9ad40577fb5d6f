import { ToolError } from "../core/errors.ts";
import type { TaskOptions } from "../runtime/survey.ts";
import type { Arguments } from "./command.ts";
import type { Output } from "./output.ts";
import { progress } from "./progress.ts";

/** Flags of every command that changes the database. */
export const runArguments = {
  "lock-timeout": {
    type: "string",
    valueHint: "TIME",
    default: "10m",
    description: "How long to wait for another run, such as 30s or 10m",
  },
} as const satisfies Arguments;

/** For commands that run operations. */
export const missingDropArguments = {
  "warn-on-missing-drop": {
    type: "boolean",
    description: "Where what is to be dropped is gone already, warn and go on",
  },
} as const satisfies Arguments;

interface RunContext {
  readonly args: { readonly "lock-timeout": string };
  readonly output: Output;
  readonly signal: AbortSignal;
}

export const runOptions = ({ args, output, signal }: RunContext): TaskOptions => ({
  onEvent: progress(output),
  signal,
  lockTimeoutMs: milliseconds(args["lock-timeout"], "--lock-timeout"),
});

/** `500ms`, `30s`, `10m`, `1h`; a bare number counts seconds. Throws ToolError `usage`. */
export function milliseconds(text: string, flag: string): number {
  const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text);
  if (match) return Number(match[1]) * (units[match[2] ?? "s"] ?? 1000);
  throw new ToolError("usage", `${flag} "${text}" is not a time; write 500ms, 30s, 10m or 1h`, { flag, value: text });
}

/** A count of at least one. Throws ToolError `usage`. */
export function positiveInteger(text: string, flag: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new ToolError("usage", `${flag} "${text}" is not a whole number of at least 1`, { flag, value: text });
}
