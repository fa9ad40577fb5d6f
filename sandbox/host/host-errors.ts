import { type Position, ToolError } from "../../src/core/errors.ts";
import type { HostFailure } from "./host-calls.ts";
import { type Limits, MAX_HOST_CALLS, MAX_HOST_LENGTH } from "./limits.ts";

/** Where a migration called a host function: its place, and the guest's stack in the author's lines. */
export interface CallPlace {
  readonly at: Position;
  readonly stack: string;
}

/** What a host function threw and a migration did not catch: `described` is the error as the migration saw it, the cause is the host's own. */
export function hostThrew(
  { module, name, error }: HostFailure,
  described: string,
  { at, stack }: CallPlace,
): ToolError {
  const what = `${described} (thrown by ${name}() of host module "${module}")`;
  const data = { module, function: name, guest_stack: stack, host_stack: error?.stack ?? null };
  return new ToolError("migration", place(at, what), { ...at, ...data }, { cause: error });
}

/** A host function that the migration must not go on after. */
export function hostStopped(failure: HostFailure, { at, stack }: CallPlace, limits: Limits): ToolError {
  const { module, name, kind, problem } = failure;
  const called = `${name}() of host module "${module}"`;
  const data = { ...at, module, function: name, guest_stack: stack };
  const limit = (limit: string, what: string): ToolError =>
    new ToolError("limit", place(at, `${called}: ${what}`), { ...data, limit });
  switch (kind) {
    case "time":
      return limit("time", `all host functions together took longer than ${limits.hostDeadlineMs / 1000} s`);
    case "calls":
      return limit(
        "calls",
        `the migration calls host functions more than ${MAX_HOST_CALLS} times; let one call do the work of many`,
      );
    case "size":
      return limit("size", `more than ${MAX_HOST_LENGTH / 1024 ** 2} MiB went to host functions and came back`);
    default: {
      const what = `${called}: ${problem ?? "it failed"}; correct "run" in the program that registers it, or what it declares`;
      return new ToolError("config", place(at, what), data);
    }
  }
}

const place = ({ file, line, column }: Position, what: string): string => `${file}:${line}:${column}: ${what}`;
