import { parentPort, workerData } from "node:worker_threads";
import type { CodeMessage } from "./code-messages.ts";
import { openCodeRunner } from "./code-runner.ts";
import { openEvaluator } from "./evaluator.ts";
import type { Request } from "./messages.ts";

/** The sandbox's thread in the library: it is a text inside the program, and so is its machine, which it is given. */
const { wasm } = workerData as { readonly wasm: Uint8Array<ArrayBuffer> };
const compiled = WebAssembly.compile(wasm);
const evaluate = openEvaluator(compiled);
const runCode = openCodeRunner(compiled, (reply) => parentPort?.postMessage(reply));

parentPort?.on("message", async (message: Request | CodeMessage) => {
  if ("code" in message) await runCode(message);
  else parentPort?.postMessage(await evaluate(message));
});
