import { ToolError } from "../core/errors.ts";
import type { OnEvent } from "./events.ts";
import { pause } from "./pause.ts";

/** How long a task that changes the database waits for a server that is starting, unless somebody says otherwise. */
export const defaultConnectTimeoutMs = 30_000;

export interface Patience {
  /** How long to try in all, in milliseconds; 0: once. */
  readonly timeoutMs: number;
  /** Whether this refusal may be another answer a little later. */
  readonly worthWaiting: (error: ToolError) => boolean;
  readonly onEvent?: OnEvent | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Tries to connect again, after longer and longer pauses of a second at most, as long as the refusal is worth it; each new
 * reason is told once. `connect` gets what is left of the time, in milliseconds. Throws the last ToolError `connect` with
 * how long was waited in its message, `cancelled` when the signal fires, and everything else at once.
 */
export async function connectPatiently<T>(
  connect: (leftMs: number) => Promise<T>,
  { timeoutMs, worthWaiting, onEvent, signal }: Patience,
): Promise<T> {
  const start = performance.now();
  const left = (): number => timeoutMs - (performance.now() - start);
  let told: string | undefined;
  for (let attempt = 0; ; attempt++) {
    try {
      return await connect(left());
    } catch (error) {
      if (!(error instanceof ToolError) || error.code !== "connect" || !worthWaiting(error)) throw error;
      if (signal?.aborted) throw stopped();
      if (left() <= 0) throw timeoutMs > 0 ? overdue(error, timeoutMs) : error;
      if (error.message !== told) onEvent?.({ type: "note", message: `waiting: ${error.message}` });
      told = error.message;
    }
    await pause(Math.min(left(), 1000, 100 * 2 ** attempt), signal);
    if (signal?.aborted) throw stopped();
  }
}

/** Whether nobody listens yet, or the server lets nobody in for the moment: what a server says that is starting or busy. */
export const isStarting = (error: ToolError): boolean => error.data["starting"] === true;

const stopped = (): ToolError => new ToolError("cancelled", "stopped while waiting for the database");

function overdue(last: ToolError, timeoutMs: number): ToolError {
  const message = `the database did not answer within ${timeoutMs / 1000} s: ${last.message}`;
  return new ToolError("connect", message, last.data, { cause: last });
}
