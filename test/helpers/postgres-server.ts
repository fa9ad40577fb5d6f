import { type ChildProcess, spawn } from "node:child_process";
import { chownSync, cpSync, mkdtempSync, readFileSync, statfsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import postgres from "postgres";
import { installPostgres, type PostgresInstall } from "./postgres-install.ts";

export interface PostgresServer {
  /** Connection URL with the superuser's password; without a name, the maintenance database `postgres`. */
  url(database?: string): string;
  /** A new empty database that no other test knows. */
  createDatabase(): Promise<TestDatabase>;
  /** Ends a server that this process started and deletes its files; one that was given by URL is left running. */
  stop(): Promise<void>;
}

export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  /** Drops the database, with the connections that are still open. */
  drop(): Promise<void>;
}

/**
 * The real PostgreSQL for tests: the server that `GODWIT_TEST_POSTGRES_URL` names (`npm test` starts one and sets it),
 * else one that this process starts on first use. It ends with the process, however that ends.
 */
export const postgresServer = (): Promise<PostgresServer> => {
  shared ??= openServer();
  return shared;
};

let shared: Promise<PostgresServer> | undefined;

const openServer = async (): Promise<PostgresServer> => {
  const given = process.env["GODWIT_TEST_POSTGRES_URL"];
  if (given) return connectTo(given, async () => undefined);
  const running = await start(installPostgres(), 3);
  return connectTo(running.url, running.stop);
};

const connectTo = (base: string, end: () => Promise<void>): PostgresServer => {
  const url = (database = "postgres"): string => {
    const full = new URL(base);
    full.pathname = `/${encodeURIComponent(database)}`;
    return full.href;
  };
  const admin = postgres(url(), { max: 1, idle_timeout: 5, onnotice: () => undefined });
  const createDatabase = async (): Promise<TestDatabase> => {
    const name = `godwit_test_${process.pid}_${crypto.randomUUID().slice(0, 8)}`;
    await admin.unsafe(`CREATE DATABASE ${name}`);
    const drop = async (): Promise<void> => {
      await admin.unsafe(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    };
    return { name, url: url(name), drop };
  };
  const stop = async (): Promise<void> => {
    await admin.end({ timeout: 1 });
    await end();
  };
  return { url, createDatabase, stop };
};

interface RunningServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Between finding a free port and using it, somebody else may take it: so try again. */
const start = async (install: PostgresInstall, attempts: number): Promise<RunningServer> => {
  const folder = makeDataFolder(install);
  const port = await freePort();
  const keeper = launch(install, folder, port);
  const stop = (): Promise<void> => endKeeper(keeper);
  try {
    await ready(join(folder, "log"));
    return { url: `postgres://postgres:${install.password}@127.0.0.1:${port}/postgres`, stop };
  } catch (error) {
    await stop();
    if (attempts > 1 && String(error).includes("Address already in use")) return start(install, attempts - 1);
    throw error;
  }
};

const makeDataFolder = ({ template, user, scratch }: PostgresInstall): string => {
  const folder = mkdtempSync(join(fastFolder() ?? scratch, "godwit-pg-"));
  cpSync(template, join(folder, "data"), { recursive: true, preserveTimestamps: true });
  if (user) giveAway(folder, user);
  return folder;
};

const giveAway = (folder: string, { uid, gid }: { readonly uid: number; readonly gid: number }): void => {
  for (const path of new Bun.Glob("**").scanSync({ cwd: folder, onlyFiles: false, dot: true })) {
    chownSync(join(folder, path), uid, gid);
  }
  chownSync(folder, uid, gid);
};

/** Memory, when there is plenty: a container's /dev/shm is often 64 MB, and one empty cluster takes 40. */
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
"$1/bin/postgres" -D "$2/data" -p "$3" -k "$2" -h 127.0.0.1 -c fsync=off -c synchronous_commit=off \
  -c full_page_writes=off -c autovacuum=off -c max_connections=200 -c dynamic_shared_memory_type=mmap >"$2/log" 2>&1 &
server=$!
trap "" INT TERM HUP
cat >/dev/null
kill -QUIT "$server" 2>/dev/null
wait "$server"
rm -rf "$2"
`;

const launch = ({ native, user }: PostgresInstall, folder: string, port: number): ChildProcess =>
  spawn("/bin/sh", ["-c", keeperScript, "keeper", native, folder, String(port)], {
    cwd: "/",
    detached: true,
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" },
    stdio: ["pipe", "ignore", "ignore"],
    ...user,
  });

const endKeeper = (keeper: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (keeper.exitCode !== null) return resolve();
    keeper.once("exit", () => resolve());
    keeper.stdin?.end();
  });

const ready = async (log: string): Promise<void> => {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const text = readLog(log);
    if (text.includes("database system is ready to accept connections")) return;
    if (/FATAL|PANIC|error while loading|cannot execute/.test(text))
      throw new Error(`PostgreSQL did not start:\n${text}`);
    if (Date.now() > deadline) throw new Error(`PostgreSQL was not ready after a minute:\n${text}`);
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
