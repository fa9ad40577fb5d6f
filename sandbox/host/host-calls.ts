import { MessageChannel, type MessagePort } from "node:worker_threads";
import { parameterName } from "../../src/core/shapes/declare.ts";
import { fitShape } from "../../src/core/shapes/fit.ts";
import type { ShapeSpec } from "../../src/core/shapes/spec.ts";
import type { HostFunction, HostModule } from "../../src/core/symbols/host-module.ts";
import { decode } from "./decode.ts";
import { encode } from "./encode.ts";
import { type Limits, MAX_HOST_CALLS, MAX_HOST_LENGTH } from "./limits.ts";
import type { HostAnswer, HostCall, HostLink } from "./messages.ts";

/** Why a host function gave no value that its caller could have. */
export interface HostFailure {
  readonly module: string;
  readonly name: string;
  /** `result`: it gave something else than it declares. */
  readonly kind: "threw" | "result" | "time" | "calls" | "size";
  /** Of a result: what is wrong with it. */
  readonly problem?: string;
  /** What it threw. */
  readonly error?: Error;
}

/** The functions of the program that the scripts of one evaluation may call, and what became of it. */
export interface HostCalls {
  /** A line for the scripts of one request; it has to be closed. */
  open(): HostLine;
  failure(id: number): HostFailure | undefined;
}

export interface HostLine {
  readonly link: HostLink;
  /** When the last call was answered, by `performance.now()`; while there is one, it has not been yet. */
  answeredAt(): number;
  /** The modules of which a script of the request has called a function. */
  calledBy(script: number): readonly string[];
  close(): void;
}

/** `undefined` when there are no host modules. */
export function hostCalls(modules: Readonly<Record<string, HostModule>>, limits: Limits): HostCalls | undefined {
  if (Object.keys(modules).length === 0) return undefined;
  const failures: HostFailure[] = [];
  const note = (failure: HostFailure): number => failures.push(failure) - 1;
  return {
    open: () => openLine(modules, { limits, note }),
    failure: (id) => failures[id],
  };
}

interface Circumstances {
  readonly limits: Limits;
  /** Keeps a failure and gives its number. */
  note(failure: HostFailure): number;
}

function openLine(modules: Readonly<Record<string, HostModule>>, circumstances: Circumstances): HostLine {
  const { port1, port2 } = new MessageChannel();
  const bell = new Int32Array(new SharedArrayBuffer(4));
  const functions = Object.fromEntries(
    Object.entries(modules).map(([name, { exports }]) => [name, Object.keys(exports)] as const),
  );
  const accounts = new Map<number, Account>();
  let answered = 0;
  port1.on("message", async (call: HostCall) => {
    answered = Number.POSITIVE_INFINITY;
    const account = accounts.get(call.script) ?? { calls: 0, length: 0, ms: 0, modules: new Set() };
    accounts.set(call.script, account);
    const answer = await answerTo(call, { account, modules, ...circumstances });
    answered = performance.now();
    port1.postMessage(answer);
    Atomics.store(bell, 0, 1);
    Atomics.notify(bell, 0);
  });
  return {
    link: { port: port2, bell, functions },
    answeredAt: () => answered,
    calledBy: (script) => [...(accounts.get(script)?.modules ?? [])],
    close: () => closed(port1),
  };
}

/** What one script has spent. */
interface Account {
  calls: number;
  length: number;
  ms: number;
  readonly modules: Set<string>;
}

const closed = (port: MessagePort): void => {
  port.removeAllListeners("message");
  port.close();
};

async function answerTo(
  call: HostCall,
  {
    account,
    modules,
    limits,
    note,
  }: Circumstances & { account: Account; modules: Readonly<Record<string, HostModule>> },
): Promise<HostAnswer> {
  const { module, name } = call;
  const declared = modules[module]?.exports[name];
  if (declared === undefined) return { kind: "refused", message: `there is no host function ${name}()` };
  const over = (kind: "calls" | "size" | "time"): HostAnswer => ({ kind: "over", id: note({ module, name, kind }) });
  account.modules.add(module);
  account.calls++;
  account.length += call.args.length;
  if (account.calls > MAX_HOST_CALLS) return over("calls");
  if (account.length > MAX_HOST_LENGTH) return over("size");
  const given = argumentsOf(call, declared);
  if ("message" in given) return { kind: "refused", message: `${name}() of "${module}": ${given.message}` };
  const started = performance.now();
  const ran = await runFor(declared, given.values, limits.hostDeadlineMs - account.ms);
  account.ms += performance.now() - started;
  if (ran === undefined) return over("time");
  if ("error" in ran) return thrown(ran.error, call, note);
  const answer = resultOf(ran.value, declared.result, call, note);
  account.length += answer.kind === "value" ? answer.text.length : 0;
  return account.length > MAX_HOST_LENGTH ? over("size") : answer;
}

/** The arguments as the function declares them, or what is wrong with them. */
function argumentsOf(
  { count, args }: HostCall,
  { params }: HostFunction,
): { readonly values: readonly unknown[] } | { readonly message: string } {
  if (count > params.length)
    return { message: `it takes ${params.length} ${params.length === 1 ? "argument" : "arguments"}, and got ${count}` };
  const decoded = decode(args);
  if ("problem" in decoded) return { message: `"${shownPath(decoded.path, params)}" ${decoded.problem}` };
  const given = decoded.value as Readonly<Record<string, unknown>>;
  const values: unknown[] = [];
  for (const [i, spec] of params.entries()) {
    const found = fitShape(spec, given[`${i}`]);
    if ("problem" in found) return { message: `"${joined(parameterName(spec, i), found.path)}" ${found.problem}` };
    values.push(found.value);
  }
  return { values };
}

/** The guest's serializer calls the first argument `0`. */
function shownPath(path: string, params: readonly ShapeSpec[]): string {
  const [, index = "0", rest = ""] = /^(\d+)\.?(.*)$/s.exec(path.slice(0, 200)) ?? [];
  const spec = params[Number(index)];
  return spec === undefined ? path.slice(0, 200) : joined(parameterName(spec, Number(index)), rest);
}

const joined = (name: string, path: string): string =>
  path === "" || path.startsWith("[") ? name + path : `${name}.${path}`;

/** `undefined` when it takes longer; what it does then is nobody's concern any more. */
async function runFor(
  { run }: HostFunction,
  values: readonly unknown[],
  milliseconds: number,
): Promise<{ readonly value: unknown } | { readonly error: unknown } | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), Math.max(0, milliseconds));
  });
  const ran = (async () => run(...values))().then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  try {
    return await Promise.race([ran, late]);
  } finally {
    clearTimeout(timer);
  }
}

function resultOf(value: unknown, spec: ShapeSpec, call: HostCall, note: Circumstances["note"]): HostAnswer {
  const { module, name } = call;
  try {
    const found = fitShape(spec, value);
    if ("value" in found) return { kind: "value", text: encode(found.value === undefined ? [] : [found.value]) };
    const problem = `the result${found.path === "" ? "" : ` at "${found.path}"`} ${found.problem}`;
    return { kind: "over", id: note({ module, name, kind: "result", problem }) };
  } catch (error) {
    return thrown(error, call, note);
  }
}

/** The guest gets no more than name and message: a stack names files of the machine. */
function thrown(thrown: unknown, { module, name }: HostCall, note: Circumstances["note"]): HostAnswer {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const id = note({ module, name, kind: "threw", error });
  return { kind: "threw", id, name: String(error.name).slice(0, 100), message: String(error.message).slice(0, 2000) };
}
