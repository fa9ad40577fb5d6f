import { connectPatiently } from "../connect-patiently.ts";
import { type DatabaseTarget, openDatabase, unlessMissing } from "../database.ts";
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
  const server_version = await connectPatiently((leftMs) => ask(target, leftMs), {
    timeoutMs,
    // Whoever waits for a database may also wait for somebody to make it, or its user.
    worthWaiting: () => true,
    onEvent,
    signal,
  });
  return { dialect: dialect.name, server_version, waited_ms: Math.round(performance.now() - start) };
}

async function ask(target: DatabaseTarget, leftMs: number): Promise<string | null> {
  const connectTimeoutMs = Math.max(100, Math.min(5000, leftMs));
  const database = await openDatabase(target, { readOnly: true, connectTimeoutMs }).catch(unlessMissing);
  return database ? database.driver.serverVersion().finally(database.close) : null;
}
