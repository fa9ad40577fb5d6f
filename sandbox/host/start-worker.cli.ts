import { machine, worker } from "godwit:sandbox-files";
import { readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { startWorker as inBun } from "./start-worker.ts";
import { linkTo } from "./worker-link.ts";

/**
 * Stands in for start-worker.ts in `godwit/cli`: the worker is a file of the package, which the compiler of an executable takes along. A text
 * would not do, because executables should forbid code that comes from texts.
 */
export const startWorker: typeof inBun = (onReply, onFailure) => {
  const started = new Worker(worker, { workerData: { wasm: readFileSync(machine) }, execArgv: [], env: {} });
  return linkTo(started, onReply, onFailure);
};
