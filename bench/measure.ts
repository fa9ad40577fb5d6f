import { existsSync, readdirSync, readFileSync } from "node:fs";

/** A whole process, from its start to its end. */
export interface Work {
  readonly command: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Brings everything into the state that is measured; not measured itself. */
  readonly prepare?: () => void | Promise<void>;
}

/** A part of this process, for what no whole process does alone. Rejects when it fails. */
export interface Call {
  readonly call: () => Promise<unknown>;
}

export interface Measurement {
  /** Wall time in milliseconds: the median, and the best run. */
  readonly medianMs: number;
  readonly minMs: number;
  /** Peak resident memory of a process and of those it starts; absent where /proc does not tell. */
  readonly peakMiB?: number;
}

/**
 * Runs each `runs` times, turn about, so that what else the machine does meets all of them alike; then each process once more
 * with an eye on its memory. Throws an Error with what a process printed when it fails.
 */
export async function measure(subjects: readonly (Work | Call)[], runs: number): Promise<readonly Measurement[]> {
  const times = subjects.map((): number[] => []);
  for (let run = 0; run < runs; run++) {
    for (const [i, subject] of subjects.entries()) times[i]?.push(await timeOf(subject));
  }
  const measured: Measurement[] = [];
  for (const [i, subject] of subjects.entries()) {
    const own = times[i] ?? [];
    const peakMiB = "call" in subject ? undefined : await peakOf(subject);
    measured.push({ medianMs: median(own), minMs: Math.min(...own), ...(peakMiB !== undefined && { peakMiB }) });
  }
  return measured;
}

/** Runs it once and returns what it printed on stdout. Throws an Error with what it printed when it fails. */
export async function outputOf(work: Work): Promise<string> {
  await work.prepare?.();
  return spawn(work);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  return sorted.length % 2 ? upper : ((sorted[(sorted.length >> 1) - 1] ?? upper) + upper) / 2;
}

async function timeOf(subject: Work | Call): Promise<number> {
  if ("call" in subject) {
    const started = performance.now();
    await subject.call();
    return performance.now() - started;
  }
  await subject.prepare?.();
  const started = performance.now();
  spawn(subject);
  return performance.now() - started;
}

function spawn(work: Work): string {
  const { exitCode, stdout, stderr } = Bun.spawnSync([...work.command], optionsOf(work));
  if (exitCode === 0) return stdout.toString();
  throw new Error(`${work.command.join(" ")} ended with ${exitCode}:\n${stdout}${stderr}`);
}

const optionsOf = ({ cwd, env }: Work) => ({
  ...(cwd !== undefined && { cwd }),
  env: { ...process.env, ...env },
  stdin: "ignore" as const,
  stdout: "pipe" as const,
  stderr: "pipe" as const,
});

/**
 * The high-water mark that /proc shows, read while the process runs. Not `maxRSS` of its resource usage: a child begins life
 * with the mark of the process that started it, and this one is larger than most that it measures.
 */
async function peakOf(work: Work): Promise<number | undefined> {
  await work.prepare?.();
  const child = Bun.spawn([...work.command], optionsOf(work));
  const drained = Promise.all([child.stdout.bytes(), child.stderr.bytes()]);
  let peak: number | undefined;
  let pids: readonly number[] = [child.pid];
  for (let look = 0; child.exitCode === null && child.signalCode === null; look++) {
    if (look % LOOKS_PER_SEARCH === 0) pids = familyOf(child.pid);
    const marks = pids.map(highWaterMiB).filter((mark) => mark !== undefined);
    if (marks.length > 0)
      peak = Math.max(
        peak ?? 0,
        marks.reduce((sum, mark) => sum + mark, 0),
      );
    await Promise.race([child.exited, Bun.sleep(1)]);
  }
  await drained;
  return peak;
}

function highWaterMiB(pid: number): number | undefined {
  try {
    const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kib === undefined ? undefined : Number(kib) / 1024;
  } catch {
    return undefined;
  }
}

/** Looking at a process takes microseconds, looking for its children milliseconds. */
const LOOKS_PER_SEARCH = 25;

/** A process and everything that it started, directly or not. */
function familyOf(pid: number): readonly number[] {
  const children = new Map<number, number[]>();
  if (!existsSync("/proc")) return [pid];
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    const parent = parentOf(Number(name));
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const family = [pid];
  for (const member of family) family.push(...(children.get(member) ?? []));
  return family;
}

function parentOf(pid: number): number | undefined {
  try {
    const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return parent === undefined ? undefined : Number(parent);
  } catch {
    return undefined;
  }
}
