import { failureOf } from "./host-function.ts";
import { isProxy, shorten, stringify } from "./primordials.ts";

/**
 * What was thrown, as JSON text of `{ name, message, stack }`, and `host` for what a host function threw. Reading an error may run the author's code (a getter);
 * that code is still inside the sandbox and under its deadline, and whatever it throws is dropped.
 */
export function explain(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null)
    return report("", `threw ${plain(thrown)} instead of an Error`, "");
  if (isProxy(thrown)) return report("", "threw a Proxy instead of an Error", "");
  const message = read(thrown, "message");
  if (message === "" && read(thrown, "stack") === "") return report("", "threw an object that is not an Error", "");
  return report(read(thrown, "name"), message, read(thrown, "stack"), failureOf(thrown));
}

function report(name: string, message: string, stack: string, host = -1): string {
  // Put together by hand: an object would be asked for a toJSON, which the author may have given to all of them.
  const said = `"name":${stringify(shorten(name, 100))},"message":${stringify(shorten(message, 2000))}`;
  return `{${said},"stack":${stringify(shorten(stack, 8000))}${host < 0 ? "" : `,"host":${host}`}}`;
}

function read(error: object, key: string): string {
  try {
    const value = (error as Record<string, unknown>)[key];
    return typeof value === "string" ? value : "";
  } catch {
    return "";
  }
}

function plain(value: unknown): string {
  if (typeof value === "string") return stringify(shorten(value, 500));
  return typeof value === "symbol" || typeof value === "function" ? `a ${typeof value}` : `${value as number}`;
}
