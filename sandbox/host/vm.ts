import type { QuickJSContext, QuickJSHandle, QuickJSRuntime, QuickJSWASMModule } from "quickjs-emscripten-core";
import { STACK_BYTES } from "./limits.ts";
import type { Fault, Outcome } from "./messages.ts";
import { SCRIPT_NAME } from "./script.ts";
import { preludeSource } from "./sdk.gen.ts";

export interface VmLimits {
  readonly deadlineMs: number;
  /** Module name → JavaScript: all that a script can import. */
  readonly modules: Readonly<Record<string, string>>;
}

/** One instance of QuickJS. After a fault that may have damaged it, `broken` is true and it must not be used again. */
export interface Vm {
  readonly broken: boolean;
  evaluate(script: string, limits: VmLimits): Outcome;
}

/** An instance whose whole memory can never be larger than `memoryMiB`; QuickJS's own limit does not hold in WebAssembly. */
export async function createVm(compiled: WebAssembly.Module, memoryMiB: number): Promise<Vm> {
  const { newQuickJSWASMModuleFromVariant, newVariant } = await import("quickjs-emscripten-core");
  const { default: variant } = await import("@jitl/quickjs-wasmfile-release-sync");
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: Math.max(INITIAL_PAGES, memoryMiB * 16) });
  const quickjs = await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmModule: compiled, wasmMemory: memory }));
  let broken = false;
  return {
    get broken() {
      // Grown memory never shrinks: the next migration would start with a fragmented heap.
      return broken || memory.buffer.byteLength > (INITIAL_PAGES << 16) * 2;
    },
    evaluate(script, limits) {
      const open: Disposable[] = [];
      try {
        const outcome = evaluateIn(quickjs, script, limits, open);
        broken = !released(open);
        return outcome;
      } catch (error) {
        // The host's own stack overflowed or the instance trapped. Disposing it would abort, so it is only dropped.
        broken = true;
        return { fault: hostFault(error) };
      }
    },
  };
}

/** 16 MiB: what this build of QuickJS is linked to start with. */
const INITIAL_PAGES = 256;

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

/** One script in a runtime of its own, so that neither values nor pending promises reach the next one. */
function evaluateIn(quickjs: QuickJSWASMModule, script: string, limits: VmLimits, open: Disposable[]): Outcome {
  const runtime = quickjs.newRuntime();
  open.push(runtime);
  const watch = watchTime(runtime, limits.deadlineMs);
  runtime.setMaxStackSize(STACK_BYTES);
  const refused = { module: undefined as string | undefined };
  allowModules(runtime, limits.modules, refused);
  const context = runtime.newContext({ intrinsics });
  open.push(context);
  return new Session(context, watch, refused, open).run(script);
}

/** Frees the newest first. False when the instance is beyond freeing. */
function released(open: Disposable[]): boolean {
  try {
    for (const resource of open.reverse()) resource.dispose();
    return true;
  } catch {
    return false;
  }
}

interface Disposable {
  dispose(): void;
}

interface Watch {
  /** True once the deadline has passed while code was running. */
  readonly expired: boolean;
  check(): boolean;
}

function watchTime(runtime: QuickJSRuntime, deadlineMs: number): Watch {
  const end = performance.now() + deadlineMs;
  let expired = false;
  const check = () => {
    expired ||= performance.now() > end;
    return expired;
  };
  runtime.setInterruptHandler(check);
  return {
    get expired() {
      return expired;
    },
    check,
  };
}

/** `import` in every form ends here; a name that is not in the map is refused and written down. */
function allowModules(
  runtime: QuickJSRuntime,
  modules: Readonly<Record<string, string>>,
  refused: { module: string | undefined },
): void {
  const refuse = (name: string) => {
    refused.module ??= name;
    return { error: new Error(`module "${name}" is not in the symbol map`) };
  };
  runtime.setModuleLoader(
    (name) => (Object.hasOwn(modules, name) ? (modules[name] as string) : refuse(name)),
    (_importer, name) => (Object.hasOwn(modules, name) ? name : refuse(name)),
  );
}

/** One evaluation. Every handle goes to `open`, to be freed only when nothing went wrong underneath. */
class Session {
  readonly #context: QuickJSContext;
  readonly #watch: Watch;
  readonly #refused: { readonly module: string | undefined };
  readonly #open: Disposable[];

  constructor(
    context: QuickJSContext,
    watch: Watch,
    refused: { readonly module: string | undefined },
    open: Disposable[],
  ) {
    this.#context = context;
    this.#watch = watch;
    this.#refused = refused;
    this.#open = open;
  }

  run(script: string): Outcome {
    const prelude = this.#keep(this.#context.unwrapResult(this.#context.evalCode(preludeSource, "godwit:prelude", MODULE)));
    const [serialize, explain, takeLog] = ["serialize", "explain", "takeLog"].map((name) =>
      this.#keep(this.#context.getProp(prelude, name)),
    ) as [QuickJSHandle, QuickJSHandle, QuickJSHandle];
    const evaluated = this.#context.evalCode(script, SCRIPT_NAME, MODULE);
    if (evaluated.error) return { fault: this.#explain(this.#keep(evaluated.error), explain) };
    const settled = this.#settle(this.#keep(evaluated.value));
    if ("fault" in settled) return settled;
    if (settled.error) return { fault: this.#explain(settled.error, explain) };
    const value = this.#keep(this.#context.getProp(settled.value, "default"));
    if (this.#context.typeof(value) === "undefined") return { fault: { kind: "no-default" } };
    const text = this.#call(serialize, [value]);
    if ("fault" in text) return text;
    const log = this.#call(takeLog, []);
    return "fault" in log ? log : { text: text.text, log: log.text };
  }

  #keep(handle: QuickJSHandle): QuickJSHandle {
    this.#open.push(handle);
    return handle;
  }

  /** Runs pending jobs until a module with a top-level await is done, out of work, or out of time. */
  #settle(
    result: QuickJSHandle,
  ): { readonly value: QuickJSHandle; readonly error?: undefined } | { readonly error: QuickJSHandle } | { readonly fault: Fault } {
    for (;;) {
      const state = this.#context.getPromiseState(result);
      if (state.type === "fulfilled") return { value: state.notAPromise ? state.value : this.#keep(state.value) };
      if (state.type === "rejected") return { error: this.#keep(state.error) };
      if (this.#watch.check()) return { fault: { kind: "time", stack: "" } };
      const ran = this.#context.runtime.executePendingJobs(JOBS_AT_ONCE);
      if (ran.error) return { error: this.#keep(ran.error) };
      if (ran.value === 0) return { fault: { kind: "unsettled" } };
    }
  }

  #call(callee: QuickJSHandle, args: QuickJSHandle[]): { readonly text: string } | { readonly fault: Fault } {
    const result = this.#context.callFunction(callee, this.#context.undefined, ...args);
    if (result.error) {
      this.#keep(result.error);
      return { fault: this.#watch.expired ? { kind: "time", stack: "" } : { kind: "memory", stack: "" } };
    }
    return { text: this.#context.getString(this.#keep(result.value)) };
  }

  #explain(error: QuickJSHandle, explain: QuickJSHandle): Fault {
    const expired = this.#watch.expired;
    const result = this.#context.callFunction(explain, this.#context.undefined, error);
    // Nothing can be called once time or memory is gone; the engine's own errors can still be read directly.
    if (result.error) this.#keep(result.error);
    const report = result.error ? this.#read(error) : (JSON.parse(this.#context.getString(this.#keep(result.value))) as Thrown);
    if (expired) return { kind: "time", stack: report.stack };
    if (report.name === "InternalError" && report.message === "out of memory") return { kind: "memory", stack: report.stack };
    if (report.name === "InternalError" && report.message === "stack overflow") return { kind: "stack", stack: report.stack };
    if (this.#refused.module !== undefined && report.message.includes("is not in the symbol map")) {
      return { kind: "module", module: this.#refused.module };
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
}

const MODULE = { type: "module", strict: true } as const;
const JOBS_AT_ONCE = 1000;

function hostFault(error: unknown): Fault {
  if (error instanceof RangeError) return { kind: "stack", stack: "" };
  return { kind: "crash", message: error instanceof Error ? error.message : String(error) };
}
