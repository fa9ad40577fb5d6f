import { receiveMessageOnPort } from "node:worker_threads";
import type { HostAnswer, HostCall, HostLink } from "./messages.ts";

/** What a script can call of the program around the sandbox. */
export interface CallHost {
  readonly functions: HostLink["functions"];
  /** Returns when the answer is there; this thread stands still until then. */
  call(call: Omit<HostCall, "script">): HostAnswer;
}

/** The sandbox's end of the line, for one script of a request. */
export const callHost = ({ port, bell, functions }: HostLink, script: number): CallHost => ({
  functions,
  call: (call) => {
    Atomics.store(bell, 0, 0);
    port.postMessage({ script, ...call } satisfies HostCall);
    for (;;) {
      const received = receiveMessageOnPort(port) as { readonly message: HostAnswer } | undefined;
      if (received !== undefined) return received.message;
      // The answer is sent before the bell is rung; that it is under way for a moment longer is nowhere ruled out.
      Atomics.wait(bell, 0, 0, 1000);
    }
  },
});
