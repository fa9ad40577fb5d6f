import { apply, defineProperty, isArray, shorten, stringify, watchProxies } from "./primordials.ts";

const MAX_LOG_LINES = 100;
const MAX_LOG_LINE = 1000;

/**
 * Makes the global scope of a migration: no clock, no randomness, nothing whose answer differs between two runs, and a
 * console that keeps its first lines. Must run before any code of the author.
 */
export function prepareGlobals(): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  for (const name of ["SharedArrayBuffer", "Atomics", "WeakRef", "FinalizationRegistry"]) delete scope[name];
  hide("Date", missingClock());
  hide("performance", { now: missing("performance.now()", CLOCK) });
  defineProperty(Math, "random", { value: missing("Math.random()", CHANCE), writable: true, configurable: true });
  hide("console", recordingConsole());
  // QuickJS makes a text of a template by calling this, so whoever replaced it would write what leaves the sandbox.
  defineProperty(String.prototype, "concat", { writable: false, configurable: false });
  watchProxies();
}

/** The lines written to the console, as JSON text of an array of strings. */
export function takeLog(): string {
  return `[${log}]`;
}

const CLOCK =
  "a migration has no clock, because it must mean the same whenever it runs; write the value, or use SQL (CURRENT_TIMESTAMP)";
const CHANCE =
  "a migration has no randomness, because it must mean the same whenever it runs; write the value, or use SQL";

let log = "";
let lines = 0;

function missing(what: string, why: string): (...args: unknown[]) => never {
  return function absent() {
    throw new Error(`${what} is not available: ${why}`);
  };
}

function missingClock(): object {
  const clock = missing("Date", CLOCK);
  function Date() {
    clock();
  }
  Date.now = missing("Date.now()", CLOCK);
  Date.parse = missing("Date.parse()", CLOCK);
  Date.UTC = missing("Date.UTC()", CLOCK);
  return Date;
}

function hide(name: string, value: unknown): void {
  defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
}

function recordingConsole(): object {
  const record = (...parts: unknown[]) => {
    if (lines >= MAX_LOG_LINES) return;
    let line = "";
    for (let i = 0; i < parts.length; i++) line += (i === 0 ? "" : " ") + printable(parts[i]);
    log += (lines === 0 ? "" : ",") + stringify(shorten(line, MAX_LOG_LINE));
    lines++;
  };
  return { log: record, info: record, warn: record, error: record, debug: record, trace: record };
}

function printable(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "symbol" || typeof value === "function") return typeof value;
  if (typeof value !== "object" || value === null) return `${value as number}`;
  try {
    return apply(stringify, undefined, [value]) ?? "undefined";
  } catch {
    return isArray(value) ? "[…]" : "{…}";
  }
}
