import { parentPort, workerData } from "node:worker_threads";
import { openEvaluator } from "./evaluator.ts";
import type { Request } from "./messages.ts";

/** The sandbox's thread in the library: it is a text inside the program, and so is its machine, which it is given. */
const { wasm } = workerData as { readonly wasm: Uint8Array<ArrayBuffer> };
const evaluate = openEvaluator(WebAssembly.compile(wasm));

parentPort?.on("message", async (request: Request) => {
  parentPort?.postMessage(await evaluate(request));
});
