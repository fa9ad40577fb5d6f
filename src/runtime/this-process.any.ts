/** Runtimes at the edge have no process that others could look for. */
export const processId: number | null = null;

/**
 * The name of the runtime, and something that no other instance of it has: whoever waits for a lock takes a holder with another name for one on
 * another machine, of whom only time tells whether it lives.
 */
export function hostName(): string {
  host ??= `${runtimeName()}-${crypto.randomUUID().slice(0, 8)}`;
  return host;
}

/** Not made before somebody asks: Workers have no randomness while they are loaded. */
let host: string | undefined;

const runtimeName = (): string =>
  (globalThis as { readonly navigator?: { readonly userAgent?: string } }).navigator?.userAgent
    ?.replace(/[^\w.-]+/g, "-")
    .slice(0, 40) ?? "edge";

export const userName = (): string => "edge";

/** Nobody here can tell. */
export const isAlive = (_pid: number): boolean => true;
