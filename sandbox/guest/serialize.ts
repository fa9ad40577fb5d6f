import {
  arrayPrototype,
  byteCount,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  hasOwn,
  isArray,
  isBytes,
  isFiniteNumber,
  isProxy,
  objectPrototype,
  ownKeys,
  stringify,
  writtenAt,
} from "./primordials.ts";

/** What one migration may hand back. The same numbers stand in docs/sandbox.md. */
export const LIMITS = {
  depth: 64,
  nodes: 1_000_000,
  arrayLength: 100_000,
  stringLength: 4 * 1024 * 1024,
  totalLength: 16 * 1024 * 1024,
} as const;

/**
 * A value as text, without running any code of the author: no getter, no toJSON, no trap. The first character says what
 * follows: `=` plain JSON, `~` JSON in which an object with the key `$` is a tag (bigint, bytes, function, or an object that has
 * such a key itself), `!` JSON of `{ path, problem }`. After a line feed come the places where operations were written:
 * one JSON array of `[path, stack]`.
 */
export function serialize(value: unknown): string {
  nodes = 0;
  length = 0;
  tagged = false;
  places = "";
  problem = undefined;
  const text = write(value, { value, key: "", parent: undefined, depth: 0 });
  if (problem !== undefined) return `!${problem}\n[${places}]`;
  return `${tagged ? "~" : "="}${text}\n[${places}]`;
}

/** The same for a value that is known to be made of literals in an untouched context. It leaves out the places. */
export function serializeInert(value: unknown): string {
  return `=${stringify(value)}\n[]`;
}

/** Where we are: the value, the key it hangs on, and what it hangs on. Also finds cycles. */
interface Frame {
  readonly value: unknown;
  readonly key: string | number;
  readonly parent: Frame | undefined;
  readonly depth: number;
}

let nodes = 0;
let length = 0;
let tagged = false;
let places = "";
let problem: string | undefined;

function write(value: unknown, frame: Frame): string {
  nodes++;
  if (nodes > LIMITS.nodes) return refuse(frame, `holds more than ${LIMITS.nodes} values`);
  switch (typeof value) {
    case "string":
      return writeText(value, frame);
    case "number":
      return isFiniteNumber(value) ? `${value}` : refuse(frame, `is ${value}, which is not a finite number`);
    case "boolean":
      return value ? "true" : "false";
    case "bigint":
      return writeBigint(value, frame);
    case "object":
      return value === null ? "null" : writeObject(value, frame);
    case "undefined":
      return refuse(frame, "is undefined");
    case "function":
      return isCode(value as object, frame)
        ? code()
        : refuse(frame, "is a function, and only plain data can leave a migration");
    default:
      return refuse(frame, `is a ${typeof value}, and only plain data can leave a migration`);
  }
}

/** A function stays where it is: only that there is one is told. */
function code(): string {
  tagged = true;
  return '{"$":"function"}';
}

/** Whether a function is `operations[n].forward` or `.backward` of a `runCode`. */
function isCode(value: object, { key, parent, depth }: Frame): boolean {
  if (depth !== 3 || (key !== "forward" && key !== "backward") || isProxy(value)) return false;
  const owner = parent?.value as object;
  return parent?.parent?.key === "operations" && ownProperty(owner, "kind") === "runCode";
}

function writeText(value: string, frame: Frame): string {
  if (value.length > LIMITS.stringLength) {
    return refuse(frame, `is a text of ${value.length} characters; the limit is ${LIMITS.stringLength}`);
  }
  return count(stringify(value), frame);
}

function writeBigint(value: bigint, frame: Frame): string {
  // 64-bit columns are the largest whole numbers any database has; decimals beyond that are written as text.
  if (value < -(2n ** 127n) || value >= 2n ** 127n) return refuse(frame, "is a bigint beyond 128 bits");
  tagged = true;
  return count(`{"$":"bigint","v":"${value}"}`, frame);
}

function writeObject(value: object, frame: Frame): string {
  if (isProxy(value)) return refuse(frame, "is a Proxy, and only plain data can leave a migration");
  if (frame.depth >= LIMITS.depth) return refuse(frame, `is nested deeper than ${LIMITS.depth} levels`);
  for (let above = frame.parent; above !== undefined; above = above.parent) {
    if (above.value === value) return refuse(frame, "contains itself");
  }
  const prototype = getPrototypeOf(value);
  if (isBytes(value)) return writeBytes(value, frame);
  if (isArray(value)) {
    if (prototype !== arrayPrototype) return refuse(frame, `is ${instance(prototype)}, not a plain array`);
    return writeArray(value, frame);
  }
  if (prototype !== objectPrototype && prototype !== null)
    return refuse(frame, `is ${instance(prototype)}, not a plain object`);
  return writeFields(value, frame);
}

function writeArray(value: readonly unknown[], frame: Frame): string {
  const size = value.length;
  if (size > LIMITS.arrayLength)
    return refuse(frame, `is an array of ${size} elements; the limit is ${LIMITS.arrayLength}`);
  if (ownKeys(value).length > size + 1) return refuse(frame, "is an array with named properties");
  let text = "[";
  for (let i = 0; i < size; i++) {
    const slot = getOwnPropertyDescriptor(value, i as unknown as string);
    if (slot === undefined) return refuse(below(frame, i, undefined), "is a hole in an array");
    if (!hasOwn(slot, "value"))
      return refuse(below(frame, i, undefined), "is a getter, and only plain data can leave a migration");
    text += (i === 0 ? "" : ",") + writeElement(slot.value, i, frame);
    if (problem !== undefined) return "";
  }
  return `${text}]`;
}

function writeFields(value: object, frame: Frame): string {
  const keys = ownKeys(value);
  let text = "";
  let escaped = false;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string;
    const slot = getOwnPropertyDescriptor(value, key);
    if (typeof key === "symbol") {
      if (key === writtenAt) notePlace(frame, slot);
      else if (slot?.enumerable) return refuse(frame, "has a symbol as a key");
      continue;
    }
    if (slot === undefined || !slot.enumerable) continue;
    // JSON.parse would keep it as an ordinary key, but a later copy of the object would take it for a prototype.
    if (key === "__proto__") return refuse(below(frame, key, undefined), "is a key that is not allowed");
    if (!hasOwn(slot, "value"))
      return refuse(below(frame, key, undefined), "is a getter, and only plain data can leave a migration");
    if (slot.value === undefined) continue;
    if (key === "$") escaped = true;
    text += `${text === "" ? "" : ","}${writeText(key, frame)}:${writeElement(slot.value, key, frame)}`;
    if (problem !== undefined) return "";
  }
  if (!escaped) return `{${text}}`;
  tagged = true;
  return `{"$":"object","v":[{${text}}]}`;
}

function writeElement(value: unknown, key: string | number, parent: Frame): string {
  // Most values are these, and need no place to come back to.
  if (typeof value === "string" && value.length < SHORT) {
    nodes++;
    return count(stringify(value), parent);
  }
  if (typeof value === "boolean") return value ? "true" : "false";
  return write(value, below(parent, key, value));
}

const SHORT = 1000;

function writeBytes(value: Uint8Array, frame: Frame): string {
  const size = byteCount(value);
  if (size > LIMITS.stringLength) return refuse(frame, `holds ${size} bytes; the limit is ${LIMITS.stringLength}`);
  const digits = "0123456789abcdef";
  let text = "";
  for (let i = 0; i < size; i++) {
    const byte = value[i] as number;
    text += (digits[byte >> 4] as string) + (digits[byte & 15] as string);
  }
  tagged = true;
  return count(`{"$":"bytes","v":"${text}"}`, frame);
}

function count(text: string, frame: Frame): string {
  length += text.length;
  if (length > LIMITS.totalLength)
    return refuse(frame, `brings the result to more than ${LIMITS.totalLength} characters`);
  return text;
}

function below(parent: Frame, key: string | number, value: unknown): Frame {
  // Literals define their properties: a setter planted on a prototype is not called.
  return { value, key, parent, depth: parent.depth + 1 };
}

function notePlace(frame: Frame, slot: PropertyDescriptor | undefined): void {
  const stack: unknown = slot === undefined ? undefined : ownValue(slot);
  if (typeof stack !== "string" || stack.length > 4096) return;
  places += `${places === "" ? "" : ","}[${stringify(pathOf(frame))},${stringify(stack)}]`;
}

function refuse(frame: Frame, why: string): string {
  // As in explain.ts, JSON of texts only.
  problem ??= `{"path":${stringify(pathOf(frame))},"problem":${stringify(why)}}`;
  return "";
}

function pathOf(frame: Frame): string {
  let path = "";
  for (let at: Frame = frame; at.parent !== undefined; at = at.parent) {
    const dot = typeof at.key === "number" || at.parent.parent === undefined ? "" : ".";
    path = (typeof at.key === "number" ? `[${at.key}]` : dot + at.key) + path;
  }
  return path;
}

/** "an instance of Map", read without running anything. */
function instance(prototype: object | null): string {
  const unknown = "an instance of a class";
  if (prototype === null || isProxy(prototype)) return unknown;
  const make: unknown = ownProperty(prototype, "constructor");
  if (typeof make !== "function" || isProxy(make)) return unknown;
  const name: unknown = ownProperty(make, "name");
  return typeof name === "string" && name.length < 100 && name !== "" ? `an instance of ${name}` : unknown;
}

function ownProperty(owner: object, key: string): unknown {
  const slot = getOwnPropertyDescriptor(owner, key);
  return slot === undefined ? undefined : ownValue(slot);
}

/** A descriptor inherits from Object.prototype, which a migration may have given a `value`. */
function ownValue(slot: PropertyDescriptor): unknown {
  return hasOwn(slot, "value") ? slot.value : undefined;
}
