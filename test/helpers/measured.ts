import { join } from "node:path";

/** How a process ended, and what it took. */
export interface Measured {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
  /** The most memory that it had at once. */
  readonly rssMiB: number;
}

export interface MeasureOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Runs a program to its end. It is started by a small process of its own: what a system tells of the memory of a process begins with
 * that of the one that started it, and a process with tests in it is large.
 */
export async function runMeasured(command: readonly string[], { cwd, env }: MeasureOptions): Promise<Measured> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "measure-child.ts"), ...command], {
    cwd,
    env,
    stdin: "ignore",
    stdout: "pipe",
    stderr: "inherit",
  });
  const [text] = await Promise.all([child.stdout.text(), child.exited]);
  return JSON.parse(text) as Measured;
}
