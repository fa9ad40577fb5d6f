import { spawn } from "node:child_process";
import { writeSync } from "node:fs";
import { isatty } from "node:tty";
import { version } from "../version.ts";
import { findExecutable, notStarted } from "./executable.ts";
import { thisMachine } from "./machine.ts";

/** The command `godwit` of the npm package: runs the executable for this machine in its place, in Node 18 and newer and in Bun. */
function launch(): void {
  const path = findExecutable(thisMachine(import.meta.url), version);
  // Before there is a child, so that no signal ends this process and leaves it alone.
  const stopped = (["SIGINT", "SIGTERM", "SIGHUP"] as const).map((signal) => {
    const pass = () => {
      if (signal !== "SIGINT" || !hasTerminal()) child.kill(signal);
    };
    process.on(signal, pass);
    return () => process.off(signal, pass);
  });
  const child = spawn(path, process.argv.slice(2), { stdio: "inherit" });
  child.on("error", (error: NodeJS.ErrnoException) => fail(notStarted(path, error.code)));
  child.on("exit", (code, signal) => {
    for (const stop of stopped) stop();
    if (signal === null) process.exitCode = code ?? 1;
    // Whoever waits for this process shall see that a signal ended it.
    else process.kill(process.pid, signal);
  });
}

/** Ctrl-C reaches all processes of a terminal. Passed on, it would be the second for the child, which ends it at once. */
const hasTerminal = (): boolean => [0, 1, 2].some((descriptor) => isatty(descriptor));

function fail(message: string): void {
  writeSync(2, `godwit: ${message}\n`);
  process.exitCode = 1;
}

try {
  launch();
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
