import wasm from "godwit:sandbox-wasm";
import code from "godwit:sandbox-worker";
import { Worker } from "node:worker_threads";
import type { Said, WorkerLink } from "./start-worker.ts";

/**
 * Stands in for start-worker.ts in the library, in Bun and Node: the worker is started from a text, so that a program which is bundled
 * into one file needs no other file at its side.
 */
export function startWorker(onReply: (reply: Said) => void, onFailure: (why: string) => void): WorkerLink {
  const url = new URL(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);
  // A program's own flags, such as --import, are not the sandbox's.
  const worker = new Worker(url, { workerData: { wasm: Buffer.from(wasm, "base64") }, execArgv: [], env: {} });
  worker.on("message", onReply);
  worker.on("error", (error) => onFailure(error instanceof Error ? error.message : String(error)));
  worker.unref();
  return {
    post: (request, ports) => worker.postMessage(request, [...ports]),
    stop: () => void worker.terminate(),
  };
}
