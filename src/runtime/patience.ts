import { ToolError } from "../core/errors.ts";
import { type Database, errorClass } from "./database.ts";
import type { OnEvent } from "./events.ts";
import { pause } from "./pause.ts";

export interface Attempt {
  readonly migration: string;
  /** How often it is tried again at most. */
  readonly retries: number;
  /** Whether a failed attempt leaves nothing behind. */
  readonly repeatable: boolean;
  readonly onEvent?: OnEvent | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does `work` again, after longer and longer pauses, as long as it fails for want of a lock: while it pauses it waits in
 * nobody's way. Throws the last error with what to do about it; `cancelled` when the signal fires in a pause.
 */
export async function patiently<T>(database: Database, attempt: Attempt, work: () => Promise<T>): Promise<T> {
  const { migration, retries, repeatable, onEvent, signal } = attempt;
  for (let tried = 1; ; tried++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ToolError) || errorClass(database, error) !== "busy" || signal?.aborted) throw error;
      if (!repeatable || tried > retries) throw inVain(error, tried);
      const waitMs = backOff(tried);
      onEvent?.({ type: "retry", migration, attempt: tried, retries, waitMs, message: reasonOf(error) });
      await pause(waitMs, signal);
      if (signal?.aborted) throw new ToolError("cancelled", "stopped while waiting for a lock");
    }
  }
}

/** Doubles from 100 ms to 10 s. Jitter keeps two that are in each other's way from meeting again. */
function backOff(tried: number): number {
  const longest = Math.min(10_000, 100 * 2 ** (tried - 1));
  return Math.round(longest * (0.5 + Math.random() / 2));
}

/** The database's own words: further up, migration and SQL have been added to them. */
export const reasonOf = (error: ToolError): string =>
  error.cause instanceof ToolError ? reasonOf(error.cause) : error.message;

function inVain(error: ToolError, tried: number): ToolError {
  const times = tried === 1 ? "" : `, ${tried} times over`;
  const hint = `hint: another session was in the way${times}; end its transaction or try again later, or allow more with --ddl-lock-timeout and --ddl-lock-retries`;
  return new ToolError(error.code, `${error.message}\n${hint}`, { ...error.data, attempts: tried }, { cause: error });
}
