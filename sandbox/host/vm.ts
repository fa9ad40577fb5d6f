import type { QuickJSContext, QuickJSHandle, QuickJSRuntime } from "quickjs-emscripten-core";
import { type GuestCall, hostSources, openToGuest } from "./host-functions.ts";
import type { CallHost } from "./host-line.ts";
import { STACK_BYTES } from "./limits.ts";
import { INITIAL_BYTES, openMachine, type Surroundings } from "./machine.ts";
import type { Fault, HostAnswer, Outcome } from "./messages.ts";
import { resolveModule } from "./resolve.ts";
import { SCRIPT_NAME } from "./script.ts";
import { preludeSource } from "./sdk.gen.ts";

export interface VmLimits {
  readonly deadlineMs: number;
  /** Module name → JavaScript: all that a script can import. */
  readonly modules: Readonly<Record<string, string>>;
  /** The functions around the sandbox that a script may call; inert ones call none. */
  readonly host?: CallHost | undefined;
}

/**
 * One instance of QuickJS. After any fault `broken` is true: it must not be used again, and what it holds is dropped
 * without being freed, because freeing what may be damaged aborts.
 */
export interface Vm {
  readonly broken: boolean;
  /** An inert script (see inert.ts) shares its context with other inert ones. */
  evaluate(script: string, inert: boolean, limits: VmLimits): Outcome;
}

/** An instance whose whole memory can never be larger than `memoryMiB`; QuickJS's own limit does not hold in WebAssembly. */
export async function createVm(compiled: WebAssembly.Module, memoryMiB: number): Promise<Vm> {
  const { memory, ...surroundings } = await openMachine(compiled, memoryMiB);
  return new Instance(surroundings, memory);
}

class Instance implements Vm {
  readonly #surroundings: Surroundings;
  readonly #memory: WebAssembly.Memory;
  #shared: { readonly session: Session; readonly modules: VmLimits["modules"]; uses: number } | undefined;
  #broken = false;

  constructor(surroundings: Surroundings, memory: WebAssembly.Memory) {
    this.#surroundings = surroundings;
    this.#memory = memory;
  }

  get broken(): boolean {
    // Grown memory never shrinks: the next migration would start with a fragmented heap.
    return this.#broken || this.#memory.buffer.byteLength > INITIAL_BYTES * 2;
  }

  evaluate(script: string, inert: boolean, limits: VmLimits): Outcome {
    try {
      const session = inert
        ? this.#sharedSession(limits)
        : new Session(this.#surroundings, limits.modules, limits.host);
      const outcome = session.run(script, inert, limits.deadlineMs);
      if ("fault" in outcome) this.#broken = true;
      else if (!inert) this.#free(session);
      return outcome;
    } catch (error) {
      // The host's own stack overflowed or the instance trapped.
      this.#broken = true;
      return { fault: hostFault(error) };
    }
  }

  #sharedSession(limits: VmLimits): Session {
    const used = this.#shared;
    if (used !== undefined && used.modules === limits.modules && used.uses++ < SHARED_USES) return used.session;
    if (used !== undefined) this.#free(used.session);
    const session = new Session(this.#surroundings, limits.modules);
    this.#shared = { session, modules: limits.modules, uses: 1 };
    return session;
  }

  #free(session: Session): void {
    try {
      session.dispose();
    } catch {
      this.#broken = true;
    }
  }
}

/** Everything but Date. Eval stays: without it QuickJS cannot evaluate anything, and inside it has no power. */
const intrinsics = {
  BaseObjects: true,
  Date: false,
  Eval: true,
  StringNormalize: true,
  RegExp: true,
  JSON: true,
  Proxy: true,
  MapSet: true,
  TypedArrays: true,
  Promise: true,
  BigInt: true,
} as const;

/** The first import that was refused, and the module it stands in. */
interface Refused {
  module?: string;
  importer?: string;
}

/** `import` in every form ends here; a name that is not in the map is refused and written down. */
function allowModules(runtime: QuickJSRuntime, modules: Readonly<Record<string, string>>, refused: Refused): void {
  const refuse = (name: string, importer: string) => {
    refused.module ??= name;
    refused.importer ??= importer;
    return { error: new Error(`module "${name}" is not in the symbol map`) };
  };
  const has = (id: string) => Object.hasOwn(modules, id);
  runtime.setModuleLoader(
    (id) => (has(id) ? (modules[id] as string) : refuse(id, "")),
    (importer, name) => resolveModule(has, importer, name) ?? refuse(name, importer),
  );
}

/** A runtime with one context, prepared for scripts. Neither values nor pending promises get from one to another. */
export class Session {
  readonly #surroundings: Surroundings;
  readonly #runtime: QuickJSRuntime;
  readonly #context: QuickJSContext;
  readonly #refused: Refused = {};
  readonly #prelude: QuickJSHandle;
  readonly #serialize: QuickJSHandle;
  readonly #serializeInert: QuickJSHandle;
  readonly #explain: QuickJSHandle;
  readonly #takeLog: QuickJSHandle;
  /** Freed newest first, and only when nothing went wrong underneath. */
  readonly #open: { dispose(): void }[] = [];
  #running: QuickJSHandle | undefined;
  #end = 0;
  #expired = false;
  /** Set by a host function that ends the script, whatever it does about it. */
  #halted: Fault | undefined;

  constructor(surroundings: Surroundings, modules: VmLimits["modules"], host?: CallHost) {
    this.#surroundings = surroundings;
    this.#runtime = surroundings.quickjs.newRuntime();
    this.#open.push(this.#runtime);
    this.#runtime.setMaxStackSize(STACK_BYTES);
    this.#runtime.setInterruptHandler(() => this.#isOver());
    allowModules(this.#runtime, host ? { ...modules, ...hostSources(host) } : modules, this.#refused);
    this.#context = this.#runtime.newContext({ intrinsics });
    this.#open.push(this.#context);
    this.#end = Number.POSITIVE_INFINITY;
    const prelude = this.#keep(
      this.#context.unwrapResult(this.#context.evalCode(preludeSource, "godwit:prelude", MODULE)),
    );
    this.#prelude = prelude;
    this.#serialize = this.#keep(this.#context.getProp(prelude, "serialize"));
    this.#serializeInert = this.#keep(this.#context.getProp(prelude, "serializeInert"));
    this.#explain = this.#keep(this.#context.getProp(prelude, "explain"));
    this.#takeLog = this.#keep(this.#context.getProp(prelude, "takeLog"));
    if (host)
      this.#open.push(
        openToGuest(this.#context, prelude, { functions: host.functions, call: (call) => this.#callHost(host, call) }),
      );
  }

  run(script: string, inert: boolean, deadlineMs: number): Outcome {
    const outcome = this.#run(script, inert, deadlineMs);
    return this.#halted ? { fault: this.#halted } : outcome;
  }

  #run(script: string, inert: boolean, deadlineMs: number): Outcome {
    this.allow(deadlineMs);
    const exported = this.#defaultOf(script);
    if ("fault" in exported) return exported;
    const text = this.#call(inert ? this.#serializeInert : this.#serialize, [exported.value]);
    if ("fault" in text) return text;
    const log = this.#call(this.#takeLog, []);
    return "fault" in log ? log : { text: text.text, log: log.text };
  }

  /** From now on, the script may run so long. */
  allow(deadlineMs: number): void {
    this.#end = performance.now() + deadlineMs;
  }

  /** Evaluates a script and calls one of its functions; `send` hears of what that asks for. After this comes `goOn`. */
  startCode(script: string, context: string, send: (call: number, text: string) => void): Fault | undefined {
    const exported = this.#defaultOf(script);
    if ("fault" in exported) return exported.fault;
    const prelude = this.#prelude;
    const hear = this.#context.newFunction("send", (call, text) =>
      send(this.#context.getNumber(call), this.#context.getString(text)),
    );
    const args = [exported.value, this.#context.newString(context), hear].map((handle) => this.#keep(handle));
    const start = this.#keep(this.#context.getProp(prelude, "startCode"));
    const result = this.#context.callFunction(start, this.#context.undefined, ...args);
    if (result.error) return this.#fault(this.#keep(result.error));
    this.#running = this.#keep(result.value);
    return undefined;
  }

  /** Hands a call its answer. */
  answer(call: number, text: string): Fault | undefined {
    const context = this.#context;
    const answer = context.getProp(this.#prelude, "answerCall");
    const args = [context.newNumber(call), context.newString(text)];
    const result = context.callFunction(answer, context.undefined, ...args);
    for (const handle of [answer, ...args]) handle.dispose();
    if (result.error) return this.#fault(this.#keep(result.error));
    result.value.dispose();
    return undefined;
  }

  /** Runs what can run; `undefined` when all of it waits for answers. `call`: the refused call that a fault is about. */
  goOn(): { readonly log: string } | { readonly fault: Fault; readonly call: number } | undefined {
    const end = this.#goOn();
    return this.#halted ? { fault: this.#halted, call: 0 } : end;
  }

  #goOn(): ReturnType<Session["goOn"]> {
    const settled = this.#settle(this.#running ?? this.#context.undefined);
    if ("fault" in settled) return settled.fault.kind === "unsettled" ? undefined : { ...settled, call: 0 };
    if (settled.error) return { fault: this.#fault(settled.error), call: this.#callOf(settled.error) };
    const log = this.#call(this.#takeLog, []);
    return "fault" in log ? { ...log, call: 0 } : { log: log.text };
  }

  #callOf(error: QuickJSHandle): number {
    const callOf = this.#keep(this.#context.getProp(this.#prelude, "callOf"));
    const result = this.#context.callFunction(callOf, this.#context.undefined, error);
    if (!result.error) return this.#context.getNumber(this.#keep(result.value));
    this.#keep(result.error);
    return 0;
  }

  #defaultOf(script: string): { readonly value: QuickJSHandle } | { readonly fault: Fault } {
    const evaluated = this.#context.evalCode(script, SCRIPT_NAME, MODULE);
    if (evaluated.error) return { fault: this.#fault(this.#keep(evaluated.error)) };
    const settled = this.#settle(this.#keep(evaluated.value));
    if ("fault" in settled) return settled;
    if (settled.error) return { fault: this.#fault(settled.error) };
    const value = this.#keep(this.#context.getProp(settled.value, "default"));
    return this.#context.typeof(value) === "undefined" ? { fault: { kind: "no-default" } } : { value };
  }

  dispose(): void {
    for (const resource of this.#open.reverse()) resource.dispose();
  }

  #isOver(): boolean {
    this.#expired ||= performance.now() > this.#end || this.#isExhausted();
    return this.#expired || this.#halted !== undefined;
  }

  #isExhausted(): boolean {
    return this.#surroundings.refusals() > MAX_REFUSALS;
  }

  /** What ended a script that had to be ended. */
  #expiry(): "memory" | "time" {
    return this.#isExhausted() ? "memory" : "time";
  }

  /** The time that the host takes is no time of the script. */
  #callHost(host: CallHost, { stack, ...call }: GuestCall): HostAnswer {
    const began = performance.now();
    const answer = host.call(call);
    this.#end += performance.now() - began;
    if (answer.kind === "over") this.#halted ??= { kind: "host", id: answer.id, stack };
    return answer;
  }

  #keep(handle: QuickJSHandle): QuickJSHandle {
    this.#open.push(handle);
    return handle;
  }

  /** Runs pending jobs until a module with a top-level await is done, out of work, or out of time. */
  #settle(
    result: QuickJSHandle,
  ):
    | { readonly value: QuickJSHandle; readonly error?: undefined }
    | { readonly error: QuickJSHandle }
    | { readonly fault: Fault } {
    for (;;) {
      const state = this.#context.getPromiseState(result);
      if (state.type === "fulfilled") return { value: state.notAPromise ? state.value : this.#keep(state.value) };
      if (state.type === "rejected") return { error: this.#keep(state.error) };
      if (this.#isOver()) return { fault: { kind: this.#expiry(), stack: "" } };
      const ran = this.#runtime.executePendingJobs(JOBS_AT_ONCE);
      if (ran.error) return { error: this.#keep(ran.error) };
      // Out of memory, QuickJS drops jobs without a word; what waits for one of them waits for ever.
      if (this.#surroundings.refusals() > 0) return { fault: { kind: "memory", stack: "" } };
      if (ran.value === 0) return { fault: { kind: "unsettled" } };
    }
  }

  #call(callee: QuickJSHandle, args: QuickJSHandle[]): { readonly text: string } | { readonly fault: Fault } {
    const result = this.#context.callFunction(callee, this.#context.undefined, ...args);
    if (result.error) {
      this.#keep(result.error);
      return { fault: { kind: this.#expired ? this.#expiry() : "memory", stack: "" } };
    }
    return { text: this.#context.getString(this.#keep(result.value)) };
  }

  #fault(error: QuickJSHandle): Fault {
    const expired = this.#expired;
    // Reading an error takes a moment, also when the time is up; what the author's code does in it is stopped again.
    this.#expired = false;
    this.#end = performance.now() + EXPLAIN_MS;
    const result = this.#context.callFunction(this.#explain, this.#context.undefined, error);
    // Nothing can be called once time or memory is gone; the engine's own errors can still be read directly.
    if (result.error) this.#keep(result.error);
    const report = result.error
      ? this.#read(error)
      : (JSON.parse(this.#context.getString(this.#keep(result.value))) as Thrown);
    if (expired) return { kind: this.#expiry(), stack: report.stack };
    const limit = engineErrors.has(report.name) ? engineLimits.get(report.message) : undefined;
    if (limit !== undefined) return { kind: limit, stack: report.stack };
    // When not even an error fits, QuickJS throws null, or an error without words.
    const wordless = report.message === "" || this.#context.sameValue(error, this.#context.null);
    if (wordless && this.#surroundings.isFull()) return { kind: "memory", stack: report.stack };
    if (this.#refused.module !== undefined && report.message.includes("is not in the symbol map")) {
      return { kind: "module", module: this.#refused.module, importer: this.#refused.importer ?? "" };
    }
    return { kind: "threw", ...report };
  }

  #read(error: QuickJSHandle): Thrown {
    const text = (name: string) => {
      const value = this.#keep(this.#context.getProp(error, name));
      return this.#context.typeof(value) === "string" ? this.#context.getString(value).slice(0, 8000) : "";
    };
    return { name: text("name"), message: text("message"), stack: text("stack") };
  }
}

interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly host?: number;
}

/** The second is that of its parser. */
const engineErrors: ReadonlySet<string> = new Set(["InternalError", "SyntaxError"]);

/** What QuickJS says when one of its limits is met. */
const engineLimits: ReadonlyMap<string, "memory" | "stack"> = new Map([
  ["out of memory", "memory"],
  ["string too long", "memory"],
  ["stack overflow", "stack"],
]);

const MODULE = { type: "module", strict: true } as const;
const JOBS_AT_ONCE = 1000;
/**
 * A script that catches the error and goes on asks for memory a thousand times in a millisecond, and each refusal leaves an
 * exception on the host, which collects them late: hundreds of MiB until the deadline.
 */
const MAX_REFUSALS = 1000;
const EXPLAIN_MS = 50;
/** What inert scripts leave behind in their context is bounded by renewing it. */
const SHARED_USES = 500;

/** What went wrong around the guest: the host's own stack overflowed, or the instance trapped. */
export function hostFault(error: unknown): Fault {
  if (error instanceof RangeError) return { kind: "stack", stack: "" };
  return { kind: "crash", message: error instanceof Error ? error.message : String(error) };
}
