import { type ChildProcess, spawn } from "node:child_process";
import { chownSync, cpSync, mkdtempSync, readFileSync, statfsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { reachableFolder, serverUser } from "./server-folder.ts";

/** A server that lives in one folder and ends with this process. */
export interface KeptServer {
  /** For the names of folders. */
  readonly name: string;
  /** Data directory of a server that was never started; absent: the server needs none. It is copied to `data` in the server's folder. */
  readonly template?: string;
  /** Program and arguments. */
  command(folder: string, port: number): readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What the log says when the server can be used. */
  readonly ready: RegExp;
  /** What the log says when it cannot. */
  readonly failed: RegExp;
  /** What ends the server at once, `QUIT` or `TERM`. */
  readonly signal: string;
  /** Where its folder is made; it must be open to `serverUser`. Absent: where there is room. */
  readonly parent?: string;
  /** Runs as the user of this process, because it needs what that one may read. Absent: as `serverUser`. */
  readonly asMyself?: true;
}

export interface RunningServer {
  readonly folder: string;
  readonly port: number;
  /** Ends the server and deletes its files. */
  stop(): Promise<void>;
}

/** Starts the server on a free port of 127.0.0.1. Between finding the port and using it, somebody else may take it: so it tries again. */
export const startServer = async (server: KeptServer, attempts = 3): Promise<RunningServer> => {
  const folder = makeFolder(server);
  const port = await freePort();
  const keeper = launch(server, folder, port);
  const stop = (): Promise<void> => endKeeper(keeper);
  try {
    await whenReady(server, join(folder, "log"));
    return { folder, port, stop };
  } catch (error) {
    await stop();
    if (attempts > 1 && /address already in use/i.test(String(error))) return startServer(server, attempts - 1);
    throw error;
  }
};

const makeFolder = ({ name, template, asMyself, parent = fastFolder() ?? reachableFolder() }: KeptServer): string => {
  const folder = mkdtempSync(join(parent, `godwit-${name}-`));
  if (template !== undefined) cpSync(template, join(folder, "data"), { recursive: true, preserveTimestamps: true });
  const user = asMyself ? undefined : serverUser();
  if (user) giveAway(folder, user);
  return folder;
};

const giveAway = (folder: string, { uid, gid }: { readonly uid: number; readonly gid: number }): void => {
  for (const path of new Bun.Glob("**").scanSync({ cwd: folder, onlyFiles: false, dot: true })) {
    chownSync(join(folder, path), uid, gid);
  }
  chownSync(folder, uid, gid);
};

/** Memory, when there is plenty: a container's /dev/shm is often 64 MB, and one empty server takes 40. */
const fastFolder = (): string | undefined => {
  try {
    const { bavail, bsize } = statfsSync("/dev/shm");
    if (bavail * bsize > 2 ** 30) return "/dev/shm";
  } catch {
    // Not every system has /dev/shm.
  }
  return undefined;
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

/**
 * A shell keeps the server and reads from a pipe whose other end only this process holds. When this process ends, for
 * whatever reason (SIGKILL too), the pipe closes, and the shell stops the server and deletes its files; all of them are
 * in its folder, shared memory too.
 */
const keeperScript = `
folder=$1
signal=$2
shift 2
"$@" >"$folder/log" 2>&1 &
server=$!
trap "" INT TERM HUP
cat >/dev/null
kill -"$signal" "$server" 2>/dev/null
wait "$server"
rm -rf "$folder"
`;

const launch = ({ command, env, signal, asMyself }: KeptServer, folder: string, port: number): ChildProcess =>
  spawn("/bin/sh", ["-c", keeperScript, "keeper", folder, signal, ...command(folder, port)], {
    cwd: "/",
    detached: true,
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC", ...env },
    stdio: ["pipe", "ignore", "ignore"],
    ...(asMyself ? undefined : serverUser()),
  });

const endKeeper = (keeper: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (keeper.exitCode !== null) return resolve();
    keeper.once("exit", () => resolve());
    keeper.stdin?.end();
  });

const whenReady = async ({ name, ready, failed }: KeptServer, log: string): Promise<void> => {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const text = readLog(log);
    if (ready.test(text)) return;
    if (failed.test(text)) throw new Error(`the server "${name}" did not start:\n${text}`);
    if (Date.now() > deadline) throw new Error(`the server "${name}" was not ready after a minute:\n${text}`);
    await Bun.sleep(5);
  }
};

const readLog = (log: string): string => {
  try {
    return readFileSync(log, "utf8");
  } catch {
    return "";
  }
};
