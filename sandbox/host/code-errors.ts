import { ToolError } from "../../src/core/errors.ts";
import type { CodeEnd } from "./code-messages.ts";
import { faultError, placeOf, positioned } from "./errors.ts";
import type { HostCalls } from "./host-calls.ts";
import type { Limits } from "./limits.ts";
import type { Modules } from "./modules.ts";
import { positionOfDefault } from "./positions.ts";
import type { Script } from "./script.ts";

export interface CodeCircumstances {
  readonly limits: Limits;
  readonly modules: Modules;
  readonly host: HostCalls | undefined;
  /** What the database refused, by call. */
  readonly refused: ReadonlyMap<number, ToolError>;
}

/** Why a function did not come to its end, in the author's words and at the author's line. What the database refused stays that. */
export async function codeError(
  { fault, call }: Extract<CodeEnd, { readonly fault: unknown }>,
  script: Script,
  { refused, ...surroundings }: CodeCircumstances,
): Promise<ToolError> {
  const { limits, modules } = surroundings;
  const cause = refused.get(call);
  const place = () => placeOf("stack" in fault ? fault.stack : "", script, modules);
  if (cause) {
    const at = await place();
    const where = `${at.file}:${at.line}:${at.column}`;
    return new ToolError(cause.code, `${where}: ${cause.message}`, { ...cause.data, ...at }, { cause });
  }
  switch (fault.kind) {
    case "time":
      return positioned("limit", await place(), tookTooLong(limits.deadlineMs), { limit: "time" });
    case "memory":
      return positioned(
        "limit",
        await place(),
        `the code needs more than ${limits.memoryMiB} MiB of memory; read with db.batches(), keep less, or give the migration more with "codeMemory"`,
        { limit: "memory" },
      );
    case "unsettled":
      return positioned("migration", await place(), "the code awaits something that never happens");
    default:
      return faultError(fault, script, surroundings);
  }
}

/** Code that only the end of the process can stop. */
export const runawayCode = (script: Script, timeMs: number): ToolError =>
  positioned(
    "limit",
    positionOfDefault(script.file),
    `${tookTooLong(timeMs)}; it is inside one built-in function (such as join, repeat or a regular expression), which only the end of godwit stops`,
    { limit: "time", fatal: true },
  );

const tookTooLong = (timeMs: number): string =>
  `the code ran longer than ${timeMs % 1000 === 0 ? `${timeMs / 1000} s` : `${timeMs} ms`}, waiting for the database not counted; leave more to SQL, or give the migration more with "codeTimeout"`;
