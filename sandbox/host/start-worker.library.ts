import wasm from "godwit:sandbox-wasm";
import code from "godwit:sandbox-worker";
import { Worker } from "node:worker_threads";
import type { startWorker as inBun } from "./start-worker.ts";
import { linkTo } from "./worker-link.ts";

/**
 * Stands in for start-worker.ts in the library, in Bun and Node: the worker is started from a text, so that a program which is bundled
 * into one file needs no other file at its side.
 */
export const startWorker: typeof inBun = (onReply, onFailure) => {
  const url = new URL(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);
  // A program's own flags, such as --import, are not the sandbox's.
  const worker = new Worker(url, { workerData: { wasm: Buffer.from(wasm, "base64") }, execArgv: [], env: {} });
  return linkTo(worker, onReply, onFailure);
};
