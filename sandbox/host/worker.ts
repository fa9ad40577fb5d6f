import { readFileSync } from "node:fs";
import wasmPath from "../../node_modules/@jitl/quickjs-wasmfile-release-sync/dist/emscripten-module.wasm" with {
  type: "file",
};
import { defaultLimits } from "./limits.ts";
import type { Outcome, Reply, Request } from "./messages.ts";
import { createVm, type Vm } from "./vm.ts";

/**
 * The sandbox's own thread. It exists so that the main thread stays free to give up on a script that spins inside a
 * built-in, which nothing on this thread could do.
 */
declare const self: {
  onmessage: ((event: { readonly data: Request }) => void) | null;
  postMessage(reply: Reply): void;
};

// Compiling takes longest, so it starts before anything else is loaded.
const compiled = WebAssembly.compile(readFileSync(wasmPath));

let vm: { readonly memoryMiB: number; readonly instance: Vm } | undefined;
// Made before anybody asks; should that fail, the first request tells.
let queue: Promise<void> = instance(defaultLimits.memoryMiB).then(ignore, ignore);

self.onmessage = ({ data }) => {
  queue = queue.then(async () => self.postMessage(await reply(data)));
};

async function reply(request: Request): Promise<Reply> {
  try {
    return { id: request.id, outcomes: await evaluateAll(request) };
  } catch (error) {
    return { id: request.id, outcomes: [], failure: error instanceof Error ? error.message : String(error) };
  }
}

async function evaluateAll(request: Request): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [index, script] of request.scripts.entries()) {
    const machine = await instance(request.memoryMiB);
    Atomics.store(request.heartbeat, 0, request.first + index);
    const outcome = machine.evaluate(script.code, script.inert, request);
    Atomics.store(request.heartbeat, 0, 0);
    outcomes.push(outcome);
    if ("fault" in outcome) break;
  }
  return outcomes;
}

async function instance(memoryMiB: number): Promise<Vm> {
  if (vm === undefined || vm.memoryMiB !== memoryMiB || vm.instance.broken) {
    vm = { memoryMiB, instance: await createVm(await compiled, memoryMiB) };
  }
  return vm.instance;
}

function ignore(): void {}
