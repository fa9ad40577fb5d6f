import { ToolError } from "../../src/core/errors.ts";
import type { SymbolMap } from "../../src/core/symbols/symbol-map.ts";
import { type CodeCircumstances, codeError, runawayCode } from "./code-errors.ts";
import type { CodeReply, CodeStart } from "./code-messages.ts";
import { decode } from "./decode.ts";
import { type HostLine, hostCalls } from "./host-calls.ts";
import { defaultLimits, GRACE_MS } from "./limits.ts";
import { guestModules } from "./modules.ts";
import type { Script, SourceFile } from "./script.ts";
import { startWorker, type WorkerLink } from "./start-worker.ts";
import { transpile } from "./transpile.ts";

/** A function of a migration file, and what it may take. */
export interface CodeCall {
  readonly file: SourceFile;
  readonly symbols: SymbolMap;
  /** Index of the operation in the migration. */
  readonly operation: number;
  readonly function: "forward" | "backward";
  /** Name of the dialect. */
  readonly dialect: string;
  /** Plain data: what the function is told that the database looks like. */
  readonly schema: object;
  /** For the code alone: waiting for the database does not count. */
  readonly timeMs: number;
  readonly memoryMiB: number;
  readonly signal?: AbortSignal | undefined;
}

/** What is around the function. Calls come one after the other, in the order in which the author made them. */
export interface CodePort {
  /** Answers a call: JSON as sandbox/guest/answer.ts reads it. A ToolError is a refusal, which the author may catch. */
  answer(request: unknown): Promise<string>;
  progress(done: number, total: number | undefined): void;
}

/**
 * Evaluates the file and calls the function. Throws ToolError `migration`, `limit` or `cancelled`, or the refusal that the author did not catch,
 * at the author's line. `data.fatal` on a `limit` as for `evaluateModules`.
 */
export async function runCode(call: CodeCall, port: CodePort): Promise<void> {
  const modules = guestModules(call.symbols);
  const [script] = await transpile([call.file]);
  if (!script) throw new ToolError("internal", "a file that was not translated");
  const { file: _, symbols: __, signal: ___, ...rest } = call;
  const { timeMs, memoryMiB, ...context } = rest;
  const limits = { ...defaultLimits, deadlineMs: timeMs, memoryMiB };
  const host = hostCalls(modules.hosts, limits);
  const line = host?.open();
  const start: CodeStart = {
    code: "start",
    script: script.code,
    modules: await modules.sources(),
    context: JSON.stringify(context),
    timeMs,
    memoryMiB,
    pulse: new Int32Array(new SharedArrayBuffer(4)),
    ...(line && { host: line.link }),
  };
  const circumstances = { limits, modules, host, refused: new Map<number, ToolError>() };
  try {
    if (call.signal?.aborted) throw stopped();
    await converse({ call, port, script, start, line, circumstances });
  } finally {
    line?.close();
  }
}

interface Conversation {
  readonly call: CodeCall;
  readonly port: CodePort;
  readonly script: Script;
  readonly start: CodeStart;
  readonly line: HostLine | undefined;
  readonly circumstances: CodeCircumstances & { readonly refused: Map<number, ToolError> };
}

function converse(conversation: Conversation): Promise<void> {
  const { call, script, start, line, port, circumstances } = conversation;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const queue: CodeReply["calls"][number][] = [];
  let working = false;
  let over = false;
  /** With something that still runs, the thread is of no use any more. */
  const giveUp = (error: unknown): void => {
    if (over) return;
    thread.link.stop();
    end(() => reject(error));
  };
  const finish = (settle: () => void): void => {
    if (over) return;
    idle.push(thread);
    end(settle);
  };
  const end = (settle: () => void): void => {
    over = true;
    thread.listener = undefined;
    clearInterval(watch);
    call.signal?.removeEventListener("abort", cancel);
    settle();
  };
  const cancel = (): void => giveUp(stopped());
  const watch = watching(conversation, () => giveUp(runawayCode(script, call.timeMs)));
  const work = async (): Promise<void> => {
    if (working) return;
    working = true;
    for (let next = queue.shift(); next && !over; next = queue.shift()) {
      const text = await answerTo(next, conversation);
      if (!over) thread.link.post({ code: "answer", call: next.call, text }, []);
    }
    working = false;
  };
  const thread = takeThread({
    hear: ({ calls, progress, end: ended }) => {
      if (over) return;
      tellProgress(progress, port);
      queue.push(...calls);
      if (!ended) return void work().catch(giveUp);
      if ("log" in ended) return finish(resolve);
      codeError(ended, script, circumstances).then((error) => finish(() => reject(error)), giveUp);
    },
    fail: (why) => giveUp(brokenSandbox(why)),
  });
  call.signal?.addEventListener("abort", cancel);
  thread.link.post(start, line ? [line.link.port] : []);
  return promise;
}

const brokenSandbox = (why: string): ToolError => new ToolError("internal", `the sandbox does not work: ${why}`);

const stopped = (): ToolError => new ToolError("cancelled", "stopped on request");

/** What the database refuses is the author's to deal with; anything else is not. */
async function answerTo(
  { call, text }: CodeReply["calls"][number],
  { port, circumstances }: Conversation,
): Promise<string> {
  const request = decode(text);
  if ("problem" in request) throw new ToolError("internal", `${request.path} ${request.problem}`);
  try {
    return await port.answer(request.value);
  } catch (error) {
    if (!(error instanceof ToolError) || error.code === "internal" || error.code === "lock") throw error;
    const { refused } = circumstances;
    refused.set(call, error);
    // Somebody who goes on after so many does not look at the first.
    if (refused.size > MAX_REFUSED) refused.delete(refused.keys().next().value ?? 0);
    const { code } = error.data;
    return JSON.stringify({ error: { message: error.message, code: typeof code === "string" ? code : error.code } });
  }
}

function tellProgress(text: string | undefined, port: CodePort): void {
  if (text === undefined) return;
  const told = decode(text);
  if ("problem" in told) return;
  const { done, total } = told.value as { readonly done: number; readonly total?: number };
  port.progress(done, total);
}

const MAX_REFUSED = 1000;
const POLL_MS = 50;

/** Code that runs is one odd number for as long as it does not wait; the time counts from when it is first seen here. */
function watching(
  { call: { timeMs }, start: { pulse }, line }: Conversation,
  overdue: () => void,
): ReturnType<typeof setInterval> {
  let seen = 0;
  let since = performance.now();
  return setInterval(() => {
    const now = performance.now();
    const beat = Atomics.load(pulse, 0);
    if (beat !== seen) [seen, since] = [beat, now];
    else if (beat % 2 === 1 && now - Math.max(since, line?.answeredAt() ?? 0) > timeMs + GRACE_MS) overdue();
  }, POLL_MS);
}

interface Listener {
  hear(reply: CodeReply): void;
  fail(why: string): void;
}

interface Thread {
  readonly link: WorkerLink;
  /** Of the function that runs there. */
  listener: Listener | undefined;
}

/** Threads that are done with a function. A program may migrate several databases at once, so each function has one to itself. */
const idle: Thread[] = [];

function takeThread(listener: Listener): Thread {
  const thread = idle.pop() ?? openThread();
  thread.listener = listener;
  return thread;
}

function openThread(): Thread {
  const link = startWorker(
    (said) => {
      if ("code" in said) thread.listener?.hear(said);
    },
    (why) => thread.listener?.fail(why),
  );
  const thread: Thread = { link, listener: undefined };
  return thread;
}
