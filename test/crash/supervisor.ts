import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StatusResult } from "../../src/runtime/tasks/status.ts";
import { godwitBinary } from "../helpers/binary.ts";
import { type Files, irreversible } from "./story.ts";

/** A project in a folder of its own, worked on by the compiled executable. */
export interface CrashProject {
  readonly root: string;
  /** Starts `godwit migrate up`. */
  up(url: string, args?: readonly string[]): Run;
  /** Starts `godwit migrate down` of all that can be rolled back. */
  down(url: string): Run;
  /** What `godwit migrate status --json` says. Throws when it fails. */
  status(url: string): Promise<StatusResult>;
  dispose(): void;
}

/** `godwit migrate up` while it runs. */
export interface Run {
  readonly pid: number;
  /** Resolves after so many more lines of its log, or when it ends before. */
  lines(count: number): Promise<void>;
  /** Resolves when its log says this; rejects when it ends without. */
  says(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  ended(): Promise<Ended>;
}

export interface Ended {
  /** Absent when it was killed. */
  readonly exitCode: number | undefined;
  readonly log: string;
  readonly durationMs: number;
  /** What the last line says went wrong, with the log for machines. */
  readonly error: { readonly code: string; readonly message: string } | undefined;
}

export async function createCrashProject(files: Files): Promise<CrashProject> {
  const binary = await godwitBinary();
  const root = mkdtempSync(join(tmpdir(), "godwit-crash-"));
  mkdirSync(join(root, "migrations"));
  for (const [path, text] of files) writeFileSync(join(root, "migrations", path), text);
  const env = {
    PATH: "/usr/bin:/bin",
    HOME: join(root, "home"),
    LC_ALL: "C.UTF-8",
    TZ: "UTC",
  };
  const start = (url: string, words: readonly string[]): Run =>
    follow(
      Bun.spawn([binary, "migrate", ...words, "--log-format", "json", "--verbose"], {
        cwd: root,
        env: { ...env, DATABASE_URL: url },
        stdin: "ignore",
        stdout: "ignore",
        stderr: "pipe",
      }),
    );
  return {
    root,
    up: (url, args = []) => start(url, ["up", ...args]),
    down: (url) => start(url, ["down", "--to", irreversible]),
    status: async (url) => {
      const child = Bun.spawn([binary, "migrate", "status", "--json"], {
        cwd: root,
        env: { ...env, DATABASE_URL: url },
        stdin: "ignore",
        stdout: "pipe",
        stderr: "pipe",
      });
      const [stdout, stderr, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
      if (exitCode !== 0) throw new Error(`migrate status ended with ${exitCode}: ${stdout}${stderr}`);
      return JSON.parse(stdout) as StatusResult;
    },
    dispose: () => rmSync(root, { recursive: true, force: true }),
  };
}

function follow(child: Bun.Subprocess<"ignore", "ignore", "pipe">): Run {
  const started = performance.now();
  let log = "";
  let wake = Promise.withResolvers<void>();
  let over = false;
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of child.stderr) {
      log += decoder.decode(chunk, { stream: true });
      wake.resolve();
      wake = Promise.withResolvers<void>();
    }
    over = true;
    wake.resolve();
  })();
  const count = (): number => log.split("\n").length - 1;
  const until = async (found: () => boolean): Promise<void> => {
    while (!found() && !over) await wake.promise;
  };
  return {
    pid: child.pid,
    lines: async (more) => {
      const enough = count() + more;
      await until(() => count() >= enough);
    },
    says: async (text) => {
      await until(() => log.includes(text));
      if (!log.includes(text)) throw new Error(`it never said "${text}", but:\n${log}`);
    },
    kill: (signal) => child.kill(signal),
    ended: async () => {
      await Promise.all([child.exited, reading]);
      const durationMs = performance.now() - started;
      return {
        exitCode: child.signalCode ? undefined : (child.exitCode ?? undefined),
        log,
        durationMs,
        error: errorIn(log),
      };
    },
  };
}

function errorIn(log: string): Ended["error"] {
  const line = log.split("\n").findLast((text) => text.includes('"event":"error"'));
  if (line === undefined) return undefined;
  const { message, attributes } = JSON.parse(line) as { message: string; attributes: Record<string, string> };
  return { code: attributes["error.type"] ?? "", message };
}
