import { type ChildProcess, spawn } from "node:child_process";
import type { Environment } from "./database-url.ts";
import { redact } from "./redact.ts";

export interface HookCommand {
  /** A text for the shell, or the program and its arguments. */
  readonly command: string | readonly string[];
  readonly env: Environment;
  /** Where it runs. */
  readonly directory: string;
  /** It is ended after so many milliseconds. */
  readonly timeoutMs: number;
  /** Ends it before its time. */
  readonly signal?: AbortSignal | undefined;
}

export interface HookOutcome {
  /** The last of what it printed on both streams, without passwords of URLs. */
  readonly output: string;
  /** Why it failed: `ended with exit code 1`. */
  readonly failure?: string;
}

/** Runs a command to its end; one that does not end in time is ended with all that it started. Never rejects. */
export function runHookCommand({ command, env, directory, timeoutMs, signal }: HookCommand): Promise<HookOutcome> {
  const { promise, resolve } = Promise.withResolvers<HookOutcome>();
  const [program = "", ...args] = typeof command === "string" ? [command] : command;
  const child = spawn(program, args, {
    cwd: directory,
    env: { ...env },
    shell: typeof command === "string",
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that all of it can be ended, and Ctrl-C is for godwit to decide about.
    detached: process.platform !== "win32",
  });
  const output = tailOf(child);
  let ended: string | undefined;
  const end = (why: string) => (): void => {
    ended ??= why;
    kill(child, "SIGTERM");
    setTimeout(() => kill(child, "SIGKILL"), 2000).unref();
  };
  const clock = setTimeout(end(`did not end within ${timeoutMs / 1000} s`), timeoutMs);
  const stop = end("was stopped on request");
  signal?.addEventListener("abort", stop, { once: true });
  const settle = (failure: string | undefined): void => {
    clearTimeout(clock);
    signal?.removeEventListener("abort", stop);
    resolve({ output: redact(output()), ...(failure !== undefined && { failure }) });
  };
  child.once("error", (error) => settle(`cannot be started: ${error.message}`));
  child.once("close", (code, by) => {
    if (ended === undefined && code === 0) return settle(undefined);
    settle(ended ?? (by ? `was ended by ${by}` : `ended with exit code ${code}`));
  });
  return promise;
}

const kept = 4000;

function tailOf({ stdout, stderr }: ChildProcess): () => string {
  let text = "";
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      text = (text + chunk).slice(-kept);
    });
  }
  return () => text.trim();
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    // The negative number is the group.
    process.kill(process.platform === "win32" ? child.pid : -child.pid, signal);
  } catch {
    // It has ended by itself.
  }
}
