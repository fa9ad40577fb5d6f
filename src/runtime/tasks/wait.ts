import { ToolError } from "../../core/errors.ts";
import { type DatabaseTarget, openDatabase } from "../database.ts";
import type { OnEvent } from "../events.ts";
import type { Project } from "../project.ts";
import { parseUrl } from "../url.ts";

export interface WaitOptions {
  /** How long to wait in all, in milliseconds. */
  readonly timeoutMs: number;
  readonly onEvent?: OnEvent | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface WaitResult {
  readonly dialect: string;
  /** `null` where there is no file yet. */
  readonly server_version: string | null;
  readonly waited_ms: number;
}

/**
 * Until the database answers; only reads. A SQLite file that does not exist yet counts as an answer, because `up` makes it. Throws
 * ToolError `connect` with the last reason when the time is over, `cancelled` when the signal fires, and what cannot get
 * better by waiting (`url`, `config`) at once.
 */
export async function wait(project: Project, { timeoutMs, onEvent, signal }: WaitOptions): Promise<WaitResult> {
  const start = performance.now();
  // Put together once: it may take a password command.
  const { url } = project.database;
  const { dialect } = parseUrl(url, project.database.dialect);
  const target = { url, dialect: dialect.name };
  const elapsed = (): number => Math.round(performance.now() - start);
  let told: string | undefined;
  for (let attempt = 0; ; attempt++) {
    const answer = await ask(target, Math.max(100, Math.min(5000, timeoutMs - elapsed())));
    if (!(answer instanceof ToolError)) return { dialect: dialect.name, ...answer, waited_ms: elapsed() };
    if (signal?.aborted) throw new ToolError("cancelled", "stopped while waiting for the database");
    const left = timeoutMs - elapsed();
    if (left <= 0) throw overdue(answer, timeoutMs);
    if (answer.message !== told) onEvent?.({ type: "note", message: `waiting: ${answer.message}` });
    told = answer.message;
    await Bun.sleep(Math.min(left, 1000, 100 * 2 ** attempt));
  }
}

async function ask(
  target: DatabaseTarget,
  connectTimeoutMs: number,
): Promise<Pick<WaitResult, "server_version"> | ToolError> {
  try {
    const { driver, close } = await openDatabase(target, { readOnly: true, connectTimeoutMs });
    return { server_version: await driver.serverVersion().finally(close) };
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== "connect") throw error;
    return error.data["missing"] === true ? { server_version: null } : error;
  }
}

function overdue(last: ToolError, timeoutMs: number): ToolError {
  const message = `the database did not answer within ${timeoutMs / 1000} s: ${last.message}`;
  return new ToolError("connect", message, last.data, { cause: last });
}
