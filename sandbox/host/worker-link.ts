import type { Worker } from "node:worker_threads";

import type { Said, WorkerLink } from "./start-worker.ts";

/** The other end of a worker of `node:worker_threads`, which runs in Bun and Node. */
export function linkTo(worker: Worker, onReply: (reply: Said) => void, onFailure: (why: string) => void): WorkerLink {
  worker.on("message", onReply);
  worker.on("error", (error) => onFailure(error instanceof Error ? error.message : String(error)));
  worker.unref();
  return {
    post: (request, ports) => worker.postMessage(request, [...ports]),
    stop: () => void worker.terminate(),
  };
}
