import type { ToolError } from "../../core/errors.ts";
import type { Facts } from "./facts.ts";

/** One thing that `godwit doctor` looks at: a judgement over facts that were gathered before. */
export interface Check {
  readonly name: string;
  /** Its place in the list: what others hang on comes first. */
  readonly rank: number;
  /** Pure. `unknown`: what it is about is not to be had, as another check says. `undefined`: there is nothing of the kind here. */
  judge(facts: Facts): Verdict | "unknown" | undefined;
}

export interface Verdict {
  /** `fault`: `migrate up` would fail or do harm. `warning`: it would run, and somebody should know. */
  readonly state: "ok" | "warning" | "fault";
  readonly found: string;
  /** What to do next; errors say it in their message. */
  readonly advice?: string;
}

/** Gives a check its type where it is written. */
export const defineCheck = (check: Check): Check => check;

export const ok = (found: string): Verdict => ({ state: "ok", found });
export const warning = (found: string, advice: string): Verdict => ({ state: "warning", found, advice });
export const fault = (found: string, advice?: string): Verdict => ({
  state: "fault",
  found,
  ...(advice !== undefined && { advice }),
});

/** An error as a fault, with the place in a file where it has one. */
export function failed({ message, data }: ToolError): Verdict {
  const { file, line, column } = data;
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  return fault(typeof file !== "string" || message.includes(file) ? message : `${place}: ${message}`);
}

/** `1 migration`, `3 migrations` */
export const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? "" : "s"}`;

/** A name of a track before what is said of it, where there are several. */
export const tagged = (track: string | undefined, text: string): string =>
  track === undefined ? text : `${track}: ${text}`;
