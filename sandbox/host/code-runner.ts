import type { CodeEnd, CodeMessage, CodeReply, CodeStart } from "./code-messages.ts";
import { callHost } from "./host-line.ts";
import { openMachine } from "./machine.ts";
import type { Fault } from "./messages.ts";
import { hostFault, Session } from "./vm.ts";

/**
 * What the sandbox's thread does for functions of migrations: it runs one until that waits for the database, says what it asks for, and goes on
 * when the answer is there. Each has an instance of QuickJS of its own, which is dropped at the end.
 */
export function openCodeRunner(
  compiled: Promise<WebAssembly.Module>,
  post: (reply: CodeReply) => void,
): (message: CodeMessage) => Promise<void> {
  let running: Running | undefined;
  return async (message) => {
    if (message.code === "start") {
      running = undefined;
      try {
        running = await open(message, await compiled);
      } catch (error) {
        return post({ code: "turn", calls: [], end: { fault: hostFault(error), call: 0 } });
      }
    }
    if (!running) return;
    const reply = turn(running, message);
    if (reply.end) running = undefined;
    post(reply);
  };
}

interface Running {
  readonly session: Session;
  readonly start: CodeStart;
  readonly heard: { calls: { readonly call: number; readonly text: string }[]; progress?: string | undefined };
  /** Calls without an answer. */
  outstanding: number;
  /** What is left of its time. */
  leftMs: number;
}

async function open(start: CodeStart, compiled: WebAssembly.Module): Promise<Running> {
  const machine = await openMachine(compiled, start.memoryMiB);
  const session = new Session(machine, start.modules, start.host && callHost(start.host, 0));
  return { session, start, heard: { calls: [] }, outstanding: 0, leftMs: start.timeMs };
}

/** Lets the code run until it waits or ends. */
function turn(running: Running, message: CodeMessage): CodeReply {
  const { start, heard } = running;
  heard.calls = [];
  heard.progress = undefined;
  const began = performance.now();
  Atomics.add(start.pulse, 0, 1);
  const end = guarded(() => work(running, message));
  Atomics.add(start.pulse, 0, 1);
  running.leftMs -= performance.now() - began;
  const { calls, progress } = heard;
  return { code: "turn", calls, ...(progress !== undefined && { progress }), ...(end && { end }) };
}

function work(running: Running, message: CodeMessage): CodeEnd | undefined {
  const { session, heard } = running;
  session.allow(Math.max(0, running.leftMs));
  const fault =
    message.code === "answer" ? answer(running, message.call, message.text) : session.startCode(...startOf(running));
  if (fault) return { fault, call: 0 };
  const end = session.goOn();
  running.outstanding += heard.calls.length;
  if (end || running.outstanding > 0) return end;
  return { fault: { kind: "unsettled" }, call: 0 };
}

function answer(running: Running, call: number, text: string): Fault | undefined {
  running.outstanding--;
  return running.session.answer(call, text);
}

function startOf({ start, heard }: Running): Parameters<Session["startCode"]> {
  const hear = (call: number, text: string): void => {
    if (call === 0) heard.progress = text;
    else heard.calls.push({ call, text });
  };
  return [start.script, start.context, hear];
}

function guarded(run: () => CodeEnd | undefined): CodeEnd | undefined {
  try {
    return run();
  } catch (error) {
    return { fault: hostFault(error), call: 0 };
  }
}
