import { ToolError } from "../../src/core/errors.ts";
import { runawayError } from "./errors.ts";
import type { HostLine } from "./host-calls.ts";
import { GRACE_MS, type Limits, runMs } from "./limits.ts";
import type { Outcome, Request } from "./messages.ts";
import type { Script } from "./script.ts";
import { type Said, startWorker } from "./start-worker.ts";

/** Starts the sandbox's thread, which takes about 20 ms; call it before reading files, so that both happen at once. */
export function startThread(): void {
  thread ??= openThread();
}

/**
 * Evaluates scripts in order, up to the first that fails; `host` is the line for this request alone. Throws ToolError `limit` with `data.fatal` when a script
 * cannot be stopped: its thread then spins until the process ends, so the caller must print the error and exit.
 */
export function runScripts(
  scripts: readonly Script[],
  modules: Readonly<Record<string, string>>,
  limits: Limits,
  host?: HostLine,
): Promise<readonly Outcome[]> {
  thread ??= openThread();
  return thread.run(scripts, modules, limits, host);
}

interface Thread {
  run(
    scripts: readonly Script[],
    modules: Readonly<Record<string, string>>,
    limits: Limits,
    host: HostLine | undefined,
  ): Promise<readonly Outcome[]>;
}

interface Pending {
  readonly first: number;
  readonly scripts: readonly Script[];
  readonly limits: Limits;
  readonly host: HostLine | undefined;
  readonly resolve: (outcomes: readonly Outcome[]) => void;
  readonly reject: (error: ToolError) => void;
}

const POLL_MS = 50;

let thread: Thread | undefined;

/**
 * A worker and the watch over it. QuickJS runs on the worker's thread because a loop inside a built-in ignores every
 * interrupt: `terminate()` does not stop it either, but this thread stays free to report it. The heartbeat is shared
 * memory, which needs no message to be delivered.
 */
function openThread(): Thread {
  const heartbeat = new Int32Array(new SharedArrayBuffer(4));
  const pending = new Map<number, Pending>();
  const watch = watchHeartbeat(heartbeat, pending, (error) => fail(error));
  let nextId = 1;
  let nextScript = 1;
  const fail = (error: ToolError) => {
    thread = undefined;
    worker.stop();
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
    watch.stop();
  };
  const answer = (said: Said) => {
    if ("code" in said) return;
    const { id, outcomes, failure } = said;
    const asked = pending.get(id);
    pending.delete(id);
    if (failure === undefined) asked?.resolve(outcomes);
    else asked?.reject(new ToolError("internal", `the sandbox does not work: ${failure}`));
    if (pending.size === 0) watch.stop();
  };
  // Only the watch keeps the process alive, and only while there is something to wait for.
  const worker = startWorker(answer, (why) => fail(new ToolError("internal", `the sandbox cannot start: ${why}`)));
  return {
    run(scripts, modules, limits, host) {
      const id = nextId++;
      const first = nextScript;
      nextScript += scripts.length;
      return new Promise((resolve, reject) => {
        pending.set(id, { first, scripts, limits, host, resolve, reject });
        watch.start();
        const request: Request = {
          id,
          first,
          scripts: scripts.map(({ code, inert }) => ({ code, inert })),
          modules,
          deadlineMs: runMs(limits),
          memoryMiB: limits.memoryMiB,
          heartbeat,
          ...(host && { host: host.link }),
        };
        worker.post(request, host ? [host.link.port] : []);
      });
    },
  };
}

interface HeartbeatWatch {
  start(): void;
  stop(): void;
}

function watchHeartbeat(
  heartbeat: Int32Array,
  pending: ReadonlyMap<number, Pending>,
  fail: (error: ToolError) => void,
): HeartbeatWatch {
  let timer: ReturnType<typeof setInterval> | undefined;
  let running = 0;
  let since = 0;
  const look = () => {
    const now = performance.now();
    const current = Atomics.load(heartbeat, 0);
    // Time counts from when this thread first saw the script, so a busy main thread never blames a script.
    if (current !== running) [running, since] = [current, now];
    if (current === 0) return;
    for (const { first, scripts, limits, host } of pending.values()) {
      const script = scripts[current - first];
      const from = Math.max(since, host?.answeredAt() ?? 0);
      if (script !== undefined && now - from > runMs(limits) + GRACE_MS) fail(runawayError(script, limits));
    }
  };
  return {
    start() {
      timer ??= setInterval(look, POLL_MS);
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
    },
  };
}
