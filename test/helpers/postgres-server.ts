import { join } from "node:path";
import postgres from "postgres";
import { type KeptServer, startServer } from "./kept-server.ts";
import { installPostgres, type OtherMajor } from "./postgres-install.ts";

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
 * else one that this process starts on first use; one of another major is always started here. It ends with the process, however that ends.
 */
export const postgresServer = (major?: OtherMajor): Promise<PostgresServer> => {
  const found = shared.get(major) ?? openServer(major);
  shared.set(major, found);
  return found;
};

const shared = new Map<OtherMajor | undefined, Promise<PostgresServer>>();

const openServer = async (major?: OtherMajor): Promise<PostgresServer> => {
  const given = process.env["GODWIT_TEST_POSTGRES_URL"];
  if (given && major === undefined) return connectTo(given, async () => undefined);
  const running = await start(major);
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
      // What WITH (FORCE) does, which PostgreSQL 12 does not have yet.
      await admin.unsafe(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
      await admin.unsafe(`DROP DATABASE IF EXISTS ${name}`);
    };
    return { name, url: url(name), drop };
  };
  const stop = async (): Promise<void> => {
    await admin.end({ timeout: 1 });
    await end();
  };
  return { url, createDatabase, stop };
};

const start = async (major?: OtherMajor): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> => {
  // There, gen_random_uuid() is not part of the server, and tests put one into it.
  const { server, urlAt } = postgresProgram(major === 12 ? ["allow_system_table_mods=on"] : [], major);
  const { port, stop } = await startServer(server);
  return { url: urlAt(port), stop };
};

/** What a PostgreSQL of one's own is, for tests that kill it or fill its disk. `settings` are `name=value`. */
export const postgresProgram = (
  settings: readonly string[] = [],
  major?: OtherMajor,
): { readonly server: KeptServer; urlAt(port: number): string } => {
  const { native, template, password } = installPostgres(major);
  const server = {
    name: "pg",
    template,
    command: (folder: string, number: number) => [
      join(native, "bin/postgres"),
      ...["-D", join(folder, "data"), "-p", String(number), "-k", folder, "-h", "127.0.0.1"],
      ...[...defaults, ...settings].flatMap((setting) => ["-c", setting]),
    ],
    ready: /database system is ready to accept (?:read-only )?connections/,
    failed: /FATAL|PANIC|error while loading|cannot execute/,
    signal: "QUIT",
  };
  return { server, urlAt: (port) => `postgres://postgres:${password}@127.0.0.1:${port}/postgres` };
};

/** Nothing has to survive the machine, and shared memory is a file in the server's folder. */
const defaults = [
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  "autovacuum=off",
  "max_connections=200",
  "dynamic_shared_memory_type=mmap",
];
