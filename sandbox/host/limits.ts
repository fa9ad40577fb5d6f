/** What one migration may spend. docs/sandbox.md shows the same numbers. */
export interface Limits {
  /** Milliseconds for evaluating one file, waiting included. */
  readonly deadlineMs: number;
  /** MiB of the machine that evaluates it: values, code, everything. */
  readonly memoryMiB: number;
  /** Milliseconds that all host functions that it calls may take together; `deadlineMs` stands still meanwhile. */
  readonly hostDeadlineMs: number;
  /** Milliseconds of `deadlineMs` that were gone before anything ran. */
  readonly spentMs?: number;
}

/** Milliseconds that are left for running. */
export const runMs = ({ deadlineMs, spentMs = 0 }: Pick<Limits, "deadlineMs" | "spentMs">): number =>
  Math.max(deadlineMs / 4, deadlineMs - spentMs);

export const defaultLimits: Limits = { deadlineMs: 2000, memoryMiB: 64, hostDeadlineMs: 30_000 };

/** Calls of host functions by one file. */
export const MAX_HOST_CALLS = 10_000;

/** Characters that go to host functions and come back from them, for one file. */
export const MAX_HOST_LENGTH = 16 * 1024 * 1024;

/**
 * Deeper guest stacks overflow the stack of the host before QuickJS notices, which corrupts the instance. At this size
 * about 1,500 nested calls fit.
 */
export const STACK_BYTES = 256 * 1024;

/** Characters of one source file. A data migration of 10,000 rows has about a million. */
export const MAX_SOURCE_LENGTH = 4 * 1024 * 1024;

/** Characters of one file after its types are removed; inlined enum members can make it longer than its source. */
export const MAX_OUTPUT_LENGTH = 2 * MAX_SOURCE_LENGTH;

/**
 * A loop inside one built-in call does not tick, so the sandbox cannot stop it itself. After the deadline and this
 * allowance the main thread gives the evaluation up.
 */
export const GRACE_MS = 500;

/** MiB that translating a file may take by the estimate of weigh.ts, and files that are translated together. */
export const MAX_WEIGHT_MIB = 72;

/** MiB by which the process may really grow while files are translated. */
export const TRANSPILE_MEMORY_MIB = 112;
