import { readFileSync } from "node:fs";
import wasmPath from "../../node_modules/@jitl/quickjs-wasmfile-release-sync/dist/emscripten-module.wasm" with {
  type: "file",
};
import type { CodeMessage, CodeReply } from "./code-messages.ts";
import { openCodeRunner } from "./code-runner.ts";
import { openEvaluator } from "./evaluator.ts";
import type { Reply, Request } from "./messages.ts";

/** The sandbox's thread in the executable, and where the sources run. */
declare const self: {
  onmessage: ((event: { readonly data: Request | CodeMessage }) => void) | null;
  postMessage(reply: Reply | CodeReply): void;
};

// Compiling takes longest, so it starts before anything else is loaded.
const compiled = WebAssembly.compile(readFileSync(wasmPath));
const evaluate = openEvaluator(compiled);
const runCode = openCodeRunner(compiled, (reply) => self.postMessage(reply));

self.onmessage = async ({ data }) => {
  if ("code" in data) await runCode(data);
  else self.postMessage(await evaluate(data));
};
