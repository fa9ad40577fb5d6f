import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { debianProgram } from "./debian-package.ts";
import { startServer } from "./kept-server.ts";

export interface Pooler {
  /** URL of the database through the pooler. */
  readonly url: string;
  stop(): Promise<void>;
}

export interface PoolerOptions {
  readonly mode: "session" | "transaction";
  /** How many sessions of the server all clients share. */
  readonly size?: number;
}

/** A PgBouncer in front of one database of a PostgreSQL server. */
export async function pgbouncer(databaseUrl: string, { mode, size = 10 }: PoolerOptions): Promise<Pooler> {
  const { path, env } = debianProgram("pgbouncer", "usr/sbin/pgbouncer");
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  const name = decodeURIComponent(pathname.slice(1));
  const settings = (folder: string, listen: number): string =>
    [
      "[databases]",
      `${name} = host=${hostname} port=${port} dbname=${name} user=${username} password=${decodeURIComponent(password)}`,
      "[pgbouncer]",
      "listen_addr = 127.0.0.1",
      `listen_port = ${listen}`,
      "unix_socket_dir =",
      // Whoever connects is the user named above.
      "auth_type = any",
      `pool_mode = ${mode}`,
      `default_pool_size = ${size}`,
      "max_client_conn = 200",
      `pidfile = ${join(folder, "pid")}`,
    ].join("\n");
  const server = await startServer({
    name: "pgbouncer",
    command: (folder, listen) => {
      const file = join(folder, "pgbouncer.ini");
      writeFileSync(file, settings(folder, listen));
      chmodSync(file, 0o644);
      return [path, file];
    },
    env,
    ready: /process up: PgBouncer/,
    failed: /FATAL|ERROR|cannot execute/,
    signal: "TERM",
  });
  return { url: `postgres://${username}@127.0.0.1:${server.port}/${name}`, stop: server.stop };
}
