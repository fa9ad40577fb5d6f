import type { MessagePort } from "node:worker_threads";

/** What the main thread and the sandbox's thread say to each other. */
export interface Request {
  readonly id: number;
  /** Number of the first script; the heartbeat shows this plus its place in `scripts`. */
  readonly first: number;
  readonly scripts: readonly { readonly code: string; readonly inert: boolean }[];
  /** Module name → JavaScript. */
  readonly modules: Readonly<Record<string, string>>;
  readonly deadlineMs: number;
  readonly memoryMiB: number;
  /** One cell: the number of the script that is running, 0 for none. */
  readonly heartbeat: Int32Array;
  /** The way to host functions; absent where there are none. */
  readonly host?: HostLink;
}

/** A line of its own to the main thread: the sandbox's waits for each answer. */
export interface HostLink {
  readonly port: MessagePort;
  /** One cell: 0 while an answer is awaited. */
  readonly bell: Int32Array;
  /** Names of the functions of each module. */
  readonly functions: Readonly<Record<string, readonly string[]>>;
}

export interface HostCall {
  /** Place of the script in the request. */
  readonly script: number;
  readonly module: string;
  readonly name: string;
  /** Number of arguments. */
  readonly count: number;
  /** The arguments by their index, as the guest's serializer writes an object. */
  readonly args: string;
}

/** `text` of a value is as the guest reads it; `over` ends the script, and only the main thread knows why. */
export type HostAnswer =
  | { readonly kind: "value"; readonly text: string }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "threw"; readonly id: number; readonly name: string; readonly message: string }
  | { readonly kind: "over"; readonly id: number };

export interface Reply {
  readonly id: number;
  /** One per script, up to the first that failed. */
  readonly outcomes: readonly Outcome[];
  /** Why the sandbox itself does not work, if it does not. */
  readonly failure?: string;
}

/** `text` is what the guest's serializer wrote, `log` a JSON array of texts. */
export type Outcome = { readonly text: string; readonly log: string } | { readonly fault: Fault };

/** Why a script gave no value. Stacks are the guest's: they name the script's lines, not the author's. */
export type Fault =
  /** `host`: number of the failure of a host function that it is, or that caused it. */
  | {
      readonly kind: "threw";
      readonly name: string;
      readonly message: string;
      readonly stack: string;
      readonly host?: number;
    }
  /** A host function that must not go on; the main thread knows why, by the number. */
  | { readonly kind: "host"; readonly id: number; readonly stack: string }
  | { readonly kind: "time"; readonly stack: string }
  | { readonly kind: "memory"; readonly stack: string }
  | { readonly kind: "stack"; readonly stack: string }
  | { readonly kind: "no-default" }
  | { readonly kind: "unsettled" }
  /** `importer`: the module in which the import stands, by its name in the sandbox. */
  | { readonly kind: "module"; readonly module: string; readonly importer?: string }
  | { readonly kind: "crash"; readonly message: string };
