import type { Fault, HostLink } from "./messages.ts";

/** What the main thread says to the one that calls functions of migrations, one after the other. */
export type CodeMessage = CodeStart | { readonly code: "answer"; readonly call: number; readonly text: string };

export interface CodeStart {
  readonly code: "start";
  readonly script: string;
  /** Module name → JavaScript. */
  readonly modules: Readonly<Record<string, string>>;
  /** JSON: which function, and what it is told (sandbox/guest/code.ts). */
  readonly context: string;
  /** For the code alone, in milliseconds: while it waits for answers, the clock stands. */
  readonly timeMs: number;
  readonly memoryMiB: number;
  /** The way to host functions; absent where there are none. */
  readonly host?: HostLink;
  /** One cell: odd while code runs, and another number each time. */
  readonly pulse: Int32Array;
}

/** What it answers, each time that the code waits or ends. */
export interface CodeReply {
  readonly code: "turn";
  /** New calls of the database, as sandbox/guest/serialize.ts writes them. */
  readonly calls: readonly { readonly call: number; readonly text: string }[];
  /** The last that was said of how far it is. */
  readonly progress?: string;
  readonly end?: CodeEnd;
}

/** `log` is a JSON array of texts. `call`: the refused call that the fault is about, or 0. */
export type CodeEnd = { readonly log: string } | { readonly fault: Fault; readonly call: number };
