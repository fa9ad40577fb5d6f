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
}

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
  | { readonly kind: "threw"; readonly name: string; readonly message: string; readonly stack: string }
  | { readonly kind: "time"; readonly stack: string }
  | { readonly kind: "memory"; readonly stack: string }
  | { readonly kind: "stack"; readonly stack: string }
  | { readonly kind: "no-default" }
  | { readonly kind: "unsettled" }
  /** `importer`: the module in which the import stands, by its name in the sandbox. */
  | { readonly kind: "module"; readonly module: string; readonly importer?: string }
  | { readonly kind: "crash"; readonly message: string };
