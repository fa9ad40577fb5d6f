import { readFileSync } from "node:fs";
import wasmPath from "../../node_modules/@jitl/quickjs-wasmfile-release-sync/dist/emscripten-module.wasm" with {
  type: "file",
};
import { openEvaluator } from "./evaluator.ts";
import type { Reply, Request } from "./messages.ts";

/** The sandbox's thread in the executable, and where the sources run. */
declare const self: {
  onmessage: ((event: { readonly data: Request }) => void) | null;
  postMessage(reply: Reply): void;
};

// Compiling takes longest, so it starts before anything else is loaded.
const evaluate = openEvaluator(WebAssembly.compile(readFileSync(wasmPath)));

self.onmessage = async ({ data }) => {
  self.postMessage(await evaluate(data));
};
