import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type KeptServer, startServer } from "../helpers/kept-server.ts";
import { mariadbProgram } from "../helpers/mariadb-server.ts";
import { postgresProgram } from "../helpers/postgres-server.ts";
import { withDatabase } from "./database.ts";

/** A server of one test, that can be killed and comes back. */
export interface OwnServer {
  readonly folder: string;
  /** With the superuser's password, for the database that every server has. */
  readonly url: string;
  /** Ends the server as a power failure would. It stays down. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, and waits until it lets people in. */
  restart(): Promise<void>;
  /** Resolves when it lets people in. */
  recovered(): Promise<void>;
  stop(): Promise<void>;
}

interface Program {
  readonly server: KeptServer;
  urlAt(port: number): string;
  /** The file whose first line is the server's process id, from its folder. */
  readonly pidFile: string;
}

interface OwnOptions {
  /** The folder that the server's own is made in. */
  readonly parent?: string;
  /** It waits for what a primary would send, and can only be read. */
  readonly standby?: true;
}

/** `settings` are `name=value`. What is committed survives that the server is killed. */
export const startOwnPostgres = (settings: readonly string[] = [], options: OwnOptions = {}): Promise<OwnServer> =>
  start({ ...postgresProgram(["synchronous_commit=on", ...settings]), pidFile: "data/postmaster.pid" }, options);

/** `settings` are `--name=value`. What is committed survives that the server is killed. */
export async function startOwnMariadb(settings: readonly string[] = [], options: OwnOptions = {}): Promise<OwnServer> {
  const { server, urlAt } = mariadbProgram(["--innodb-flush-log-at-trx-commit=2", ...settings]);
  const own = await start({ server, urlAt: (port) => `${urlAt(port)}/mysql`, pidFile: "pid" }, options);
  await withDatabase(own.url, ({ driver }) => driver.execute("CREATE DATABASE app"));
  return { ...own, url: own.url.replace(/mysql$/, "app") };
}

async function start({ server, urlAt, pidFile }: Program, { parent, standby }: OwnOptions): Promise<OwnServer> {
  const { folder, port, stop } = await startServer({
    ...server,
    command: (home, number) => [
      "/bin/sh",
      "-c",
      `${standby ? 'touch "$1/data/standby.signal"' : ""}${restartScript}`,
      server.signal,
      home,
      ...server.command(home, number),
    ],
    signal: "TERM",
    ...(parent !== undefined && { parent }),
  });
  const url = urlAt(port);
  const hold = join(folder, "hold");
  return {
    folder,
    url,
    kill: async () => {
      writeFileSync(hold, "");
      const pid = Number(readFileSync(join(folder, pidFile), "utf8").split("\n", 1)[0]);
      process.kill(pid, "SIGKILL");
      while (isAlive(pid)) await Bun.sleep(5);
    },
    restart: () => {
      rmSync(hold);
      return untilOpen(url);
    },
    recovered: () => untilOpen(url),
    stop,
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Keeps a server running but while there is a file `hold`; a TERM ends both. */
const restartScript = `
hold=$1/hold
shift
trap 'kill -'"$0"' $child; wait $child; exit 0' TERM
while :; do
  "$@" &
  child=$!
  wait $child
  sleep 0.1
  while [ -e "$hold" ]; do sleep 0.05; done
done
`;

async function untilOpen(url: string): Promise<void> {
  for (const deadline = Date.now() + 30_000; ; await Bun.sleep(50)) {
    try {
      return await withDatabase(url, () => Promise.resolve());
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}
