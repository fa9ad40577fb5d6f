import { callHost } from "./host-line.ts";
import { defaultLimits } from "./limits.ts";
import type { Outcome, Reply, Request } from "./messages.ts";
import { createVm, type Vm } from "./vm.ts";

/**
 * What the sandbox's own thread does. The thread exists so that the main one stays free to give up on a script that spins inside a
 * built-in, which nothing on this thread could do. Requests are answered one after the other.
 */
export function openEvaluator(compiled: Promise<WebAssembly.Module>): (request: Request) => Promise<Reply> {
  let vm: { readonly memoryMiB: number; readonly instance: Vm } | undefined;
  const instance = async (memoryMiB: number): Promise<Vm> => {
    if (vm === undefined || vm.memoryMiB !== memoryMiB || vm.instance.broken) {
      vm = { memoryMiB, instance: await createVm(await compiled, memoryMiB) };
    }
    return vm.instance;
  };
  // Made before anybody asks; should that fail, the first request tells.
  let queue: Promise<unknown> = instance(defaultLimits.memoryMiB).catch(() => undefined);
  return (request) => {
    const answer = queue.then(() => reply(request, instance));
    queue = answer;
    return answer;
  };
}

type Instances = (memoryMiB: number) => Promise<Vm>;

async function reply(request: Request, instance: Instances): Promise<Reply> {
  try {
    return { id: request.id, outcomes: await evaluateAll(request, instance) };
  } catch (error) {
    return { id: request.id, outcomes: [], failure: error instanceof Error ? error.message : String(error) };
  }
}

async function evaluateAll(request: Request, instance: Instances): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [index, script] of request.scripts.entries()) {
    const machine = await instance(request.memoryMiB);
    Atomics.store(request.heartbeat, 0, request.first + index);
    const host = request.host && callHost(request.host, index);
    const outcome = machine.evaluate(script.code, script.inert, { ...request, host });
    Atomics.store(request.heartbeat, 0, 0);
    outcomes.push(outcome);
    if ("fault" in outcome) break;
  }
  return outcomes;
}
