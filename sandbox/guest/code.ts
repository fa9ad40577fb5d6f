import { parseAnswer, type Rows } from "./answer.ts";
import { batchesOf } from "./batches.ts";
import { firstUnheard, heard } from "./heard.ts";
import {
  apply,
  cut,
  defineProperty,
  freezeDeep,
  getOwnPropertyDescriptor,
  hasOwn,
  isFiniteNumber,
  isProxy,
  mapDelete,
  mapGet,
  mapSet,
  NativeError,
  NativeMap,
  NativePromise,
  NativeTypeError,
  NativeWeakMap,
  parse,
  weakGet,
  weakSet,
} from "./primordials.ts";
import { serialize } from "./serialize.ts";

/** What a function is called with, as JSON. */
interface Context {
  readonly operation: number;
  readonly function: "forward" | "backward";
  readonly dialect: string;
  readonly schema: object;
}

/** Hands a text to the host: `call` is the number under which the answer comes back, 0 where there is none. */
export type Send = (call: number, text: string) => void;

interface Waiting {
  readonly resolve: (rows: unknown) => void;
  readonly reject: (error: Error) => void;
  /** Made when the author called, so that its stack is theirs. */
  readonly failure: Error;
}

/** What the author asked for and has no answer yet. */
const waiting = new NativeMap<number, Waiting>();
/** Errors of the database → the call that they are about. */
const failures = new NativeWeakMap<object, number>();
let calls = 0;
let outstanding = 0;
let open = false;
let send: Send = () => undefined;

const MAX_OUTSTANDING = 100;

/**
 * Calls one of the functions of a migration, which is what was evaluated just now. The promise is settled when the function is done, and
 * rejected where it left calls behind that nobody waits for.
 */
export function startCode(migration: unknown, context: string, sendText: Send): Promise<void> {
  const { operation, function: name, dialect, schema } = parse(context) as Context;
  send = sendText;
  const operations = ownValue(migration, "operations");
  const code = ownValue(ownValue(operations, String(operation)), name);
  if (typeof code !== "function") throw new NativeError(`operation ${operation + 1} has no function "${name}"`);
  open = true;
  return finish(apply(code, undefined, [databaseOf(dialect, freezeDeep(schema))]));
}

async function finish(result: unknown): Promise<void> {
  await result;
  open = false;
  const lost = firstUnheard();
  // A refusal that nobody has heard of would be passed over without a word.
  if (lost !== undefined) throw lost.error;
  if (outstanding === 0) return;
  const left = outstanding === 1 ? "a call of the database was" : `${outstanding} calls of the database were`;
  throw new NativeError(`the function has ended while ${left} still under way; await each of them`);
}

/** The host's answer to a call. */
export function answerCall(call: number, text: string): void {
  const asked = mapGet(waiting, call) as Waiting | undefined;
  if (asked === undefined) return;
  mapDelete(waiting, call);
  outstanding--;
  const answer = parseAnswer(text);
  if (!("error" in answer)) {
    asked.resolve(answer.value);
    return;
  }
  const { error } = answer;
  const { failure } = asked;
  set(failure, "name", "DatabaseError");
  set(failure, "message", error.message);
  set(failure, "code", error.code);
  weakSet(failures, failure, call);
  asked.reject(failure);
}

/** The call that an error is about; 0 for an error of the author's own. */
export function callOf(error: unknown): number {
  if (typeof error !== "object" || error === null) return 0;
  return (weakGet(failures, error) as number | undefined) ?? 0;
}

function databaseOf(dialect: string, schema: object): object {
  const query = (sql: unknown, parameters?: unknown) =>
    ask({ method: "query", sql: textOf(sql), parameters: listOf(parameters) });
  const execute = (sql: unknown, parameters?: unknown) =>
    ask({ method: "execute", sql: textOf(sql), parameters: listOf(parameters) });
  const batches = (sql: unknown, options: unknown) =>
    batchesOf((request) => ask(request) as Promise<Rows>, textOf(sql), options);
  const progress = (done: unknown, total?: unknown) => {
    if (!isFiniteNumber(done) || (total !== undefined && !isFiniteNumber(total)))
      throw new NativeTypeError("db.progress() takes one or two numbers");
    if (open) send(0, serialize({ done, ...(total !== undefined && { total }) }));
  };
  return freezeDeep({ dialect, schema, query, execute, batches, progress });
}

function ask(request: object): Promise<unknown> {
  const failure = new NativeError();
  const answer = new NativePromise<unknown>((resolve, reject) => {
    if (!open) return reject(named(failure, "the function has ended, and db with it"));
    if (outstanding >= MAX_OUTSTANDING)
      return reject(named(failure, `more than ${MAX_OUTSTANDING} calls of the database at once; await them`));
    const text = serialize(request);
    // What is wrong with a parameter is said as it is of operations.
    if (text[0] === "!") return reject(named(failure, problemIn(text)));
    const call = ++calls;
    outstanding++;
    mapSet(waiting, call, { resolve, reject, failure });
    send(call, text);
  });
  return heard(answer);
}

function problemIn(text: string): string {
  let end = 1;
  while (end < text.length && text[end] !== "\n") end++;
  const { path, problem } = parse(cut(text, 1, end)) as { readonly path: string; readonly problem: string };
  return `${path} ${problem}`;
}

function textOf(sql: unknown): string {
  if (typeof sql !== "string") throw new NativeTypeError("the SQL is no text");
  return sql;
}

function listOf(parameters: unknown): unknown {
  return parameters === undefined ? [] : parameters;
}

function named(error: Error, message: string): Error {
  set(error, "message", message);
  return error;
}

function set(error: Error, key: string, value: string): void {
  defineProperty(error, key, { value, writable: true, configurable: true, enumerable: key === "code" });
}

/** A property that is data, read without running anything of the author's. */
function ownValue(owner: unknown, key: string): unknown {
  if (typeof owner !== "object" || owner === null || isProxy(owner)) return undefined;
  const slot = getOwnPropertyDescriptor(owner, key);
  return slot !== undefined && hasOwn(slot, "value") ? slot.value : undefined;
}
