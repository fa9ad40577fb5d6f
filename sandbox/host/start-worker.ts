import type { MessagePort } from "node:worker_threads";
import type { CodeMessage, CodeReply } from "./code-messages.ts";
import type { Reply, Request } from "./messages.ts";

/** The other end of a worker. */
export interface WorkerLink {
  /** The ports of a message are given away with it. */
  post(message: Request | CodeMessage, ports: readonly MessagePort[]): void;
  stop(): void;
}

/** What comes from there. */
export type Said = Reply | CodeReply;

/** Starts the sandbox's thread. It does not keep the process alive. `onFailure` hears why it cannot go on. */
export function startWorker(onReply: (reply: Said) => void, onFailure: (why: string) => void): WorkerLink {
  const worker = new Worker(workerUrl());
  worker.unref();
  worker.onmessage = ({ data }: MessageEvent<Said>) => onReply(data);
  worker.onerror = (event) => {
    event.preventDefault();
    onFailure(event.message);
  };
  return {
    post: (request, ports) => worker.postMessage(request, [...ports] as unknown as Bun.Transferable[]),
    stop: () => worker.terminate(),
  };
}

/** In a compiled binary every bundle lies in one folder and entry points keep their path; see index.ts. */
function workerUrl(): URL {
  return new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./sandbox/host/worker.js", import.meta.url);
}
