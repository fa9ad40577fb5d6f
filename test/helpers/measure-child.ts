import type { Measured } from "./measured.ts";

// Runs the command that its arguments are, and prints as JSON how that ended; see measured.ts.
const start = performance.now();
const child = Bun.spawn(process.argv.slice(2), {
  stdin: "ignore",
  stdout: "pipe",
  stderr: "pipe",
  timeout: 30_000,
  killSignal: "SIGKILL",
});
const [stdout, stderr, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
const ms = performance.now() - start;
const rssMiB = (child.resourceUsage()?.maxRSS ?? Number.POSITIVE_INFINITY) / 2 ** 20;
await Bun.write(Bun.stdout, JSON.stringify({ exitCode, stdout, stderr, ms, rssMiB } satisfies Measured));
